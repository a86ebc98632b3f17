"""Workbooks of every kind come to the same rows, large ones without being held in memory."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.load.made import load, loaded, quarantined
from tests.load.mutations import OLD, laughs, ods, zipped
from workbench.errors import BadInput
from workbench.load import xlsx_parts
from workbench.load.books import SmallBook, open_book
from workbench.load.cell_text import cell_text
from workbench.load.xlsx_stream import XlsxBook

HEAD = ["order_id", "created_at", "status", "paid_amount", "quantity", "product_title"]


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(["240728699116526468", datetime(2026, 1, 2, 3, 4, 5), "paid", 12.5, 1, "连衣裙"])
    sheet.append(["A2", date(2026, 1, 3), "completed", 8, None, " 袜子\n红 "])
    sheet.append([None] * 6)
    sheet.append([True, 1.25e16, "paid", "", 1, "=1+1"])
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("hidden").sheet_state = "hidden"
    book.save(path)
    return path


def rewritten(path: Path, part: str, change) -> Path:
    """The workbook with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    path.write_bytes(zipped(parts))
    return path


def texts(book) -> list[tuple[int, list[str]]]:
    with book:
        assert list(book.tops(3)) == ["Sheet"]
        rows = [(n, [cell_text(cell) for cell in row]) for _, n, row in book.rows(["Sheet"])]
    return [(n, row) for n, row in rows if any(row)]


def test_the_stream_reads_what_the_reader_into_memory_reads(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    streamed = texts(XlsxBook(path))
    assert streamed == texts(SmallBook(path))
    assert streamed[1] == (
        2,
        ["240728699116526468", "2026-01-02 03:04:05", "paid", "12.5", "1", "连衣裙"],
    )
    assert [n for n, _ in streamed] == [1, 2, 3, 5]


@pytest.mark.parametrize("small", [True, False])
def test_a_sheet_that_declares_one_cell_is_read_whole(tmp_path, monkeypatch, small):
    path = workbook(tmp_path / "a.xlsx")
    rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<dimension ref="A1:F5"/>', b'<dimension ref="A1:A1"/>'),
    )
    with zipfile.ZipFile(path) as archive:
        assert b'ref="A1:A1"' in archive.read("xl/worksheets/sheet1.xml")
    monkeypatch.setattr("workbench.load.books.is_small", lambda _: small)
    [report] = load(tmp_path / "case", path)
    assert (report.rows_read, report.rows_loaded, report.rows_quarantined) == (3, 1, 2)
    # Row 3 lies under a merged cell, so it has no order number of its own; row 5 has no amount.
    told = quarantined(tmp_path / "case", report)
    assert {(3, "order_id", "", "required"), (5, "paid_amount", "", "required")} <= set(told)


def test_a_far_cell_does_not_ask_for_memory(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(["A1", "2026-01-02", "paid", "1"])
    book.active.cell(1_048_576, 16_384, "far")
    book.save(path)
    assert not xlsx_parts.is_small(path)
    [report] = load(tmp_path / "case", path)
    assert report.rows_read == 2
    assert report.quarantined_by == {"misshapen": 1}


def test_old_workbook_with_several_sheets(tmp_path):
    [report] = load(tmp_path / "case", OLD)
    rows = loaded(tmp_path / "case", report)
    assert report.encoding == "xls"
    assert [row["order_id"] for row in rows] == ["240728699116526468", "A2", "A3"]
    assert rows[0]["created_at"] == datetime(2026, 1, 2, 3, 4, 5)
    assert rows[2]["source_row"] == 1_048_576 + 2  # row 2 of the second sheet


def test_open_document_with_repeated_rows_and_cells(tmp_path):
    table = [HEAD, ["A1", "2026-01-02", "paid", "1", "1", "x"]]
    whole = ods(None, table)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        content = archive.read("content.xml").decode()
    many = content.replace(
        "</t:table>", '<t:table-row t:number-rows-repeated="1048000"/></t:table>'
    )
    many = many.replace(
        "<t:table-row><t:table-cell", '<t:table-row t:number-rows-repeated="1"><t:table-cell'
    )
    path = tmp_path / "a.ods"
    path.write_bytes(zipped({"mimetype": "x", "content.xml": many}))
    [report] = load(tmp_path / "case", path)
    assert (report.rows_read, report.rows_loaded) == (1, 1)
    bomb = content.replace("<t:table-row>", '<t:table-row t:number-rows-repeated="900000000">')
    path.write_bytes(zipped({"mimetype": "x", "content.xml": bomb}))
    with pytest.raises(BadInput, match="repeats"):
        load(tmp_path / "case", path)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"xl/workbook.xml": b"0" * (80 << 20)}, "unpack to far more"),
        ({"xl/workbook.xml": laughs() + "<workbook/>"}, "entities"),
        ({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": laughs()}, "entities"),
        ({"word/document.xml": "x"}, "zip archive"),
    ],
)
def test_bombs_are_refused(tmp_path, parts, told):
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped({"[Content_Types].xml": "x", **parts}))
    with pytest.raises(BadInput, match=told):
        load(tmp_path / "case", path)


def test_a_size_that_is_not_what_is_declared(tmp_path):
    data = bytearray(zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "a" * 5000}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(data))
    with pytest.raises(BadInput, match="damaged"):
        load(tmp_path / "case", path)


def test_a_reader_of_old_workbooks_that_fails_is_told(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(OLD.read_bytes()[:3000])
    with pytest.raises(BadInput, match="cannot be read"):
        open_book(path, "xls")
