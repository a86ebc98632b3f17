"""Rows of tables, collected from what a parser of HTML or XML meets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.errors import BadInput
from workbench.load.xlsx_parts import local

__all__ = ["HtmlTables", "MarkupRow", "SheetTables"]

# The table's name, the row as it counts, and its cells.
MarkupRow = tuple[str, int, list[str]]

_COLUMNS = 16_384
_SPAN = 1_000  # what HTML allows
_MOST_TABLES = 10_000
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = ("script", "style", "head", "title")


@dataclass
class _Table:
    """An open table: its row number, and the columns that cells of rows above reach down into."""

    name: str
    row: int = 0
    cells: list[str] | None = None
    text: list[str] | None = None
    spans: tuple[int, int] = (1, 1)
    reach: dict[int, int] = field(default_factory=dict)


class HtmlTables:
    """Collects the rows of a page's tables, which may lie inside one another.

    A cell that spans columns or rows stands in the first of them; the others are blank, as in a
    workbook with merged cells.
    """

    def __init__(self) -> None:
        self._ready: list[MarkupRow] = []
        self._open: list[_Table] = []
        self._count = 0
        self._unseen = 0

    def take(self) -> list[MarkupRow]:
        """The rows that are whole by now."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._count += 1
            if self._count > _MOST_TABLES:
                raise BadInput("The web page holds too many tables", "", "Save the one as CSV")
            self._open.append(_Table(f"table {self._count}"))
        elif not self._open:
            return
        elif tag == "tr":
            self._end_row()
            self._open[-1].cells = []
        elif tag in ("td", "th"):
            self._start_cell(attributes)
        elif tag in ("br", "p", "div", "li"):
            table = self._open[-1]
            if table.text and (tag == "br" or "".join(table.text).strip()):
                table.text.append("\0")

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif not self._open:
            return
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_row()
            self._open.pop()

    def data(self, text: str) -> None:
        """Text is met."""
        if self._open and not self._unseen and self._open[-1].text is not None:
            self._open[-1].text.append(text)

    def close(self) -> None:
        """The page ends."""
        while self._open:
            self.end("table")

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.cells is None:
            table.cells = []
        while table.reach.get(len(table.cells), 0):
            table.cells.append("")
        table.text = []
        table.spans = (_span(attributes.get("colspan")), _span(attributes.get("rowspan")))

    def _end_cell(self) -> None:
        table = self._open[-1]
        if table.text is None or table.cells is None:
            return
        told = _BLANKS.sub(" ", "".join(table.text)).strip(" ")
        across, down = table.spans
        first = len(table.cells)
        table.cells += [re.sub(" ?\0+ ?", "\n", told).strip("\n"), *[""] * (across - 1)]
        for column in range(first, first + across) if down > 1 else ():
            table.reach[column] = down
        table.text = None
        if len(table.cells) > _COLUMNS:
            raise BadInput("A row of the web page has more columns than a spreadsheet can have")

    def _end_row(self) -> None:
        table = self._open[-1]
        self._end_cell()
        if table.cells is None:
            return
        table.row += 1
        self._ready.append((table.name, table.row, table.cells))
        table.cells = None
        table.reach = {column: n - 1 for column, n in table.reach.items() if n > 1}


class SheetTables:
    """Collects the rows of a SpreadsheetML 2003 file's sheets; refuses declarations of entities."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._ready: list[MarkupRow] = []
        self._sheet = ""
        self._row = 0
        self._cells: list[str] | None = None
        self._position = 0
        self._across = 0
        self._kind = ""
        self._text: list[str] | None = None

    def take(self) -> list[MarkupRow]:
        """The rows that are whole by now."""
        ready, self._ready = self._ready, []
        return ready

    def doctype(self, *_: object) -> None:
        """A document type is declared, and with it perhaps entities."""
        raise BadInput(
            "The spreadsheet declares XML entities, which no spreadsheet program writes",
            self._where,
            "Open it in a spreadsheet program and save it as .xlsx",
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = local(tag)
        known = {local(key): value for key, value in attributes.items()}
        if name == "Worksheet":
            self._sheet, self._row = known.get("Name", ""), 0
        elif name == "Row":
            self._row = max(self._row + 1, _number(known.get("Index")))
            self._cells, self._position = [], 0
        elif name == "Cell" and self._cells is not None:
            self._position = max(self._position, _number(known.get("Index")) - 1)
            self._across = min(_number(known.get("MergeAcross")), _COLUMNS)
            if self._position > _COLUMNS:
                raise BadInput("A row has more columns than a spreadsheet can have", self._where)
        elif name == "Data" and self._cells is not None:
            self._kind, self._text = known.get("Type", "String"), []

    def end(self, tag: str) -> None:
        """An element ends."""
        name = local(tag)
        if name == "Data" and self._text is not None and self._cells is not None:
            self._cells += [""] * (self._position - len(self._cells))
            self._cells.append(_typed("".join(self._text), self._kind))
            self._text = None
        elif name == "Cell":
            self._position += 1 + self._across
            self._across = 0
        elif name == "Row" and self._cells is not None:
            self._ready.append((self._sheet, self._row, self._cells))
            self._cells = None

    def data(self, text: str) -> None:
        """Text is met."""
        if self._text is not None:
            self._text.append(text)

    def close(self) -> None:
        """The file ends."""


def _typed(text: str, kind: str) -> str:
    if kind == "DateTime":
        return text.removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
    if kind == "Boolean":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    return text


def _span(text: str | None) -> int:
    return min(max(_number(text), 1), _SPAN)


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else 0
