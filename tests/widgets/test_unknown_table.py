import csv
from pathlib import Path

import openpyxl
import pytest

from workbench.errors import BadInput
from workbench.widgets.unknown_table import read_top

ROWS = [["单号", "客人"], ["A1", "陈一"], ["A2", ""], ["A3", "陈一"]]


def test_headers_and_first_rows_of_a_text_file(tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_bytes("\r\n".join(",".join(row) for row in ROWS).encode("gb18030"))
    top = read_top(file, count=2)
    assert top.headers == ("单号", "客人")
    assert top.rows == (("A1", "陈一"), ("A2", ""))
    assert top.header_row == 1
    assert top.cells("客人") == ["陈一"]


def test_the_first_sheet_of_a_workbook(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in [[], *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    top = read_top(tmp_path / "a.xlsx")
    assert (top.headers, top.header_row) == (("单号", "客人"), 2)
    assert top.rows[0] == ("A1", "陈一")


def test_the_rows_can_be_written_as_a_file_of_their_own(tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text('a,b\n"x, y","say ""z"""\n', "utf-8")
    read_top(file).write(tmp_path / "b.csv")
    with (tmp_path / "b.csv").open(encoding="utf-8", newline="") as written:
        assert list(csv.reader(written)) == [["a", "b"], ["x, y", 'say "z"']]


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(BadInput, match="no such file"):
        read_top(tmp_path / "none.csv")
