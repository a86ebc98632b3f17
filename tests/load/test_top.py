import csv
from pathlib import Path

import openpyxl
import pytest

from workbench.errors import BadInput
from workbench.load import read_top

ROWS = [["单号", "客人"], ["A1", "陈一"], ["A2", ""], ["A3", "陈一"]]


def test_headers_and_first_rows_of_a_text_file(tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_bytes("\r\n".join(",".join(row) for row in ROWS).encode("gb18030"))
    top = read_top(file, count=2)
    assert top.headers == ("单号", "客人")
    assert top.rows == (("A1", "陈一"), ("A2", ""))
    assert (top.header_row, top.encoding) == (1, "gb18030")
    assert top.cells("客人") == ["陈一"]


def test_the_sheet_that_says_most_or_the_one_asked_for(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["由仓库填写", "备注"])
    book.active.append(["x", "y"])
    sheet = book.create_sheet("盘点")
    for row in (["盘点日期", "货号", "盘点数量"], ["2026-01-02", "A1", 7]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    top = read_top(tmp_path / "a.xlsx")
    assert (top.sheet, top.sheets) == ("盘点", ("说明", "盘点"))
    assert top.nearest_table() == "stock"
    assert read_top(tmp_path / "a.xlsx", "说明").headers == ("由仓库填写", "备注")
    with pytest.raises(BadInput, match="no sheet '没有'"):
        read_top(tmp_path / "a.xlsx", "没有")


def test_records_of_json(tmp_path: Path):
    file = tmp_path / "a.json"
    file.write_text('[{"甲": "1", "乙": {"丙": "x"}}, {"甲": "2"}]', "utf-8")
    top = read_top(file)
    assert set(top.headers) == {"甲", "乙.丙"}
    assert top.cells("甲") == ["1", "2"]
    assert "json" in top.encoding


def test_a_table_packed_with_gzip(tmp_path: Path):
    import gzip

    (tmp_path / "a.csv.gz").write_bytes(gzip.compress("甲,乙\n1,2\n".encode()))
    assert read_top(tmp_path / "a.csv.gz").rows == (("1", "2"),)


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
