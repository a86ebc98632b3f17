"""Walk over the rows of a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

__all__ = ["each"]


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples; what a column holds is known from the frame's docstring only."""
    yield from frame.itertuples(index=False)
