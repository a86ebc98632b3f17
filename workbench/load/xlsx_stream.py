"""Read large .xlsx workbooks in a stream: memory does not grow with the rows."""

from __future__ import annotations

import datetime as dt
import zipfile
from array import array
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from workbench.errors import BadInput
from workbench.load.xlsx_parts import SheetPart, local, safe_parser_options, sheet_parts

__all__ = ["XlsxBook"]

_CHINESE_DATES = (*range(27, 37), *range(50, 59))
_COLUMNS = 16_384


class XlsxBook:
    """An .xlsx workbook whose sheets are read row by row; the shared texts wait on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive = zipfile.ZipFile(path)
        try:
            self._parts = {part.name: part for part in sheet_parts(self._archive, path.name)}
            self._dates, self._epoch = self._styles()
            self._texts = _SharedTexts(self._archive)
        except etree.XMLSyntaxError as error:
            self._archive.close()
            raise _damaged(path, error) from None
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> XlsxBook:
        return self

    def __exit__(self, *_: object) -> None:
        self._texts.close()
        self._archive.close()

    def tops(self, count: int) -> dict[str, list[list[Any]]]:
        """The first `count` rows of every visible sheet, blank ones included."""
        found: dict[str, list[list[Any]]] = {}
        for part in self._parts.values():
            if not part.visible:
                continue
            top: list[list[Any]] = []
            for number, cells in islice(self._sheet(part), count):
                if number > count:
                    break
                top += [[] for _ in range(number - len(top) - 1)]
                top.append(cells)
            found[part.name] = top
        return found

    def rows(self, sheets: Sequence[str]) -> Generator[tuple[int, int, Sequence[Any]], None, None]:
        """The rows of sheets that hold anything, in order."""
        for index, sheet in enumerate(sheets):
            for number, cells in self._sheet(self._parts[sheet]):
                yield index, number, cells

    def _sheet(self, part: SheetPart) -> Iterator[tuple[int, list[Any]]]:
        last = 0
        try:
            with self._archive.open(part.part) as file:
                for _, row in etree.iterparse(file, tag="{*}row", **safe_parser_options):
                    last = max(last + 1, _whole(row.get("r"), last + 1))
                    yield last, self._cells(row)
                    row.clear()
                    while row.getprevious() is not None:
                        del row.getparent()[0]
        except (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile) as error:
            raise _damaged(self._path, error) from None

    def _cells(self, row: etree._Element) -> list[Any]:
        cells: list[Any] = []
        for cell in row:
            position = _column(cell.get("r", ""), len(cells))
            if position >= _COLUMNS:
                raise _damaged(self._path, f"a cell in column {position + 1}")
            if position >= len(cells):
                cells += [""] * (position - len(cells) + 1)
            cells[position] = self._value(cell)
        return cells

    def _value(self, cell: etree._Element) -> Any:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _all_text(cell)
        text = next((child.text or "" for child in cell if local(child.tag) == "v"), "")
        if kind == "s" and text:
            return self._texts[_whole(text, -1)]
        if kind == "b":
            return text == "1"
        if kind != "n" or not text:
            return text
        try:
            number = float(text)
        except ValueError:
            return text
        return self._moment(number) if _whole(cell.get("s"), 0) in self._dates else number

    def _moment(self, number: float) -> Any:
        try:
            moment = from_excel(number, self._epoch)
        except (OverflowError, ValueError):
            return number
        if isinstance(moment, dt.datetime) and number == int(number):
            return moment.date()
        return moment

    def _styles(self) -> tuple[frozenset[int], dt.datetime]:
        """The styles that show a number as a date, and the day that dates count from."""
        options = etree.XMLParser(**safe_parser_options)
        book = etree.fromstring(self._archive.read("xl/workbook.xml"), options)
        old = any(p.get("date1904") in ("1", "true") for p in book.iter("{*}workbookPr"))
        epoch = MAC_EPOCH if old else WINDOWS_EPOCH
        if "xl/styles.xml" not in self._archive.namelist():
            return frozenset(), epoch
        styles = etree.fromstring(self._archive.read("xl/styles.xml"), options)
        codes: dict[int, str] = dict(BUILTIN_FORMATS)
        codes.update(dict.fromkeys(_CHINESE_DATES, "yyyy-mm-dd"))
        for form in styles.iter("{*}numFmt"):
            codes[_whole(form.get("numFmtId"), -1)] = str(form.get("formatCode", ""))
        uses = [
            _whole(xf.get("numFmtId"), 0) for group in styles.iter("{*}cellXfs") for xf in group
        ]
        dates = (n for n, use in enumerate(uses) if is_date_format(codes.get(use, "")))
        return frozenset(dates), epoch


class _SharedTexts:
    """The texts that cells refer to by number, kept on disk."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 (closed by `close`)
        self._ends = array("Q", [0])
        if "xl/sharedStrings.xml" not in archive.namelist():
            return
        try:
            self._read(archive)
        except BaseException:
            self._file.close()
            raise

    def _read(self, archive: zipfile.ZipFile) -> None:
        with archive.open("xl/sharedStrings.xml") as file:
            for _, entry in etree.iterparse(file, tag="{*}si", **safe_parser_options):
                self._file.write(_all_text(entry).encode("utf-8"))
                self._ends.append(self._file.tell())
                entry.clear()
                while entry.getprevious() is not None:
                    del entry.getparent()[0]

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            return ""
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8")

    def close(self) -> None:
        """Let the file on disk go."""
        self._file.close()


def _all_text(entry: etree._Element) -> str:
    """The text of an entry without the phonetic hints (rPh) that some programs add."""
    return "".join(
        text.text or ""
        for text in entry.iter("{*}t")
        if text.getparent() is None or local(text.getparent().tag) != "rPh"
    )


def _column(reference: str, following: int) -> int:
    """The position of a cell, counted from 0; without a reference it follows the one before."""
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z" or column > _COLUMNS:
            break
        column = column * 26 + ord(letter) - 64
    return column - 1 if column else following


def _whole(text: str | None, otherwise: int) -> int:
    if text and len(text) < 10 and text.isascii() and text.isdigit():
        return int(text)
    return otherwise


def _damaged(path: Path, error: object) -> BadInput:
    return BadInput(f"The workbook is damaged: {error}", path.name, "Download it again")
