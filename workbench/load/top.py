"""The top of any table, as it stands: its headers and first rows, as text."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadInput
from workbench.load.by_names import readings
from workbench.load.first_rows import first_rows
from workbench.load.recognise_file import SAMPLE_ROWS, tables_in
from workbench.load.recognised import Recognised

__all__ = ["TableTop", "read_top"]


@dataclass(frozen=True)
class TableTop:
    """Headers and the first rows of a file; the header stands in row `header_row`.

    `encoding` is that of a text, or what kind of file it is; `sheet` is the sheet of a workbook
    and `sheets` are all of its sheets that hold rows.
    """

    path: Path
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header_row: int
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def cells(self, header: str) -> list[str]:
        """The filled cells of the first rows under a header."""
        at = self.headers.index(header)
        return [row[at].strip() for row in self.rows if row[at].strip()]

    def write(self, path: Path) -> None:
        """Write these rows as a file of their own, to try a mapping on."""
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([self.headers, *self.rows])

    def nearest_table(self) -> str:
        """The canonical table whose names explain most of the headers."""
        return readings(self.headers, self.rows)[0].table


def read_top(path: Path, sheet: str = "", count: int = SAMPLE_ROWS) -> TableTop:
    """The headers and the first `count` rows of a file of any kind.

    Of a workbook it is those of `sheet`, or of the sheet whose headers say most. Raises BadInput
    when the file cannot be read, is empty, or has no such sheet.
    """
    path = Path(path)
    tables = tables_in(path)
    sheets = tuple(name for table in tables for name in table.sheets)
    if sheet:
        tables = [table for table in tables if table.sheets == (sheet,)]
        if not tables:
            raise BadInput(
                f"There is no sheet {sheet!r} with rows", path.name, f"One of {', '.join(sheets)}"
            )
    tops = [_top(table, sheets, count) for table in tables]
    return max(tops, key=lambda top: readings(top.headers, top.rows)[0].score)


def _top(table: Recognised, sheets: tuple[str, ...], count: int) -> TableTop:
    header = table.header
    return TableTop(
        table.path,
        tuple(cell.strip() for cell in header.cells),
        tuple(first_rows(table.rows().tables(), len(header.cells), count)),
        header.row,
        table.encoding,
        "".join(table.sheets[:1]),
        sheets,
    )
