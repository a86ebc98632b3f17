"""Open whatever holds sheets or tables of cells, each kind with the reader that fits its size."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from workbench.errors import BadInput
from workbench.load.container import Kind
from workbench.load.markup import MarkupBook
from workbench.load.ods_stream import OdsBook
from workbench.load.old_book import OldBook
from workbench.load.xlsx_parts import is_small
from workbench.load.xlsx_stream import XlsxBook

__all__ = ["Book", "BookRow", "open_book"]

# Which of the sheets asked for, the row as the sheet numbers it, and its cells.
BookRow = tuple[int, int, Sequence[Any]]


class Book(AbstractContextManager["Book"], Protocol):
    """Sheets of cells, to be read in a stream; closed by `with`."""

    def tops(self, count: int) -> dict[str, list[list[Any]]]:
        """The first `count` rows of every visible sheet, blank ones included."""
        ...

    def rows(self, sheets: Sequence[str]) -> Generator[BookRow, None, None]:
        """The rows of sheets, in order; rows that a sheet does not write may be left out."""
        ...


class SmallBook:
    """A workbook that fits in memory, read at once."""

    def __init__(self, path: Path) -> None:
        try:
            self._book = CalamineWorkbook.from_path(path)
        except (CalamineError, OSError) as error:
            raise _unreadable(path, error) from None
        self._path = path

    def __enter__(self) -> SmallBook:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def tops(self, count: int) -> dict[str, list[list[Any]]]:
        """The first `count` rows of every visible sheet."""
        return {
            sheet.name: list(islice(self._rows(sheet.name), count))
            for sheet in self._book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        }

    def rows(self, sheets: Sequence[str]) -> Generator[BookRow, None, None]:
        """The rows of sheets, in order."""
        for index, sheet in enumerate(sheets):
            for number, cells in enumerate(self._rows(sheet), start=1):
                yield index, number, cells

    def _rows(self, sheet: str) -> Iterator[list[Any]]:
        try:
            yield from self._book.get_sheet_by_name(sheet).iter_rows()
        except (CalamineError, OSError, ValueError, OverflowError) as error:
            raise _unreadable(self._path, error) from None


def open_book(path: Path, kind: Kind) -> Book:
    """The sheets of a file of one of the kinds `SHEETS`.

    A small .xlsx is read at once, which is fastest; a large one in a stream, so that memory does
    not grow with it. Raises BadInput, at once or while it is read, when it is damaged.
    """
    if kind == "xlsx":
        return SmallBook(path) if is_small(path) else XlsxBook(path)
    if kind == "ods":
        return OdsBook(path)
    if kind in ("xls", "xlsb"):
        return OldBook(path)
    return MarkupBook(path, kind)


def _unreadable(path: Path, error: Exception) -> BadInput:
    return BadInput(f"The workbook cannot be read: {error}", path.name, "Save it again as .xlsx")
