"""Read the rows of a workbook's sheets as the text that a CSV export would hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from workbench.errors import BadInput
from workbench.load.headers import HEADER_ROWS, HeaderRow, find_header, is_blank
from workbench.load.text_rows import GROUP_ROWS, Misshapen

__all__ = ["SHEET_ROWS", "SheetRows", "cell_text", "read_headers"]

# A sheet has at most this many rows; rows of a second sheet count on from here.
SHEET_ROWS = 1_048_576
# A spreadsheet keeps 15 digits of a number: what is longer has lost the rest.
_EXACT = 10**15


def read_headers(path: Path, known: Collection[str]) -> dict[str, HeaderRow]:
    """Sheet name → its header row, for every visible sheet that is not empty."""
    found = {}
    book = _open(path)
    for sheet in book.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible:
            continue
        rows = [[cell_text(c) for c in row] for row in islice(_rows(book, sheet.name), 60)]
        if all(is_blank(row) for row in rows):
            continue
        index, _ = find_header(rows[:HEADER_ROWS], known)
        cells = list(rows[index])
        while cells and not cells[-1].strip():
            cells.pop()
        found[sheet.name] = HeaderRow(index + 1, tuple(cells))
    return found


@dataclass
class SheetRows:
    """The data rows of sheets that share one header.

    Rows of the first sheet are numbered as it shows them; those of the n-th sheet count on from
    (n − 1) × 1,048,576. A row with a value outside the headed columns is misshapen.
    """

    path: Path
    sheets: Sequence[str]
    header: HeaderRow
    misshapen: list[Misshapen] = field(default_factory=list)

    def tables(self) -> Iterator[pa.Table]:
        """The rows, in order, in tables of at most GROUP_ROWS."""
        book = _open(self.path)
        for number, sheet in enumerate(self.sheets):
            rows = enumerate(_rows(book, sheet), start=1 + number * SHEET_ROWS)
            data = islice(rows, self.header.row, None)
            while group := list(islice(data, GROUP_ROWS)):
                yield self._table(group)

    def _table(self, group: list[tuple[int, list[Any]]]) -> pa.Table:
        width = len(self.header.cells)
        numbers, kept = [], []
        for number, cells in group:
            if not is_blank(cells[width:]):
                text = ",".join(cell_text(cell) for cell in cells)
                self.misshapen.append(Misshapen(number, len(cells), text))
                continue
            texts = [cell_text(cell) for cell in cells[:width]]
            kept.append(texts + [""] * (width - len(texts)))
            numbers.append(number)
        columns = {f"c{i}": pa.array([row[i] for row in kept], pa.string()) for i in range(width)}
        return pa.table({**columns, "source_row": pa.array(numbers, pa.int64())})


def cell_text(cell: Any) -> str:
    """A cell as an export would print it.

    Whole numbers lose the `.0`; a number of more than 15 digits is written in scientific
    notation, because that is all that is left of it.
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if abs(cell) >= _EXACT:
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, dt.datetime):
        # A workbook keeps moments as fractions of a day: what is below a millisecond is noise.
        whole = cell + dt.timedelta(microseconds=500)
        whole = whole.replace(microsecond=whole.microsecond // 1000 * 1000)
        return whole.isoformat(sep=" ", timespec="auto")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


def _rows(book: CalamineWorkbook, sheet: str) -> Iterator[list[Any]]:
    return book.get_sheet_by_name(sheet).iter_rows()


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as error:
        raise BadInput(
            f"The workbook cannot be read: {error}", path.name, "Save it again as .xlsx"
        ) from None
