"""A cell of a workbook as the text that an export would print."""

from __future__ import annotations

import datetime as dt
from typing import Any

__all__ = ["cell_text"]

# A spreadsheet keeps 15 digits of a number: what is longer has lost the rest.
_EXACT = 10**15


def cell_text(cell: Any) -> str:
    """A cell as an export would print it.

    Whole numbers lose the `.0`; a number of more than 15 digits is written in scientific
    notation, because that is all that is left of it.
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        if cell != cell or abs(cell) == float("inf"):
            return str(cell)
        if abs(cell) >= _EXACT:
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, dt.datetime):
        # A workbook keeps moments as fractions of a day: what is below a millisecond is noise.
        try:
            whole = cell + dt.timedelta(microseconds=500)
        except OverflowError:
            whole = cell
        whole = whole.replace(microsecond=whole.microsecond // 1000 * 1000)
        return whole.isoformat(sep=" ", timespec="auto")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)
