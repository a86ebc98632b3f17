"""Tables become sheets whose texts are texts, whatever they begin with."""

from datetime import datetime

import pandas as pd
import pytest
from openpyxl import load_workbook

from workbench.appeal.table_workbook import write_tables

AT = datetime(2026, 1, 5, 9, 0)
HOSTILE = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\tx", '=HYPERLINK("http://x","y")']


def sheets(path):
    return {sheet.title: sheet for sheet in load_workbook(path).worksheets}


def test_each_table_is_a_sheet_with_its_own_headings(tmp_path):
    out = tmp_path / "x.xlsx"
    table = pd.DataFrame({"订单": ["240000000000000001"], "Rows": [3], "Share": [None]})
    write_tables({"文件": table, "Empty": pd.DataFrame({"nothing": []})}, out, AT)
    found = sheets(out)
    assert list(found) == ["文件", "Empty"]
    assert [[cell.value for cell in row] for row in found["文件"].rows] == [
        ["订单", "Rows", "Share"],
        ["240000000000000001", 3, None],
    ]
    assert [cell.value for cell in found["Empty"][1]] == ["nothing"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula(tmp_path, text):
    out = tmp_path / "x.xlsx"
    write_tables({"a": pd.DataFrame({text: [text]})}, out, AT)
    for (cell,) in sheets(out)["a"].rows:
        assert cell.data_type == "s"
        assert str(cell.value).strip() == text.strip()
    assert sheets(out)["a"]["A2"].quotePrefix


def test_the_same_tables_give_the_same_bytes(tmp_path):
    table = pd.DataFrame({"n": [1, 2], "x": [0.5, float("nan")]})
    for name in ("one.xlsx", "two.xlsx"):
        write_tables({"a": table}, tmp_path / name, AT)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
