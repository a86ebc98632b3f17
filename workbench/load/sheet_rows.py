"""Read the rows of a workbook's sheets as the text that a CSV export would hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from workbench.load.books import BookRow, open_book
from workbench.load.cell_text import cell_text
from workbench.load.container import Kind
from workbench.load.headers import HEADER_ROWS, HeaderRow, find_header, is_blank
from workbench.load.text_rows import GROUP_ROWS, Misshapen

__all__ = ["SHEET_ROWS", "SheetRows", "cell_text", "read_headers"]

# A sheet has at most this many rows; rows of a second sheet count on from here.
SHEET_ROWS = 1_048_576
_TOP = 60
# Cells held as Python texts at once: about half a gigabyte would be ten times as many.
_CELLS = 2_000_000


def read_headers(path: Path, known: Collection[str], kind: Kind = "xlsx") -> dict[str, HeaderRow]:
    """Sheet name → its header row, for every visible sheet (or table) that is not empty."""
    found = {}
    with open_book(path, kind) as book:
        tops = book.tops(_TOP)
    for name, top in tops.items():
        rows = [[cell_text(cell) for cell in row] for row in top]
        if all(is_blank(row) for row in rows):
            continue
        index, _ = find_header(rows[:HEADER_ROWS], known)
        cells = list(rows[index])
        while cells and not cells[-1].strip():
            cells.pop()
        found[name] = HeaderRow(index + 1, tuple(cells))
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
    kind: Kind = "xlsx"
    misshapen: list[Misshapen] = field(default_factory=list)

    def tables(self) -> Iterator[pa.Table]:
        """The rows, in order, in tables of at most GROUP_ROWS."""
        width = len(self.header.cells)
        most = max(1, min(GROUP_ROWS, _CELLS // max(1, width)))
        with open_book(self.path, self.kind) as book, closing(book.rows(self.sheets)) as rows:
            data = (row for row in rows if row[1] > self.header.row)
            for _, group in groupby(enumerate(data), key=lambda pair: pair[0] // most):
                yield self._table(map(itemgetter(1), group))

    def _table(self, group: Iterator[BookRow]) -> pa.Table:
        width = len(self.header.cells)
        numbers: list[int] = []
        kept: list[list[str]] = [[] for _ in range(width)]
        for sheet, row, cells in group:
            number = row + sheet * SHEET_ROWS
            if len(cells) > width and not is_blank(cells[width:]):
                text = ",".join(cell_text(cell) for cell in cells)
                self.misshapen.append(Misshapen(number, len(cells), text))
                continue
            numbers.append(number)
            for column, cell in zip(kept, cells, strict=False):
                column.append(cell if type(cell) is str else cell_text(cell))
            for column in kept[len(cells) :]:
                column.append("")
        columns = {f"c{i}": pa.array(column, pa.string()) for i, column in enumerate(kept)}
        return pa.table({**columns, "source_row": pa.array(numbers, pa.int64())})
