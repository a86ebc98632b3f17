"""Turn what tables hold into what JSON holds."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd

__all__ = ["parsed", "plain", "plain_rows"]


def plain(value: object) -> object:
    """The value as JSON can hold it.

    Missing, not-a-number and infinite become None, times and dates ISO 8601, decimals floats;
    arrays become lists.
    """
    if isinstance(value, np.ndarray | list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        number = float(value)
        return number if math.isfinite(number) else None
    return value


def plain_rows(frame: pd.DataFrame, columns: Sequence[str]) -> list[dict[str, object]]:
    """The rows of the frame as JSON objects with these keys; an absent column gives None."""
    there = frame.reindex(columns=list(columns)).astype(object)
    return [
        dict(zip(columns, map(plain, row), strict=True))
        for row in there.itertuples(index=False, name=None)
    ]


def parsed(value: object) -> list:
    """A list that a table holds as a list, as JSON text, or not at all."""
    if isinstance(value, str):
        value = json.loads(value) if value else []
    listed = plain(value)
    if listed is None:
        return []
    return listed if isinstance(listed, list) else [listed]
