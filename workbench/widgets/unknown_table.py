"""The top of a table that no format knows: its headers and first rows, as text."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from workbench.load.container import SHEETS, kind_of
from workbench.load.formats import Format
from workbench.load.headers import HeaderRow
from workbench.load.recognise import known_headers
from workbench.load.recognised import Recognised
from workbench.load.sheet_rows import read_headers
from workbench.load.text_head import read_head

__all__ = ["UnknownTable", "read_top"]

_ROWS = 200


@dataclass(frozen=True)
class UnknownTable:
    """Headers and the first rows of a file; the header stands in row `header_row`."""

    path: Path
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header_row: int

    def cells(self, header: str) -> list[str]:
        """The filled cells of the first rows under a header."""
        at = self.headers.index(header)
        return [row[at].strip() for row in self.rows if row[at].strip()]

    def write(self, path: Path) -> None:
        """Write these rows as a file of their own, to try a mapping on."""
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([self.headers, *self.rows])


def read_top(path: Path, count: int = _ROWS) -> UnknownTable:
    """The headers and the first `count` rows; of a workbook, of its first sheet that has rows.

    Raises BadInput when the file cannot be read or is empty.
    """
    path, form = Path(path), Format("unknown", "orders", {})
    kind = kind_of(path)
    if kind in SHEETS:
        sheet, header = next(iter(read_headers(path, known_headers(), kind).items()))
        found = Recognised(path, kind, form, (), header, None, (sheet,))
    else:
        header, facts = read_head(path, kind, path.name, known_headers(), form)
        found = Recognised(path, kind, form, (), header, facts)
    headers = tuple(cell.strip() for cell in header.cells)
    return UnknownTable(path, headers, _rows(found, header, count), header.row)


def _rows(found: Recognised, header: HeaderRow, count: int) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    width = len(header.cells)
    for table in found.rows().tables():
        columns = [column.to_pylist() for column in table.columns[:width]]
        rows += [tuple(str(cell or "") for cell in row) for row in zip(*columns, strict=True)]
        if len(rows) >= count:
            break
    return tuple(rows[:count])
