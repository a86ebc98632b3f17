"""Tables of web pages and of SpreadsheetML 2003, whatever the file is called."""

import pytest

from tests.load.made import load, loaded, quarantined
from workbench.errors import BadInput

NAMES = ("order_id", "created_at", "status", "paid_amount", "product_title")
HEAD = "<tr>" + "".join(f"<th>{name}</th>" for name in NAMES) + "</tr>"
ROW = "<tr><td>{}</td><td>2026-01-02</td><td>paid</td><td>1.50</td><td>{}</td></tr>"
NAME = "urn:schemas-microsoft-com:office:spreadsheet"
SPACE = f'xmlns="{NAME}" xmlns:ss="{NAME}"'


def put(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("utf-8", "utf-8"),
        ("x", "utf-16"),
        ("utf-8", "gb18030"),
        ("", "utf-8-sig"),
    ],
)
def test_charset(tmp_path, charset, encoding):
    table = f"<table>{HEAD}{ROW.format('A1', '㐂连衣裙')}</table>"
    page = f"<html><head><meta charset='{charset}'></head>{table}</html>"
    [report] = load(tmp_path / "case", put(tmp_path / "a.xls", page, encoding))
    assert loaded(tmp_path / "case", report)[0]["product_title"] == "㐂连衣裙"
    assert report.encoding == "html"


def test_the_table_whose_header_is_known_is_read(tmp_path):
    page = (
        "<table><tr><td>menu<table><tr><td>inner</table></td></tr></table>"
        f"<script>if (a < b) document.write('<td>no</td>')</script><table>{HEAD}"
        f"{ROW.format('A1', 'a<br>b &amp; <b>c</b>')}<tr></tr>{ROW.format('A2', '&nbsp;')}</table>"
    )
    [report] = load(tmp_path / "case", put(tmp_path / "a.xls", page))
    rows = loaded(tmp_path / "case", report)
    assert [(r["order_id"], r["product_title"], r["source_row"]) for r in rows] == [
        ("A1", "a\nb & c", 2),
        ("A2", None, 4),
    ]
    assert (report.rows_read, report.blank_rows) == (2, 1)


def test_spans_leave_blank_what_they_cover(tmp_path):
    page = (
        f"<table><tr><td colspan=5>订单报表</td></tr>{HEAD}"
        "<tr><td rowspan=2>A1</td><td>2026-01-02</td><td>paid</td><td>1</td><td>x</td></tr>"
        "<tr><td>2026-01-03</td><td>paid</td><td>2</td><td>y</td></tr>"
        f"{ROW.format('A3', 'z')}</table>"
    )
    [report] = load(tmp_path / "case", put(tmp_path / "a.xls", page))
    assert report.header_row == 2
    assert [r["order_id"] for r in loaded(tmp_path / "case", report)] == ["A1", "A3"]
    assert quarantined(tmp_path / "case", report) == [(4, "order_id", "", "required")]


@pytest.mark.parametrize("cut", [60, 130, 178])
def test_a_page_that_is_cut_off_is_refused(tmp_path, cut):
    page = f"<table>{HEAD}{ROW.format('A1', 'x')}</table>"
    with pytest.raises(BadInput, match="middle of a table"):
        load(tmp_path / "case", put(tmp_path / "a.xls", page[:cut]))


def sheet(rows, before=""):
    table = f'<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet>'
    return f'<?xml version="1.0"?>{before}<Workbook {SPACE}>{table}</Workbook>'


def cells(*texts, kind="String"):
    return "".join(f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>' for text in texts)


def test_spreadsheet_in_xml(tmp_path):
    time = cells("2026-01-02T03:04:05.000", kind="DateTime")
    third = "<Cell ss:Index='3'><Data>paid</Data></Cell>"
    rows = (
        f"<Row>{cells(*NAMES)}</Row><Row>{cells('A1')}{time}{cells('paid', '1')}</Row>"
        f"<Row ss:Index='900000000'>{cells('A2')}<Cell/>{third}</Row>"
    )
    [report] = load(tmp_path / "case", put(tmp_path / "a.xls", sheet(rows)))
    [row] = loaded(tmp_path / "case", report)
    assert str(row["created_at"]) == "2026-01-02 03:04:05"
    assert (report.rows_read, report.rows_quarantined) == (2, 1)
    assert quarantined(tmp_path / "case", report)[0][0] == 900_000_000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (sheet("<Row/>", "<!DOCTYPE x [<!ENTITY a 'b'>]>"), "entities"),
        (sheet("<Row>")[:-30], "damaged"),
        ('<?xml version="1.0"?><feed><entry/></feed>', "no spreadsheet"),
        ("MIME-Version: 1.0\n\nx", "web archive"),
    ],
)
def test_xml_that_is_refused(tmp_path, content, told):
    with pytest.raises(BadInput, match=told):
        load(tmp_path / "case", put(tmp_path / "a.xls", content))
