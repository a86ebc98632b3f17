"""Write the cells of an old workbook to the standard output.

`old_book` runs this file by itself: it imports nothing of the package. A line is one JSON value:
the name of a visible sheet, then a list for each of its rows.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

_MEMORY = 1 << 30


def main(path: str) -> None:
    """Read the workbook at `path`, with bounded memory where the system can bound it."""
    try:
        import resource
    except ImportError:  # Windows
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout
    book = CalamineWorkbook.from_path(path)
    for sheet in book.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible:
            continue
        out.write(json.dumps(sheet.name) + "\n")
        for row in book.get_sheet_by_name(sheet.name).iter_rows():
            out.write(json.dumps([_plain(cell) for cell in row]) + "\n")


def _plain(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return ["datetime", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["date", cell.isoformat()]
    return cell if isinstance(cell, str | int | float | bool) else str(cell)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Exception as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
