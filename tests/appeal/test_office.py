from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook

from workbench.appeal.office import plain_text, settle


def test_a_settled_file_tells_only_the_date_it_is_given(tmp_path: Path):
    book = Workbook()
    book.active["A1"] = "中"
    book.save(tmp_path / "a.xlsx")
    settle(tmp_path / "a.xlsx", tmp_path / "b.xlsx", datetime(2026, 1, 9, 9, 0))
    with ZipFile(tmp_path / "b.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        with ZipFile(tmp_path / "a.xlsx") as before:
            assert archive.namelist() == before.namelist()
    again = load_workbook(tmp_path / "b.xlsx")
    assert again.active["A1"].value == "中"
    assert again.properties.created == again.properties.modified == datetime(2026, 1, 9, 9, 0)


def test_characters_that_xml_cannot_hold():
    assert plain_text("a\x00\x1f\ud800b\n\t中😀") == "a���b\n\t中😀"
