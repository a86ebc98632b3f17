"""Read OpenDocument spreadsheets (.ods) in a stream."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from workbench.errors import BadInput
from workbench.load.xlsx_parts import local, safe_parser_options

__all__ = ["OdsBook"]

_COLUMNS = 16_384
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


class OdsBook:
    """An .ods workbook; a row that repeats is given as often as it repeats, unless it is blank."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> OdsBook:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def tops(self, count: int) -> dict[str, list[list[Any]]]:
        """The first `count` rows of every visible sheet, blank ones included."""
        found: dict[str, list[list[Any]]] = {}
        for sheet, number, cells in self._all():
            top = found.setdefault(sheet, [])
            if number <= count:
                top += [[] for _ in range(number - len(top) - 1)]
                top.append(cells)
        return found

    def rows(self, sheets: Sequence[str]) -> Generator[tuple[int, int, Sequence[Any]], None, None]:
        """The rows of sheets that hold anything, in order."""
        places = {sheet: index for index, sheet in enumerate(sheets)}
        for sheet, number, cells in self._all():
            if sheet in places:
                yield places[sheet], number, cells

    def _all(self) -> Iterator[tuple[str, int, list[Any]]]:
        sheet, number, budget = "", 0, 20_000_000
        hidden: set[str] = set()
        shown = True
        try:
            with zipfile.ZipFile(self._path) as archive, archive.open("content.xml") as file:
                tags = (f"{_TABLE}table", f"{_TABLE}table-row", f"{_STYLE}style")
                parsed = etree.iterparse(
                    file, events=("start", "end"), tag=tags, **safe_parser_options
                )
                for event, element in parsed:
                    if element.tag == tags[0]:
                        sheet, number = str(element.get(f"{_TABLE}name", "")), 0
                        shown = element.get(f"{_TABLE}style-name") not in hidden
                    elif event == "end" and element.tag == tags[2]:
                        if any(child.get(f"{_TABLE}display") == "false" for child in element):
                            hidden.add(str(element.get(f"{_STYLE}name")))
                    elif event == "end":
                        cells = _cells(element)
                        times = _times(element, "rows")
                        budget -= times * len(cells)
                        if budget < 0:
                            raise BadInput(
                                "The workbook repeats rows and cells beyond all measure",
                                self._path.name,
                                "Save it again as .xlsx",
                            )
                        for again in range(times if cells and shown else 0):
                            yield sheet, number + again + 1, list(cells)
                        number += times
                        _forget(element)
        except (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile) as error:
            raise BadInput(
                f"The workbook is damaged: {error}", self._path.name, "Download it again"
            ) from None


def _cells(row: etree._Element) -> list[Any]:
    """The cells of a row, without the blank ones at its end."""
    cells: list[Any] = []
    blank = 0
    for cell in row:
        if local(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        value = _value(cell)
        times = min(_times(cell, "columns"), _COLUMNS)
        if value == "":
            blank += times
            continue
        cells += [""] * min(blank, _COLUMNS)
        cells += [value] * times
        blank = 0
        if len(cells) > _COLUMNS:
            return cells[:_COLUMNS]
    return cells


def _value(cell: etree._Element) -> Any:
    kind = cell.get(f"{_OFFICE}value-type", "")
    try:
        if kind in ("float", "currency", "percentage"):
            return float(cell.get(f"{_OFFICE}value", ""))
        if kind == "date":
            day = str(cell.get(f"{_OFFICE}date-value", ""))
            return dt.datetime.fromisoformat(day) if "T" in day else dt.date.fromisoformat(day)
        if kind == "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true"
    except ValueError:
        pass
    lines = (_text(child) for child in cell if local(child.tag) == "p")
    return "\n".join(lines)


def _text(paragraph: etree._Element) -> str:
    told = paragraph.text or ""
    for child in paragraph.iterdescendants():
        name = local(child.tag)
        told += {"s": " ", "tab": "\t", "line-break": "\n"}.get(name, "")
        told += (child.text or "") + (child.tail or "")
    return told


def _times(element: etree._Element, what: str) -> int:
    text = str(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    return max(1, int(text)) if len(text) < 10 and text.isascii() and text.isdigit() else 1


def _forget(row: etree._Element) -> None:
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]
