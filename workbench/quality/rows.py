"""Rows of a frame, by the names of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

__all__ = ["each"]


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows one by one; a column is an attribute."""
    yield from frame.itertuples(index=False)
