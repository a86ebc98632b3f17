import unicodedata
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from workbench.appeal import sheet as module
from workbench.appeal.sheet import Sheet, write_sheet

COLUMNS = (("order_id", "id"), ("paid_amount", "money"), ("created_at", "time"), ("note", "long"))


def written(rows: list[tuple[object, ...]], path: Path, columns=COLUMNS):
    book = Workbook(write_only=True)
    assert write_sheet(book, Sheet("Orders", columns, rows)) == len(rows)
    book.save(path)
    return load_workbook(path)


def test_ids_are_text_money_is_a_number_and_times_are_times(tmp_path: Path):
    at = datetime(2026, 1, 1, 10, 0, 5)
    row = ("240728699116526468", Decimal("1234.5"), at, "two\nlines")
    page = written([row], tmp_path / "a.xlsx").worksheets[0]
    assert page.title == "订单 Orders"
    assert [cell.value for cell in page[1]] == [
        "订单编号 / order_id",
        "实付金额 / paid_amount",
        "下单时间 / created_at",
        "备注 / note",
    ]
    assert [cell.value for cell in page[2]] == [row[0], 1234.5, at, "two\nlines"]
    assert [cell.data_type for cell in page[2]] == ["s", "n", "d", "s"]
    assert page["B2"].number_format == "#,##0.00"
    assert page["C2"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:D2"
    assert page.column_dimensions["D"].width == 48


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula(tmp_path: Path, start: str):
    text = f'{start}HYPERLINK("http://x")'
    cell = written([(text, None, None, "x")], tmp_path / "a.xlsx").worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value.replace("\n", "\r") == text
    assert cell.quotePrefix


def test_a_harmless_text_is_not_quoted(tmp_path: Path):
    assert (
        not written([("a=1", None, None, "")], tmp_path / "a.xlsx").worksheets[0]["A2"].quotePrefix
    )


def test_a_figure_is_shown_with_four_digits(tmp_path: Path):
    page = written([(1.14975, 16)], tmp_path / "a.xlsx", (("observed", "figure"),) * 2)
    assert [cell.value for cell in page.worksheets[0][2]] == [1.15, 16]


def test_what_is_missing_or_no_number_is_an_empty_cell(tmp_path: Path):
    rows = [(None, float("nan"), pd.NaT, float("inf"))]
    page = written(rows, tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value for cell in page[2]] == [None] * 4


def test_what_excel_cannot_hold_is_replaced_or_cut(tmp_path: Path):
    rows = [("a\x00b\ud800", None, None, "x" * 40_000)]
    page = written(rows, tmp_path / "a.xlsx").worksheets[0]
    assert page["A2"].value == "a�b�"
    assert len(page["D2"].value) == 32_767


def test_a_sheet_without_rows_has_its_head(tmp_path: Path):
    page = written([], tmp_path / "a.xlsx").worksheets[0]
    assert page.max_row == 1
    assert page["A1"].value == "订单编号 / order_id"


def test_rows_beyond_excels_limit_go_on_in_a_further_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "MAX_ROWS", 2)
    book = written([(str(n), None, None, "") for n in range(5)], tmp_path / "a.xlsx")
    assert book.sheetnames == ["订单 Orders", "订单 Orders 2", "订单 Orders 3"]
    assert [page.max_row for page in book.worksheets] == [3, 3, 2]
    assert book.worksheets[1]["A2"].value == "2"
    assert book.worksheets[2].auto_filter.ref == "A1:D2"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text_comes_back_as_text(tmp_path_factory, text: str):
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    cell = written([(text, None, None, "x")], path).worksheets[0]["A2"]
    assert cell.data_type != "f"
    kept = [sign for sign in text if unicodedata.category(sign)[0] != "C"]
    assert [sign for sign in cell.value or "" if sign in set(kept)] == kept
