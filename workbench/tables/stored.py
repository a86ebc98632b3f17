"""Read the canonical tables of a case folder into an engine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import ibis
from ibis.backends import BaseBackend
from ibis.expr.types import Table as Expression

from workbench.tables.definition import TABLES

__all__ = ["LOADS_FILE", "Tables", "read_tables"]

Tables = Mapping[str, Expression]

# Which file was loaded when: {"<table>": ["<sha256 of the oldest>", …, "<sha256 of the newest>"]}
LOADS_FILE = "loads.json"


def read_tables(connection: BaseBackend, folder: Path) -> dict[str, Expression]:
    """The tables under `folder`, by canonical name; a table without data is absent.

    A table has the columns that at least one of its sources provides, besides `source_file`
    (SHA-256 of the original file) and `source_row` (as a spreadsheet counts rows). Where several
    order exports hold the same order, the rows of the newest load stand and the older ones are
    left out, so that an order is never counted twice. Other tables are added up: two files of
    chats or scans may well speak of one order.
    """
    order = loads(folder)
    found: dict[str, Expression] = {}
    for name in TABLES:
        sources = order.get(name, [])
        paths = [folder / name / f"{source}.parquet" for source in sources]
        if paths:
            table = connection.read_parquet([str(path) for path in paths], union_by_name=True)
            several = len(sources) > 1 and name == "orders"
            found[name] = _newest(table, sources) if several else table
    return found


def loads(folder: Path) -> dict[str, list[str]]:
    """The sources of each table under `folder`, oldest load first."""
    path = folder / LOADS_FILE
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _newest(table: Expression, sources: list[str]) -> Expression:
    rank = ibis.cases(*[(table.source_file == source, n) for n, source in enumerate(sources)])
    ranked = table.mutate(load=rank)
    newest = ranked.load.max().over(group_by="order_id")
    keep = ranked.filter((ranked.load == newest) | ranked.order_id.isnull())
    return keep.drop("load")
