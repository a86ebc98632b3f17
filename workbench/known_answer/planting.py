"""Plant rings into a copy of a shop's tables: in the engine, nothing is written to the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.known_answer.fill import filled
from workbench.known_answer.levels import Level
from workbench.known_answer.material import Material
from workbench.known_answer.recipes import ring
from workbench.simulate.streams import stream
from workbench.tables import TABLES, Tables

__all__ = ["Planting", "planted"]

_PEOPLE = 10_000
"""Account numbers of one ring; more than any has."""


@dataclass(frozen=True)
class Planting:
    """Tables with rings in them, and the truth: order_id, kind, ring, cover (an honest order).

    `changed` names the tables that something was planted into.
    """

    tables: Tables
    changed: frozenset[str]
    truth: pd.DataFrame


def planted(
    tables: Tables, material: Material, kinds: Sequence[str], level: Level, seed: int
) -> Planting:
    """One ring of each kind in the tables of a shop.

    A ring depends on the seed, its kind and its level only, not on what is planted beside it. Only
    canonical tables are given: what was worked out from them before knows nothing of the rings.
    """
    rows: dict[str, list[pd.DataFrame]] = {}
    truth = []
    for number, kind in enumerate(kinds):
        rng = stream(seed, "planted", kind, level.name)
        orders = ring(kind, rng, material, level)
        name = f"{kind}-{level.name}-{seed}"
        made = filled(orders, material, rng, name, (number + 1) * _PEOPLE)
        for table, frame in made.items():
            rows.setdefault(table, []).append(frame)
        ids = made["orders"].order_id
        truth.append(pd.DataFrame({"order_id": ids, "kind": kind, "ring": name}))
        truth[-1]["cover"] = orders.cover.to_numpy()
    together = {
        name: _with(table, pd.concat(rows[name], ignore_index=True)) if name in rows else table
        for name, table in tables.items()
        if name in TABLES
    }
    return Planting(together, frozenset(rows), pd.concat(truth, ignore_index=True))


def _with(table: Table, rows: pd.DataFrame) -> Table:
    """The table and the planted rows below it, with the table's own columns and types."""
    schema = table.schema()
    filled_in = rows.reindex(columns=list(schema)).astype(object)
    filled_in = filled_in.where(rows.reindex(columns=list(schema)).notna(), None)
    if "source_file" in schema:
        filled_in["source_file"] = "planted"
    if "source_row" in schema:
        filled_in["source_row"] = range(2, len(rows) + 2)
    plain = {
        name: "float64" if kind.is_numeric() else "timestamp" if kind.is_temporal() else "string"
        for name, kind in schema.items()
    }
    for name, kind in plain.items():
        if kind == "float64":
            filled_in[name] = filled_in[name].astype("float64")
        elif kind == "timestamp":
            filled_in[name] = pd.to_datetime(filled_in[name])
    raw = ibis.memtable(filled_in, schema=ibis.schema(plain))
    exact = {
        name: (raw[name].nullif(float("nan")) if kind.is_numeric() else raw[name]).cast(kind)
        for name, kind in schema.items()
    }
    return table.union(raw.select(**exact))
