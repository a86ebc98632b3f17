"""Loading as a whole: what is refused, what is kept, and that nothing is half done."""

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from tests.load.made import (
    ORDERS,
    TAOBAO,
    TAOBAO_ROW,
    content,
    load,
    loaded,
    order,
    quarantined,
    text_file,
)
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.load import quality_table, quarantine_table
from workbench.tables import read_tables
from workbench.tables.loads import loads

CUT = b"order_id,created_at,status,paid_amount\nA1,2026-01-02 03:04:05,paid,1\nA2,2026-01"


def refused(case: Path, *files: Path, **options) -> str:
    """What is said when the files are refused; the case must then be as it was."""
    before = content(case) if case.exists() else {}
    with pytest.raises(BadInput) as error:
        load(case, *files, **options)
    assert (content(case) if case.exists() else {}) == before
    return str(error.value)


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_missing_file_and_folder_are_told_together(tmp_path):
    told = refused(tmp_path / "case", tmp_path / "none.csv", tmp_path)
    assert "no such file" in told
    assert "none.csv" in told
    assert "folder" in told


def test_empty_file(tmp_path):
    assert "empty" in refused(tmp_path / "case", put(tmp_path / "a.csv", b""))
    assert "empty" in refused(tmp_path / "case", put(tmp_path / "b.csv", b"\n \n"))


def test_password_protected_workbook(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016
    ole += "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
    told = refused(tmp_path / "case", put(tmp_path / "a.xlsx", ole))
    assert "password" in told


def test_damaged_old_workbook_and_web_page_without_a_table(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016
    assert "cannot be read" in refused(tmp_path / "case", put(tmp_path / "a.xls", ole))
    page = b"\xef\xbb\xbf<html><p>order_id</p></html>"
    assert "no rows" in refused(tmp_path / "case", put(tmp_path / "b.xls", page))


def test_truncated_workbook_and_other_archives(tmp_path):
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as archive:
        archive.writestr("notes.txt", "x" * 5000)
    whole = (tmp_path / "whole.zip").read_bytes()
    assert "damaged" in refused(tmp_path / "case", put(tmp_path / "a.xlsx", whole[:-60]))
    # An archive is opened, and the file in it that is no table is told by its name.
    assert "notes.txt" in refused(tmp_path / "case", tmp_path / "whole.zip")


def test_truncated_gzip(tmp_path):
    packed = gzip.compress(CUT * 1000)
    assert "gzip" in refused(tmp_path / "case", put(tmp_path / "a.csv.gz", packed[:-20]))


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (CUT, 3),
        (CUT.replace(b"A2,2026-01", b'A2,2026-01-02 03:04:05,paid,"12.0'), 3),
        (b'order_id,created_at,status,paid_amount\nA1,"2026-01-02\nA2,2026\n', 2),
    ],
)
def test_truncated_text_names_the_row(tmp_path, data, row):
    told = refused(tmp_path / "case", put(tmp_path / "a.csv", data))
    assert f"in the middle of row {row}" in told
    assert "download" in told


def test_file_that_ends_inside_a_character(tmp_path):
    text = "order_id,created_at,status,paid_amount,buyer_name\nA1,2026-01-02,paid,1,王"
    told = refused(tmp_path / "case", put(tmp_path / "a.csv", text.encode()[:-1]))
    assert "middle of a character" in told
    assert "line 2" in told


def test_wrong_encoding_names_the_byte(tmp_path):
    head = "订单编号,买家应付货款,订单创建时间,订单状态,买家实际支付金额\n".encode("gb18030")
    told = refused(tmp_path / "case", put(tmp_path / "a.csv", head + b"1,2\n3,\xff\xff\n"))
    assert f"gb18030: byte {len(head) + 6} in line 3" in told
    assert "utf-8: byte 0 in line 1" in told


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_text_is_read(tmp_path, encoding):
    head = "order_id\tcreated_at\tstatus\tpaid_amount\tproduct_title\n"
    text = head + "A1\t2026-01-02\tpaid\t1.50\t连衣裙\n"
    [report] = load(tmp_path / "case", put(tmp_path / "a.txt", text.encode(encoding)))
    assert (report.rows_read, report.rows_loaded) == (1, 1)
    assert loaded(tmp_path / "case", report)[0]["product_title"] == "连衣裙"


def test_cut_off_wide_text(tmp_path):
    text = "order_id\tcreated_at\tstatus\tpaid_amount\nA1\t2026-01-02\tpaid\t1.5".encode("utf-16")
    assert "UTF-16" in refused(tmp_path / "case", put(tmp_path / "a.txt", text[:-1]))


def test_table_without_an_order_number_says_what_is_near(tmp_path):
    file = put(tmp_path / "a.csv", "订单编号,宝贝,created_at,status\n1,2,3,4\n".encode())
    told = refused(tmp_path / "case", file)
    assert "宝贝" in told
    assert "canonical table orders lacks order_id, paid_amount" in told
    assert "Taobao" in told
    assert "买家应付货款" in told
    assert "--mapping" in told
    assert "notebook 1" in told


def test_platform_file_without_a_required_column_says_which(tmp_path):
    headers = [header for header in TAOBAO if header != "订单创建时间"]
    row = {header: cell for header, cell in TAOBAO_ROW.items() if header in headers}
    told = refused(tmp_path / "case", text_file(tmp_path / "a.csv", headers, [row]))
    assert "created_at" in told


def test_one_bad_file_keeps_the_good_ones_out(tmp_path):
    good = text_file(tmp_path / "good.csv", ORDERS, [order(1)])
    told = refused(tmp_path / "case", good, put(tmp_path / "a.csv", CUT), tmp_path / "no.csv")
    assert "row 3" in told
    assert "no.csv" in told
    load(tmp_path / "case", good)
    assert "row 3" in refused(tmp_path / "case", good, tmp_path / "a.csv")


def test_failure_while_moving_leaves_a_case_that_reads_as_before(tmp_path, monkeypatch):
    case = tmp_path / "case"
    load(case, text_file(tmp_path / "a.csv", ORDERS, [order(1)]))
    second = text_file(tmp_path / "b.csv", ORDERS, [order(2)])
    real = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if Path(target).name == "loads.json":
            raise OSError("the disk is full")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="disk is full"):
        load(case, second)
    monkeypatch.undo()
    table = read_tables(connect(), case / "tables")["orders"]
    assert table.order_id.execute().tolist() == ["A1"]
    assert not list((case / "tables").glob(".loading-*"))
    assert load(case, second)[0].rows_loaded == 1


def test_loading_twice_changes_nothing(tmp_path):
    case = tmp_path / "case"
    file = text_file(tmp_path / "a.csv", ORDERS, [order(1), order(2, status="?")])
    [first] = load(case, file)
    before = content(case)
    renamed = put(tmp_path / "other name.csv", file.read_bytes())
    again, twice = load(case, file, renamed)
    assert content(case) == before
    assert (again.already_loaded, again.rows_quarantined) == (True, 1)
    assert (twice.already_loaded, twice.file) == (True, "other name.csv")
    assert not first.already_loaded


def test_the_same_file_twice_in_one_load_counts_once(tmp_path):
    file = text_file(tmp_path / "a.csv", ORDERS, [order(1)])
    first, second = load(tmp_path / "case", file, file)
    assert (first.already_loaded, second.already_loaded) == (False, True)
    assert loads(tmp_path / "case/tables") == {"orders": [first.sha256]}


def test_every_row_knows_its_file_and_row(tmp_path):
    file = text_file(tmp_path / "a.csv", ORDERS, [order(1), {}, order(2), order(3)])
    [report] = load(tmp_path / "case", file)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    assert report.sha256 == sha256
    assert (tmp_path / "case/sources" / sha256).read_bytes() == file.read_bytes()
    rows = loaded(tmp_path / "case", report)
    assert {row["source_file"] for row in rows} == {sha256}
    assert [(row["order_id"], row["source_row"]) for row in rows] == [
        ("A1", 2),
        ("A2", 4),
        ("A3", 5),
    ]
    assert (report.rows_read, report.blank_rows) == (3, 1)


def test_newer_file_supersedes_orders(tmp_path):
    case = tmp_path / "case"
    load(case, text_file(tmp_path / "a.csv", ORDERS, [order(1), order(2)]))
    newer = [order(2, status="completed"), order(3)]
    [report] = load(case, text_file(tmp_path / "b.csv", ORDERS, newer))
    assert report.superseded_orders == 1
    table = read_tables(connect(), case / "tables")["orders"].execute()
    assert sorted(zip(table.order_id, table.status, strict=True)) == [
        ("A1", "paid"),
        ("A2", "completed"),
        ("A3", "paid"),
    ]


def test_quoted_breaks_quotes_and_nulls_come_back_as_written(tmp_path):
    said = 'a "quoted", word\r\nand a line\n\nmore; \u3000 inside \x00 end'
    file = text_file(tmp_path / "a.csv", ORDERS, [order(1, buyer_message=said), order(2)])
    [report] = load(tmp_path / "case", file)
    rows = loaded(tmp_path / "case", report)
    assert rows[0]["buyer_message"] == said
    # A spreadsheet shows the record with its line breaks as one row.
    assert [row["source_row"] for row in rows] == [2, 3]


def test_rows_of_another_width_are_quarantined_with_their_text(tmp_path):
    head = "order_id,created_at,status,paid_amount\n"
    body = "A1,2026-01-02,paid,1\nA2,2026-01-02,paid\n\n , \nA3,2026-01-02,paid,1,9\n"
    body += "A4,2026-01-02,paid,1\n"
    [report] = load(tmp_path / "case", put(tmp_path / "a.csv", (head + body).encode()))
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (4, 2, 2)
    assert report.blank_rows == 2
    assert quarantined(tmp_path / "case", report) == [
        (3, "", "3", "misshapen"),
        (6, "", "5", "misshapen"),
    ]
    assert [row["source_row"] for row in loaded(tmp_path / "case", report)] == [2, 7]
    table = quarantine_table(tmp_path / "case/tables")
    assert table.raw.tolist() == ["A2,2026-01-02,paid", "A3,2026-01-02,paid,1,9"]


def test_extra_comma_at_each_line_end(tmp_path):
    head = "order_id,created_at,status,paid_amount\n"
    body = "A1,2026-01-02,paid,1,\nA2,2026-01-02,paid,1,x\n"
    [report] = load(tmp_path / "case", put(tmp_path / "a.csv", (head + body).encode()))
    assert [row["order_id"] for row in loaded(tmp_path / "case", report)] == ["A1"]
    assert quarantined(tmp_path / "case", report) == [(3, "", "x", "misshapen")]


def test_preamble_before_the_header_and_semicolons(tmp_path):
    text = '导出说明\n"两行\n说明";;;\n\norder_id;created_at;status;paid_amount\n'
    text += "A1;2026-01-02;paid;1\n"
    [report] = load(tmp_path / "case", put(tmp_path / "a.csv", text.encode()))
    assert (report.delimiter, report.header_row) == (";", 4)
    assert [row["source_row"] for row in loaded(tmp_path / "case", report)] == [5]


def test_header_alone_is_a_table_without_rows(tmp_path):
    [report] = load(tmp_path / "case", text_file(tmp_path / "a.csv", ORDERS, []))
    assert (report.rows_read, report.rows_loaded) == (0, 0)


def test_gzip_and_canonical_tables_without_orders(tmp_path):
    text = "tracking_no,occurred_at,status\nYT1,2026-01-02 03:04:05,签收\n"
    [report] = load(tmp_path / "case", put(tmp_path / "x.gz", gzip.compress(text.encode())))
    assert report.table == "shipment_events"
    staff = "staff_id,name,phone\n1,张三,13800000000\n"
    [report] = load(tmp_path / "case", put(tmp_path / "staff.csv", staff.encode()))
    assert report.table == "staff"


def test_checks_that_a_missing_column_costs(tmp_path):
    needs = {
        "same_phone": ("orders.order_id", "orders.phone"),
        "burst": ("orders.created_at",),
        "empty_parcel": ("shipments.weighed_weight_g",),
    }
    file = text_file(tmp_path / "a.csv", ORDERS, [order(1)])
    [report] = load(tmp_path / "case", file, needs=needs)
    assert report.checks_lost == ["same_phone"]
    table = quality_table([report], "en")
    assert table["checks lost"].tolist() == ["same_phone"]
    assert "phone" in table["columns missing"][0]
    assert "收货人电话" in quality_table([report], "zh")["缺少列"][0]


def test_quarantine_table_gives_reasons_in_words(tmp_path):
    case = tmp_path / "case"
    assert quarantine_table(case / "tables").empty
    load(case, text_file(tmp_path / "a.csv", ORDERS, [order(1, paid_amount="1.2.3"), order(2)]))
    english = quarantine_table(case / "tables")
    chinese = quarantine_table(case / "tables", "zh")
    assert english.loc[0, ["file", "source_row", "column", "value", "reason"]].tolist() == [
        "a.csv",
        2,
        "paid_amount",
        "1.2.3",
        "not_an_amount",
    ]
    assert english.why[0] == "this is no amount"
    assert chinese.why[0] == "不是金额"
    assert json.loads(english.raw[0])[3] == "1.2.3"


def test_another_zone_reads_the_file_anew(tmp_path):
    rows = [order(1, created_at="2026-01-02T00:30:00Z")]
    file = text_file(tmp_path / "a.csv", ORDERS, rows)
    [first] = load(tmp_path / "case", file, zone="UTC")
    [second] = load(tmp_path / "case", file, zone="Asia/Shanghai")
    assert not second.already_loaded
    assert str(loaded(tmp_path / "case", second)[0]["created_at"]) == "2026-01-02 08:30:00"
    assert first.sha256 == second.sha256


def test_a_late_byte_that_does_not_fit_is_found_while_reading(tmp_path):
    head = "订单编号,买家应付货款,订单创建时间,订单状态,买家实际支付金额\n".encode("gb18030")
    row = "1,2,2026-01-02 03:04:05,交易成功,3\n".encode("gb18030")
    data = head + row * 60_000
    told = refused(tmp_path / "case", put(tmp_path / "a.csv", data + b"1,\xff\xff\n" + row))
    assert f"gb18030: byte {len(data) + 2} in line 60002" in told


def test_gbk_file_that_ends_inside_a_character(tmp_path):
    text = "订单编号,买家应付货款,订单创建时间,订单状态,买家实际支付金额\n1,2,2026-01-02,交易成功"
    told = refused(tmp_path / "case", put(tmp_path / "a.csv", text.encode("gbk")[:-1]))
    assert "middle of a character, in line 2" in told


def test_latin_text_under_an_ascii_header_that_is_no_chinese(tmp_path):
    rows = [order(n, buyer_message="déjà vu à \xff") for n in range(3)]
    file = text_file(tmp_path / "a.csv", ORDERS, rows, encoding="cp1252")
    [report] = load(tmp_path / "case", file)
    assert report.encoding == "cp1252"
    assert loaded(tmp_path / "case", report)[0]["buyer_message"] == "déjà vu à \xff"
