"""Decode the cells of a file column by column, where its encoding allows to part them undecoded."""

from __future__ import annotations

import codecs

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["parts_undecoded", "text_column"]

# In these, no byte of a longer character looks like a comma, a quotation mark, a tab, a semicolon
# or a line end: the second bytes of GBK, Big5, cp949 and cp932 begin at 0x40, the further ones of
# GB18030 are digits. (Sources: GB 18030-2005; Unicode's mapping tables of the other code pages.)
_PLAIN = {
    codecs.lookup(name).name
    for name in ("gb18030", "gbk", "gb2312", "big5", "cp950", "cp949", "cp932", "cp1252", "latin-1")
}
# A column whose first cells repeat so much is decoded by its distinct values.
_SAMPLE, _FEW = 1000, 100
_SEPARATORS = (b"\x1e", b"\x1f", b"\x1d", b"\x1c", b"\x01", b"\x02")


def parts_undecoded(encoding: str) -> bool:
    """Whether a file in this encoding can be parted into cells before it is decoded."""
    return codecs.lookup(encoding).name in _PLAIN


def text_column(cells: pa.BinaryArray, encoding: str) -> pa.StringArray:
    """The cells as text; raises UnicodeDecodeError when one does not fit the encoding.

    A column of ASCII alone is not decoded at all, which is what makes this quicker than decoding
    the file: most cells of an export are numbers, times and codes.
    """
    _, offsets, data = cells.buffers()
    if data is None or not len(cells):
        return pa.array([""] * len(cells), pa.string())
    edges = np.frombuffer(offsets, np.int32)[cells.offset : cells.offset + len(cells) + 1]
    content = np.frombuffer(data, np.uint8)[edges[0] : edges[-1]]
    if not len(content) or content.max() < 0x80:
        return pa.StringArray.from_buffers(len(cells), offsets, data, None, 0, cells.offset)
    if len(cells) > _SAMPLE and len(cells[:_SAMPLE].unique()) <= _FEW:
        repeated = cells.dictionary_encode()
        return text_column(repeated.dictionary, encoding).take(repeated.indices)
    separator = next((sign for sign in _SEPARATORS if sign[0] not in content), None)
    if separator is None:
        return pa.array([cell.decode(encoding) for cell in cells.to_pylist()], pa.string())
    # All cells in one go, with a sign between them that none of them holds.
    whole = pa.ListArray.from_arrays(pa.array([0, len(cells)], pa.int32()), cells)
    joined = pc.binary_join(whole, separator)[0].as_buffer()
    encoded = str(memoryview(joined), encoding).encode()
    ends = np.flatnonzero(np.frombuffer(encoded, np.uint8) == separator[0])
    bare = encoded.replace(separator, b"")
    starts = np.concatenate([[0], ends - np.arange(len(ends)), [len(bare)]]).astype(np.int32)
    return pa.StringArray.from_buffers(len(cells), pa.py_buffer(starts), pa.py_buffer(bare))
