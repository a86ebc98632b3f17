"""Make canonical tables from data frames, for tests, notebooks and small examples."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import pandas as pd
from ibis.backends import BaseBackend
from ibis.expr.types import Table as Expression

from workbench.errors import BadInput
from workbench.tables.definition import TABLES

__all__ = ["memory_tables"]

_IBIS_TYPES = {
    "text": "string",
    "money": "decimal(18, 4)",
    "time": "timestamp",
    "date": "date",
    "integer": "int64",
    "number": "float64",
}


def memory_tables(
    connection: BaseBackend, frames: Mapping[str, pd.DataFrame]
) -> dict[str, Expression]:
    """Put data frames into the engine as canonical tables, with the canonical types.

    Columns that are no canonical ones raise BadInput; `source_file` and `source_row` are made
    up when absent. A frame needs only the columns that its user needs.
    """
    tables: dict[str, Expression] = {}
    for name, frame in frames.items():
        table = TABLES[name]
        known = {column.name: column.type for column in table.columns}
        unknown = [c for c in frame.columns if c not in {*known, "source_file", "source_row"}]
        if unknown:
            raise BadInput(f"Table {name} has no column {', '.join(unknown)}")
        filled = frame.copy()
        if "source_file" not in filled:
            filled["source_file"] = "memory"
        if "source_row" not in filled:
            filled["source_row"] = range(2, len(filled) + 2)
        raw = ibis.memtable(filled)
        cast = {c: raw[c].cast(_IBIS_TYPES[known[c]]) for c in frame.columns if c in known}
        tables[name] = connection.create_table(
            ibis.util.gen_name(name), raw.mutate(**cast), temp=True
        )
    return tables
