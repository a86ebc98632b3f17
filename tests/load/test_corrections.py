"""Rows that were quarantined come back as the analyst corrected them."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.load.made import ORDERS, content, load, order, text_file
from workbench.engine import connect
from workbench.errors import BadInput
from workbench.load import LoadReport, quarantine_table, write_quarantine
from workbench.load.quarantine_file import LEADING
from workbench.load.report import report_path
from workbench.tables import read_tables

LONG = "240729112233445566"


def bad_file(path: Path) -> Path:
    """Five rows, of which rows 3, 4 and 5 cannot be used; row 5 lacks two cells."""
    text_file(
        path,
        ORDERS,
        [
            order(1),
            order(2, order_id=LONG, paid_amount="12,5 yuan", buyer_message="=1+1"),
            order(3, status="gone", created_at="2026-13-01 00:00:00"),
        ],
    )
    path.write_bytes(path.read_bytes() + b"A5,2026-01-02 03:04:05,paid,7\r\n")
    return text_append(path, [order(6)])


def text_append(path: Path, rows: list[dict[str, str]]) -> Path:
    text = io.StringIO()
    csv.DictWriter(text, ORDERS, restval="").writerows(rows)
    path.write_bytes(path.read_bytes() + text.getvalue().encode())
    return path


def orders(case: Path) -> pd.DataFrame:
    frame = read_tables(connect(), case / "tables")["orders"].to_pandas()
    return frame.set_index("order_id").sort_index()


def written(case: Path, path: Path) -> list[dict[str, str]]:
    """The quarantined rows as a spreadsheet program would show them."""
    write_quarantine(case / "tables", path)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    return [dict(zip(rows[0], ["" if c is None else c for c in r], strict=True)) for r in rows[1:]]


def put(path: Path, rows: list[dict[str, str]]) -> Path:
    """The corrected rows, saved again."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row.values()])
    book.save(path)
    return path


def kept_report(case: Path, report: LoadReport) -> LoadReport:
    path = report_path(case / "tables", report.table, report.sha256)
    return LoadReport.from_json(path.read_text("utf-8"))


@pytest.fixture
def case(tmp_path):
    load(tmp_path / "case", bad_file(tmp_path / "a.csv"))
    return tmp_path / "case"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_each_quarantined_row_is_written_under_its_own_headers(case, tmp_path, ending):
    rows = written(case, tmp_path / f"q.{ending}")
    assert list(rows[0]) == [*LEADING, *ORDERS]
    assert [(r["file"], r["source_row"], r["column"], r["value"], r["reason"]) for r in rows] == [
        ("a.csv", "3", "paid_amount", "12,5 yuan", "not_an_amount"),
        (
            "a.csv",
            "4",
            "created_at | status",
            "2026-13-01 00:00:00 | gone",
            "not_a_time | unknown_word",
        ),
        ("a.csv", "5", "", "4", "misshapen"),
    ]
    # A long number stays text, and what a spreadsheet would run is shown instead.
    assert rows[0]["order_id"] == (f"{LONG}\t" if ending == "csv" else LONG)
    assert rows[0]["buyer_message"] == "'=1+1"
    assert [rows[2][h] for h in ORDERS] == ["A5", "2026-01-02 03:04:05", "paid", "7", "", ""]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_corrected_rows_load_with_their_own_origin(case, tmp_path, ending):
    rows = written(case, tmp_path / f"q.{ending}")
    rows[0]["paid_amount"] = "12.50"
    rows[2]["quantity"] = "2"
    file = put(tmp_path / f"done.{ending}", rows)
    [report] = load(case, file)
    assert (report.format, report.table) == ("corrections", "orders")
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (3, 2, 1)
    assert report.quarantined_by == {"unchanged": 1}
    found = orders(case)
    assert found.index.tolist() == [LONG, "A1", "A5", "A6"]
    assert found.loc[LONG, "source_file"] == report.sha256
    assert found["source_row"].to_dict() == {LONG: 2, "A1": 2, "A5": 4, "A6": 6}
    assert str(found.loc[LONG, "paid_amount"]) == "12.5000"
    assert found.loc[LONG, "buyer_message"] == "=1+1"
    assert (found.loc["A5", "quantity"], str(found.loc["A5", "paid_amount"])) == (2, "7.0000")


def test_the_account_says_how_many_were_corrected_and_what_was_changed(case, tmp_path):
    rows = written(case, tmp_path / "q.csv")
    rows[0]["paid_amount"] = "12.50"
    [report] = load(case, put(tmp_path / "done.csv", rows))
    [first] = load(case, tmp_path / "a.csv")
    assert (first.already_loaded, first.rows_quarantined, first.rows_corrected) == (True, 3, 1)
    path = case / "tables/orders" / f"{report.sha256}.corrections.parquet"
    assert pq.read_table(path).to_pylist() == [
        {
            "source_row": 2,
            "corrects_file": first.sha256,
            "corrects_row": 3,
            "column": "paid_amount",
            "before": "12,5 yuan",
            "after": "12.50",
        }
    ]
    left = quarantine_table(case / "tables")
    assert left["source_row"].tolist() == [4, 4, 5]
    assert [r["source_row"] for r in written(case, tmp_path / "again.csv")] == ["4", "5"]


def test_loading_a_correction_twice_changes_nothing(case, tmp_path):
    rows = written(case, tmp_path / "q.csv")
    rows[0]["paid_amount"] = "12.50"
    file = put(tmp_path / "done.csv", rows)
    load(case, file)
    before = content(case)
    [again] = load(case, file)
    assert again.already_loaded
    assert content(case) == before


def test_a_second_correction_of_a_row_takes_the_place_of_the_first(case, tmp_path):
    rows = written(case, tmp_path / "q.csv")
    rows[0]["paid_amount"] = "12.50"
    load(case, put(tmp_path / "one.csv", rows))
    rows[0]["paid_amount"] = "13.50"
    rows[1] |= {"status": "paid", "created_at": "2026-01-01 00:00:00"}
    load(case, put(tmp_path / "two.csv", rows))
    found = orders(case)
    assert found.index.tolist() == [LONG, "A1", "A3", "A6"]
    assert str(found.loc[LONG, "paid_amount"]) == "13.5000"
    [first] = load(case, tmp_path / "a.csv")
    assert first.rows_corrected == 2


def test_a_correction_that_cannot_be_read_is_told_as_it_stands(case, tmp_path):
    rows = written(case, tmp_path / "q.csv")
    rows[0]["paid_amount"] = "12.5.0"
    [report] = load(case, put(tmp_path / "done.csv", rows))
    assert (report.rows_loaded, report.rows_quarantined) == (0, 3)
    assert report.quarantined_by == {"not_an_amount": 1, "unchanged": 2}
    left = quarantine_table(case / "tables")
    assert left.loc[left["source_row"] == 3, "value"].tolist() == ["12.5.0"]
    assert written(case, tmp_path / "again.csv")[0]["paid_amount"] == "12.5.0"
    assert orders(case).index.tolist() == ["A1", "A6"]


def test_rows_that_were_never_quarantined_are_accounted_for(case, tmp_path):
    rows = written(case, tmp_path / "q.csv")
    rows[0] |= {"source_row": "2", "paid_amount": "99"}
    rows[1] |= {"source_file": "0" * 64}
    rows[2] |= {"source_row": "five"}
    [report] = load(case, put(tmp_path / "done.csv", rows))
    assert report.quarantined_by == {"not_quarantined": 3}
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (3, 0, 3)
    assert orders(case).index.tolist() == ["A1", "A6"]


def test_what_is_no_correction_is_refused_as_one(case, tmp_path):
    with pytest.raises(BadInput):
        load(case, text_file(tmp_path / "b.csv", ORDERS, [order(9)]), corrects=True)
    rows = [row | {"source_file": "0" * 64} for row in written(case, tmp_path / "q.csv")]
    with pytest.raises(BadInput, match="comes from a file that the case holds"):
        load(case, put(tmp_path / "foreign.csv", rows))


def test_a_mapping_of_the_original_reads_its_correction(tmp_path):
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'table = "orders"\ntimes = ["%d.%m.%Y"]\n[columns]\norder_id = "No"\ncreated_at = "Day"\n'
        'status = { constant = "paid" }\npaid_amount = "Sum"\n'
    )
    rows = [{"No": "1", "Day": "03.04.2026", "Sum": "5"}, {"No": "2", "Day": "?", "Sum": "6"}]
    file = text_file(tmp_path / "a.csv", ["No", "Day", "Sum", "Sum"], [])
    file.write_text("No,Day,Sum,Sum\n1,03.04.2026,5,x\n2,?,6,y\n", "utf-8")
    load(tmp_path / "case", file, mapping=mapping)
    mapping.unlink()
    rows = written(tmp_path / "case", tmp_path / "q.xlsx")
    assert len(rows) == 1
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    book.active.cell(2, 8).value = "04.05.2026"
    book.save(tmp_path / "done.xlsx")
    [report] = load(tmp_path / "case", tmp_path / "done.xlsx")
    assert report.rows_loaded == 1
    assert str(orders(tmp_path / "case").loc["2", "created_at"]) == "2026-05-04 00:00:00"


def test_nothing_to_write_and_a_wrong_ending_are_told(case, tmp_path):
    with pytest.raises(BadInput, match=r"\.xlsx or \.csv"):
        write_quarantine(case / "tables", tmp_path / "q.txt")
    load(tmp_path / "good", text_file(tmp_path / "b.csv", ORDERS, [order(9)]))
    with pytest.raises(BadInput, match="No row"):
        write_quarantine(tmp_path / "good/tables", tmp_path / "q.csv")


def test_correcting_one_row_brings_in_the_whole_order(tmp_path):
    headers = ["Name", "Financial Status", "Lineitem name", "Created at", "Total", "Paid at"]
    headers += ["Lineitem quantity", "Lineitem price", "Currency", "Phone"]
    first = {"Name": "#1", "Financial Status": "paid", "Lineitem name": "a", "Total": "30"}
    first |= {"Created at": "yesterday", "Lineitem quantity": "1", "Lineitem price": "10"}
    second = {"Name": "#1", "Lineitem name": "b", "Lineitem quantity": "2", "Lineitem price": "10"}
    other = first | {"Name": "#2", "Created at": "2026-01-02 03:04:05 +0800"}
    case = tmp_path / "case"
    [report] = load(case, text_file(tmp_path / "a.csv", headers, [first, second, other]))
    assert (report.format, report.rows_quarantined) == ("shopify_orders", 2)
    rows = written(case, tmp_path / "q.csv")
    assert [(r["Created at"], r["reason"]) for r in rows] == [
        ("yesterday", "not_a_time"),
        ("", "not_a_time"),
    ]
    rows[0]["Created at"] = "2026-01-03 03:04:05 +0800"
    [report] = load(case, put(tmp_path / "done.csv", rows))
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (2, 2, 0)
    lines = orders(case).reset_index().sort_values("product_title").set_index("order_id").loc["#1"]
    assert lines["product_title"].tolist() == ["a", "b"]
    assert [str(paid) for paid in lines["paid_amount"]] == ["30.0000", "0.0000"]
    # The first row alone is enough: the second comes in from the original.
    again = tmp_path / "again"
    load(again, tmp_path / "a.csv")
    [report] = load(again, put(tmp_path / "one.csv", rows[:1]))
    assert (report.rows_read, report.rows_loaded) == (1, 1)
    assert len(orders(again).loc["#1"]) == 2
    assert quarantine_table(again / "tables").empty


def test_an_amount_of_the_whole_order_is_not_counted_again_by_a_correction(tmp_path):
    headers = ["No", "Day", "Item", "Total"]
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'table = "orders"\ngrain = "line"\nper_order = ["paid_amount"]\n'
        '[columns]\norder_id = "No"\ncreated_at = "Day"\nproduct_title = "Item"\n'
        'status = { constant = "paid" }\npaid_amount = "Total"\n'
    )
    good = {"No": "1", "Day": "2026-01-02", "Total": "30"}
    rows = [good | {"Item": "a"}, good | {"Item": "b", "Day": "?"}]
    rows += [good | {"No": "2", "Item": n, "Day": "?"} for n in "cd"]
    case = tmp_path / "case"
    load(case, text_file(tmp_path / "a.csv", headers, rows), mapping=mapping)
    fixed = [row | {"Day": "2026-01-03"} for row in written(case, tmp_path / "q.csv")]
    load(case, put(tmp_path / "done.csv", fixed))
    found = orders(case).reset_index().sort_values("product_title")
    assert [float(paid) for paid in found["paid_amount"]] == [30, 0, 30, 0]


@settings(max_examples=10, deadline=None, database=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
    | st.sampled_from(["=1+1", "'=1", "+86", "@x", "-", "\t=1", '="240729112233445566"', "0012"]),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_a_row_that_nobody_touched_is_unchanged_whatever_is_in_it(text, ending):
    with TemporaryDirectory() as place:
        folder = Path(place)
        row = order(1, order_id="240729112233445566", status="?", buyer_message=text)
        [first] = load(folder / "case", text_file(folder / "a.csv", ORDERS, [row]))
        assert first.rows_quarantined == 1
        write_quarantine(folder / "case/tables", folder / f"q.{ending}")
        [report] = load(folder / "case", folder / f"q.{ending}")
        assert report.quarantined_by == {"unchanged": 1}
