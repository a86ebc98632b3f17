"""Strip from cells what exports and spreadsheets wrap around values, a whole column at a time."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["EDGE", "clean_cells"]

# Blanks of every kind that stand at the ends of cells, and the byte-order mark.
EDGE = " \t\r\n\u3000\ufeff\u00a0"
_WRAPPED = r'(?s)^="(.*)"$'
_FORMULA_NUMBER = r"^=([0-9]+)$"
_APOSTROPHE = r"^'\s*"


def clean_cells(cells: pa.Table, used: Iterable[int], ids: frozenset[int]) -> pa.Table:
    """The table with a cleaned column k{i} beside each raw column c{i} in `used`.

    Blanks at the ends go, `="…"` (how Taobao keeps a spreadsheet from rounding an id) is unwrapped,
    and in the columns `ids` one leading apostrophe goes.
    """
    for i in used:
        column = stripped(cells.column(f"c{i}"))
        # Nearly every column is clean, so each repair is asked for before it is done.
        if pc.any(pc.starts_with(column, "=")).as_py():
            column = pc.replace_substring_regex(column, _WRAPPED, r"\1")
            column = stripped(pc.replace_substring_regex(column, _FORMULA_NUMBER, r"\1"))
        if i in ids and pc.any(pc.starts_with(column, "'")).as_py():
            column = pc.replace_substring_regex(column, _APOSTROPHE, "", max_replacements=1)
        cells = cells.append_column(f"k{i}", column)
    return cells


def stripped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts of a column without blanks at their ends."""
    return pc.utf8_trim(column, characters=EDGE)
