"""Tables as CSV files that a spreadsheet opens without running anything."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from workbench.inert import inert

__all__ = ["write_csv"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(frame: pd.DataFrame, out: Path) -> None:
    """Write `frame` in UTF-8 with a byte-order mark, as Excel in Chinese needs it.

    A text that a spreadsheet would run as a formula gets an apostrophe in front. Lists are
    written as JSON; times as ISO 8601.
    """
    safe = pd.DataFrame({name: _safe(frame[name]) for name in frame}, index=frame.index)
    safe.to_csv(out, index=False, encoding="utf-8-sig", lineterminator="\n")


def _safe(values: pd.Series) -> pd.Series:
    if not (pd.api.types.is_string_dtype(values) or values.dtype == object):
        return values
    return values.map(_cell).astype(object)


def _cell(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        shown = inert(value)
        return f"'{shown}" if shown.startswith(_FORMULA_STARTS) else shown
    return value
