"""Read the canonical tables of a case folder into an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import ibis
from ibis.backends import BaseBackend
from ibis.expr.types import Table as Expression

from workbench.tables.definition import TABLES
from workbench.tables.loads import LOADS_FILE, MERGED, Load, loads, read_book

__all__ = ["LOADS_FILE", "Tables", "loads", "read_tables", "shop_names", "shop_tables"]

Tables = Mapping[str, Expression]


def read_tables(connection: BaseBackend, folder: Path) -> dict[str, Expression]:
    """The tables under `folder`, by canonical name; a table without data is absent.

    A table has the columns that at least one of its sources provides, besides `source_file`
    (SHA-256 of the original file) and `source_row` (as a spreadsheet counts rows). Where several
    files tell of the same things they were merged when they were loaded, as
    `workbench.tables.precedence` says; orders that were put together from two files have in
    `detail_file` and `detail_row` the row of the second one. In a case of several shops every
    table has a column `shop`, and an order number that an earlier shop used already reads
    "<number> (<shop>)" wherever it stands.
    """
    book = read_book(folder)
    found: dict[str, Expression] = {}
    for name in TABLES:
        sources = book.of(name)
        if name in book.merged:
            found[name] = connection.read_parquet(str(folder / MERGED / book.merged[name]))
        elif sources:
            paths = [str(load.file(folder)) for load in sources]
            table = connection.read_parquet(paths, union_by_name=True)
            several = len(sources) > 1 and name == "orders"
            found[name] = _newest(table, sources) if several else table
    return found


def shop_names(tables: Tables) -> list[str]:
    """The shops of a case that has several, by name; [] where there is one shop only."""
    orders = tables.get("orders")
    if orders is None or "shop" not in orders.columns:
        return []
    names = orders.select("shop").distinct().to_pandas()["shop"].dropna()
    return sorted(map(str, names)) if len(names) > 1 else []


def shop_tables(tables: Tables, shop: str) -> dict[str, Expression]:
    """The rows of one shop, and those that belong to no shop in particular."""
    return {
        name: table.filter((table.shop == shop) | table.shop.isnull())
        if "shop" in table.columns
        else table
        for name, table in tables.items()
    }


def _newest(table: Expression, sources: Sequence[Load]) -> Expression:
    """The rows of the newest load of each order, in a case that was loaded before merging."""
    rank = ibis.cases(*[(table.source_file == load.sha256, n) for n, load in enumerate(sources)])
    ranked = table.mutate(load=rank)
    newest = ranked.load.max().over(group_by="order_id")
    keep = ranked.filter((ranked.load == newest) | ranked.order_id.isnull())
    return keep.drop("load")
