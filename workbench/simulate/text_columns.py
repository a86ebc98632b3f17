"""Build columns of text from numbers, a column at a time (Arrow does the work)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from workbench.simulate.streams import Ints

__all__ = ["Column", "clock", "digits", "frame", "glue", "money", "nothing", "only", "pick"]

Column: TypeAlias = pa.Array
"""A column of an Arrow table."""
_PLAIN = {pa.decimal128(18, 2): pd.ArrowDtype(pa.decimal128(18, 2)), pa.int64(): pd.Int64Dtype()}


def pick(choices: Sequence[str | None], index: Ints) -> Column:
    """`choices[index]`; an index of -1 gives an empty cell."""
    mask = index < 0
    return pa.array(list(choices), pa.large_string()).take(pa.array(index, pa.int64(), mask=mask))


def digits(numbers: Ints, width: int = 0) -> Column:
    """The numbers as text, filled with zeros on the left up to `width`."""
    text = pa.array(numbers, pa.int64()).cast(pa.large_string())
    return pc.utf8_lpad(text, width, "0") if width else text


def glue(*parts: Column | str) -> Column:
    """The parts joined cell by cell; an empty part makes an empty cell."""
    texts = [pa.scalar(p, pa.large_string()) if isinstance(p, str) else p for p in parts]
    return pc.binary_join_element_wise(*texts, pa.scalar("", pa.large_string()))


def only(where: NDArray[np.bool_], column: Column) -> Column:
    """The column where `where` is true, empty cells elsewhere."""
    return pc.if_else(pa.array(where), column, pa.scalar(None, column.type))


def nothing(size: int) -> Column:
    """A column of empty cells."""
    return pa.nulls(size, pa.large_string())


def money(cents: Ints) -> Column:
    """Exact decimals with two places from whole cents."""
    pairs = np.empty((len(cents), 2), dtype="<i8")
    pairs[:, 0] = cents
    pairs[:, 1] = np.where(cents < 0, -1, 0)  # the sign of a 128-bit number fills its high half
    return pa.Array.from_buffers(
        pa.decimal128(18, 2), len(cents), [None, pa.py_buffer(pairs.tobytes())]
    )


def clock(seconds: Ints, start: pd.Timestamp) -> Column:
    """Times from seconds after `start`; negative seconds give empty cells."""
    moments = (seconds + int(start.timestamp())).astype("datetime64[s]")
    return pa.array(moments, pa.timestamp("s"), mask=seconds < 0)


def frame(columns: Mapping[str, Column]) -> pd.DataFrame:
    """A data frame of the columns: text as text, money as decimal, whole numbers nullable."""
    return pa.table(dict(columns)).to_pandas(types_mapper=_PLAIN.get)
