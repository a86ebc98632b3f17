"""Small tables whose quality can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import pandas as pd
from ibis.backends import BaseBackend

from workbench.engine import connect
from workbench.tables import TABLES, Tables, memory_tables

NOW = datetime(2025, 7, 1, 12, 0)


def frame(table: str, columns: str, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Rows of a canonical table; times may be given as text."""
    made = pd.DataFrame([list(row) for row in rows], columns=columns.split())
    for name in made.columns:
        column = next((one for one in TABLES[table].columns if one.name == name), None)
        if column is not None and column.type in ("time", "date"):
            made[name] = pd.to_datetime(made[name], format="mixed")
        elif column is not None and column.type == "text":
            made[name] = made[name].astype("string")
    return made


def tables_of(**tables: tuple[str, Sequence[Sequence[Any]]]) -> Tables:
    """Tables from their columns and rows; all tests of this room share one engine."""
    return memory_tables(_engine(), {name: frame(name, *given) for name, given in tables.items()})


def orders_of(columns: str, rows: Sequence[Sequence[Any]]) -> Tables:
    """Only orders."""
    return tables_of(orders=(columns, rows))


@cache
def _engine() -> BaseBackend:
    return connect()
