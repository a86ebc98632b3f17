"""The sources of a merging as SQL: which rows of which Parquet file, of which shop, how new."""

# ruff: noqa: S608 (the SQL is made of canonical names and quoted texts)
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from workbench.tables.definition import TABLES
from workbench.tables.loads import Book, Load

__all__ = ["OWNERS", "Source", "provided", "quoted", "rows_sql", "sources_of"]

# Columns that a merging adds to the rows of each source.
# m_shop: the shop; m_rank: how new the load is; m_ord: place in its file, unique within a load.
_ORD = "{row} * 4294967296 + file_row_number"
# A table (order_id, owner) of the order numbers that one shop alone has.
OWNERS = "owners"


@dataclass(frozen=True)
class Source:
    """Rows of one Parquet file that belong to one load.

    `rank` is the place of the load among all loads, `columns` what the file has, `shop` SQL of
    its rows' shop, `where` SQL of the rows that count.
    """

    load: Load
    rank: int
    path: Path
    columns: frozenset[str]
    shop: str
    where: str = "true"

    def sql(self, names: Iterable[str], kinds: dict[str, str]) -> str:
        """A query of the columns `names`, NULL where the file has none, and what is added."""
        told = [
            f'CAST(f."{name}" AS {kinds[name]}) AS "{name}"'
            if name in self.columns
            else f'CAST(NULL AS {kinds[name]}) AS "{name}"'
            for name in names
        ]
        row = "f.corrects_row" if "corrects_row" in self.columns else "f.source_row"
        found = f"read_parquet({quoted(str(self.path))}, file_row_number = true) f"
        if "owner" in self.shop:
            found += f" LEFT JOIN {OWNERS} USING (order_id)"
        return (
            f"SELECT {', '.join(told)}, f.source_file, CAST(f.source_row AS BIGINT) AS source_row, "
            f"{self.shop} AS m_shop, {self.rank} AS m_rank, {_ORD.format(row=row)} AS m_ord "
            f"FROM {found} WHERE {self.where}"
        )


def sources_of(book: Book, table: str, place: Callable[[Load], Path]) -> list[Source]:
    """The sources of a table; `place` says where the Parquet file of a load lies."""
    rank = {(load.table, load.sha256): n for n, load in enumerate(book.loads)}
    originals = {load.sha256: load for load in book.of(table) if not load.corrects}
    corrections = [load for load in book.of(table) if load.corrects]
    found = []
    for load in originals.values():
        path = place(load)
        columns = frozenset(pq.read_schema(path).names)
        shop = _shop(book, load, columns)
        found.append(Source(load, rank[table, load.sha256], path, columns, shop))
    for n, correction in enumerate(corrections):
        path = place(correction)
        columns = frozenset(pq.read_schema(path).names)
        for sha256 in correction.corrects:
            original = originals.get(sha256)
            if original is None:
                continue
            newer = [later for later in corrections[n + 1 :] if sha256 in later.corrects]
            where = _corrected(sha256, place(original), [place(later) for later in newer])
            shop = _shop(book, original, columns)
            found.append(Source(original, rank[table, sha256], path, columns, shop, where))
    return found


def rows_sql(sources: Sequence[Source], table: str) -> str:
    """A query of the rows of all sources under the columns of `table`, whatever they have."""
    kinds = {column.name: column.sql_type for column in TABLES[table].columns}
    if sources:
        return " UNION ALL ".join(source.sql(kinds, kinds) for source in sources)
    none = [f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in kinds.items()]
    return (
        f"SELECT {', '.join(none)}, '' AS source_file, CAST(0 AS BIGINT) AS source_row, "
        "'' AS m_shop, 0 AS m_rank, CAST(0 AS BIGINT) AS m_ord WHERE false"
    )


def provided(sources: Iterable[Source], table: str) -> list[str]:
    """The columns of `table` that at least one source has."""
    have = frozenset[str]().union(*(source.columns for source in sources))
    return [column.name for column in TABLES[table].columns if column.name in have]


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _shop(book: Book, load: Load, columns: frozenset[str]) -> str:
    """SQL of the shop of a load's rows; a shop that no order has is NULL, which means any."""
    if len(book.shops) < 2:
        return "''"
    unnamed = book.shop_of_unnamed
    if load.shop:
        default = quoted(load.shop)
    elif load.table == "orders" or unnamed in book.shops:
        default = quoted(unnamed)
    else:
        default = "CAST(NULL AS VARCHAR)"
    if load.table != "orders" and not load.shop and "order_id" in columns:
        default = f"coalesce(owner, {default})"
    if "shop" not in columns:
        return default
    return f"coalesce(NULLIF(trim(f.shop), ''), {default})"


def _corrected(original: str, rows: Path, newer: Sequence[Path]) -> str:
    """SQL of the corrected rows of one original that count: still quarantined, corrected last."""
    parts = [
        f"f.corrects_file = {quoted(original)}",
        f"f.corrects_row NOT IN (SELECT source_row FROM read_parquet({quoted(str(rows))}))",
    ]
    parts += [
        f"f.corrects_row NOT IN (SELECT corrects_row FROM read_parquet({quoted(str(path))}) "
        f"WHERE corrects_file = {quoted(original)})"
        for path in newer
    ]
    return " AND ".join(parts)
