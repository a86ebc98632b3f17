"""Workbooks come to the same rows as the text they would be exported to."""

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tests.load.made import ORDERS, load, loaded, order, quarantined
from workbench.errors import BadInput
from workbench.load.sheet_rows import SHEET_ROWS, cell_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (1.0, "1"),
        (12.5, "12.5"),
        (123456789012345.0, "123456789012345"),
        (1.23456789012345e17, "1.23456789012345E+17"),
        (True, "TRUE"),
        ("", ""),
        ("a", "a"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04:05"),
        (datetime(2026, 1, 2, 3, 4, 4, 999997), "2026-01-02 03:04:05"),
    ],
)
def test_cell_text(cell, text):
    assert cell_text(cell) == text


def workbook(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def cells(number, **changed):
    row = {
        **order(number, **changed),
        "created_at": datetime(2026, 1, 2, 3, 4, 5),
        "paid_amount": 12.5,
        "quantity": 1,
    }
    return [row.get(name) for name in ORDERS]


def test_sheets_of_one_table(tmp_path):
    sheets = {
        "说明": [["这是说明"]],
        "一": [ORDERS, cells(1), [None] * 6, cells(2)],
        "二": [ORDERS, cells(3)],
    }
    [report] = load(tmp_path / "case", workbook(tmp_path / "a.xlsx", sheets))
    assert (report.format, report.encoding) == ("canonical_orders", "xlsx")
    assert (report.rows_read, report.blank_rows) == (3, 1)
    rows = loaded(tmp_path / "case", report)
    assert [r["order_id"] for r in rows] == ["A1", "A2", "A3"]
    assert [r["source_row"] for r in rows] == [2, 4, SHEET_ROWS + 2]
    assert rows[0]["created_at"] == datetime(2026, 1, 2, 3, 4, 5)
    assert (rows[0]["paid_amount"], rows[0]["quantity"]) == (Decimal("12.5"), 1)
    assert "说明" in report.reason


def test_ids_kept_as_numbers(tmp_path):
    long, short = cells(1), cells(2)
    long[0], short[0] = 240728699116526468, 1234567
    stray = [*cells(3), "outside"]
    file = workbook(tmp_path / "a.xlsx", {"s": [ORDERS, long, short, stray]})
    [report] = load(tmp_path / "case", file)
    assert [row["order_id"] for row in loaded(tmp_path / "case", report)] == ["1234567"]
    problems = {(row, reason) for row, _, _, reason in quarantined(tmp_path / "case", report)}
    assert problems == {(2, "digits_lost"), (4, "misshapen")}


def test_workbook_of_something_else(tmp_path):
    file = workbook(tmp_path / "a.xlsx", {"s": [["x", "y"], [1, 2]]})
    with pytest.raises(BadInput, match="no known format"):
        load(tmp_path / "case", file)
    with pytest.raises(BadInput, match="no rows"):
        load(tmp_path / "case", workbook(tmp_path / "b.xlsx", {"s": []}))
