"""Strip from cells what exports and spreadsheets wrap around values, a whole column at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["EDGE", "clean_cells", "stripped"]

# Blanks of every kind that stand at the ends of cells, and the byte-order mark.
EDGE = " \t\r\n\u3000\ufeff\u00a0"
_WRAPPED = r'(?s)^="(.*)"$'
_FORMULA_NUMBER = r"^=([0-9]+)$"
_APOSTROPHE = r"^'\s*"
_SHORT = np.frombuffer(b" \t\r\n", np.uint8)

_Bytes = npt.NDArray[np.uint8]
_Numbers = npt.NDArray[np.int64]


def clean_cells(
    cells: pa.Table, used: Iterable[int], ids: frozenset[int], empty: Sequence[str] = ()
) -> pa.Table:
    """The table with a cleaned column k{i} beside each raw column c{i} in `used`.

    Blanks at the ends go, `="…"` (how Taobao keeps a spreadsheet from rounding an id) is unwrapped,
    and in the columns `ids` one leading apostrophe goes. What is `empty` then is null.
    """
    columns: dict[str, Any] = dict(zip(cells.column_names, cells.columns, strict=True))
    for i in used:
        column = cells.column(f"c{i}")
        whole = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        whole = whole.fill_null("") if whole.null_count else whole
        columns[f"k{i}"] = _emptied(_unwrapped(whole, i in ids), empty)
    return pa.table(columns)


def stripped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts of a column without blanks at their ends."""
    return pc.utf8_trim(column, characters=EDGE)


@dataclass(frozen=True)
class _Ends:
    """The bytes of a column, where each cell that is not empty begins, and where its last byte is.

    Nearly every column is clean, and a look at the first and last byte of each cell shows it; this
    takes a tenth of the time of trimming them.
    """

    data: _Bytes
    first: _Numbers
    last: _Numbers

    @classmethod
    def of(cls, column: pa.StringArray) -> _Ends:
        offsets, data = _parts(column)
        filled = offsets[1:] > offsets[:-1]
        begins, ends = offsets[:-1][filled], offsets[1:][filled]
        return cls(data, begins.astype(np.int64), ends.astype(np.int64) - 1)

    def begin_with(self, sign: str) -> int:
        """How many cells begin with an ASCII sign."""
        return int(np.count_nonzero(self.data[self.first] == ord(sign)))

    def blank(self) -> bool:
        """Whether there may be a blank at the end of a cell."""
        lead, final = self.data[self.first], self.data[self.last]
        if np.isin(lead, _SHORT).any() or np.isin(final, _SHORT).any():
            return True
        size = len(self.data) - 1
        # U+3000 is E3 80 80, the byte-order mark EF BB BF, the no-break space C2 A0.
        for one, two, end in ((0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF), (0xC2, 0xA0, 0xA0)):
            begins = self.first[lead == one]
            if (self.data[np.minimum(begins + 1, size)] == two).any():
                return True
            before = self.data[np.maximum(self.last[final == end] - 1, 0)]
            if (before == (one if one == 0xC2 else two)).any():
                return True
        return False


def _parts(column: pa.StringArray) -> tuple[npt.NDArray[np.int32], _Bytes]:
    """Where each text of a column begins and ends, and the bytes of all."""
    _, offsets, data = column.buffers()
    if data is None or offsets is None:
        return np.zeros(len(column) + 1, np.int32), np.zeros(0, np.uint8)
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return ends, np.frombuffer(data, np.uint8)


def _unwrapped(column: pa.StringArray, is_id: bool) -> pa.StringArray:
    ends = _Ends.of(column)
    if ends.blank():
        column = stripped(column)
        ends = _Ends.of(column)
    if ends.begin_with("="):
        column = _without_formula(column, ends)
        ends = _Ends.of(column)
    if is_id and ends.begin_with("'"):
        peeled = _peeled(column, ends, b"'", b"")
        column = peeled or pc.replace_substring_regex(column, _APOSTROPHE, "", max_replacements=1)
    return column


def _without_formula(column: pa.StringArray, ends: _Ends) -> pa.StringArray:
    """The column without `="…"` and the sign of equality before a number."""
    if peeled := _peeled(column, ends, b'="', b'"'):
        return peeled
    column = stripped(pc.replace_substring_regex(column, _WRAPPED, r"\1"))
    return stripped(pc.replace_substring_regex(column, _FORMULA_NUMBER, r"\1"))


def _peeled(
    column: pa.StringArray, ends: _Ends, before: bytes, after: bytes
) -> pa.StringArray | None:
    """The column without what stands before and after every cell; None if it does not so stand."""
    offsets, data = _parts(column)
    content, cells = data[offsets[0] : offsets[-1]].tobytes(), len(ends.first)
    signs = len(before + after) - before.count(b"=")
    if content.count(before) != cells or content.count(before[-1:]) != cells * signs:
        return None
    second = np.minimum(ends.first + len(before) - 1, len(data) - 1)
    shows = ends.begin_with(chr(before[0])) == cells and (data[second] == before[-1]).all()
    if not shows or (after and not (data[ends.last] == after[0]).all()):
        return None
    each = len(before) + len(after)
    gone = each * np.concatenate([[0], np.cumsum(offsets[1:] > offsets[:-1])])
    moved = (offsets - offsets[0] - gone).astype(np.int32)
    bare = content.replace(before, b"")
    bare = bare.replace(after, b"") if after else bare
    peeled = pa.StringArray.from_buffers(len(column), pa.py_buffer(moved), pa.py_buffer(bare))
    return stripped(peeled) if _Ends.of(peeled).blank() else peeled


def _emptied(column: pa.StringArray, empty: Sequence[str]) -> pa.StringArray:
    """The column with null where a cell is one of `empty`."""
    if not empty or not len(column):
        return column
    offsets, _ = _parts(column)
    lengths = np.diff(offsets)
    gone = lengths == 0 if "" in empty else np.zeros(len(column), dtype=bool)
    # Only short cells can be markers, and most columns have none.
    short = np.flatnonzero((lengths > 0) & (lengths <= max(len(e.encode()) for e in empty)))
    if len(short):
        markers = pa.array([e for e in empty if e], pa.string())
        gone[short] |= pc.is_in(column.take(pa.array(short)), value_set=markers).to_numpy(
            zero_copy_only=False
        )
    if not gone.any():
        return column
    _, places, data = column.buffers()
    valid: Any = pa.py_buffer(np.packbits(~gone, bitorder="little").tobytes())
    return pa.StringArray.from_buffers(
        len(column), places.slice(column.offset * 4), data, valid, int(gone.sum())
    )
