"""Merge what several files tell, once per load; reading is then a matter of opening one file.

What has one source is read as it is. What has more is merged as `workbench.tables.precedence`
says, in an engine that is given little memory and a folder to spill to.
"""

# ruff: noqa: S608 (the SQL is made of canonical names and quoted texts)
from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from workbench.engine import connect
from workbench.tables.definition import TABLES
from workbench.tables.loads import MERGED, Book, Load
from workbench.tables.merge_orders import merged_orders, prepare_orders
from workbench.tables.merge_rows import merged_rows
from workbench.tables.order_changes import CHANGES, changes_sql, prepare_changes
from workbench.tables.sources import OWNERS, quoted, rows_sql, sources_of

__all__ = ["MEMORY", "Merging", "merge"]

# The engine's share; what does not fit into it goes to the folder to spill to.
MEMORY = "512MB"
_BUCKET_ROWS = 600_000
_BATCH_ROWS = 50_000
# Raise it when the same sources lead to other merged rows than before.
_MERGER = 2
_OF_ORDERS = ("orders", "order_lines", "refunds")


@dataclass(frozen=True)
class Merging:
    """The book with what was merged, the new files by name, and what is to be told of the loads.

    `changed` counts, by the SHA-256 of the newer file, the orders that changed ("orders") and how
    many of them in each column; `superseded` the orders that an older load of the same grain held.
    """

    book: Book
    files: Mapping[str, Path] = field(default_factory=dict)
    changed: Mapping[str, dict[str, int]] = field(default_factory=dict)
    superseded: Mapping[str, int] = field(default_factory=dict)


def merge(book: Book, place: Callable[[Load], Path], tables_dir: Path, work: Path) -> Merging:
    """Merge every table of `book` that needs it and has not been merged from the same sources.

    `place` says where the Parquet file of a load lies now; new files are written into the folder
    `work`, to be moved into `merged` under `tables_dir`.
    """
    several = len(book.shops) > 1
    wanted = {
        name: f"{name}-{_digest(book, name, several)}.parquet"
        for name in TABLES
        if _needs(book, name, several)
    }
    merged = dict(wanted)
    if "orders" in wanted:
        changes = wanted["orders"].replace("orders-", f"{CHANGES}-")
        # A table without changes is not written, and not looked for again.
        if book.merged.get("orders") == wanted["orders"] and CHANGES in book.merged:
            merged[CHANGES] = changes
    # A file that the book does not name was left by a load that failed; its changes are not known.
    todo = {
        name
        for name, file in wanted.items()
        if book.merged.get(name) != file or not (tables_dir / MERGED / file).is_file()
    }
    if not todo:
        return Merging(replace(book, merged=merged))
    work.mkdir(parents=True, exist_ok=True)
    merger = _Merger(book, place, work, several)
    try:
        files = {merged[name]: merger.write(name, merged[name]) for name in TABLES if name in todo}
        if "orders" in todo:
            written = merger.write_changes(changes)
            if written is not None:
                merged[CHANGES] = changes
                files[changes] = written
            told = Merging(book, {}, merger.changed(written), merger.superseded())
        else:
            told = Merging(book)
    finally:
        merger.close()
    return replace(told, book=replace(book, merged=merged), files=files)


def _needs(book: Book, table: str, several: bool) -> bool:
    if not book.of(table):
        return False
    if several or len(book.of(table)) > 1 or any(load.corrects for load in book.of(table)):
        return True
    return table == "orders" and any(book.of(name) for name in ("order_lines", "refunds"))


def _digest(book: Book, table: str, several: bool) -> str:
    """Identifies the sources that a merged table is made of, and their order."""
    of_orders = several or table == "orders"
    parts = [str(_MERGER), *(book.shops if several else ()), book.shop_of_unnamed]
    parts += [
        repr((load.table, load.sha256, load.shop, load.grain, load.recipe, load.corrects))
        for load in book.loads
        if load.table == table or (of_orders and load.table in _OF_ORDERS)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


class _Merger:
    """One engine that merges the tables of one book."""

    def __init__(
        self, book: Book, place: Callable[[Load], Path], work: Path, several: bool
    ) -> None:
        self._work = work
        self._several = several
        self._sources = {name: sources_of(book, name, place) for name in TABLES}
        self._connection = connect(threads=1, spill_to=work)
        self._engine: Any = self._connection.con
        self._engine.execute(f"SET memory_limit = '{MEMORY}'")
        self._engine.execute("SET preserve_insertion_order = false")
        self._owners(book)
        self._prepared = False

    def close(self) -> None:
        """Let the engine go."""
        self._connection.disconnect()

    def _owners(self, book: Book) -> None:
        """Make `owners`, and `renamed`: order numbers that an earlier shop used already."""
        orders = rows_sql(self._sources["orders"] if self._several else [], "orders")
        places = " ".join(
            f"WHEN {quoted(shop)} THEN {number}" for number, shop in enumerate(book.shops)
        )
        place = f"CASE m_shop {places} END" if self._several else "0"
        self._engine.execute(
            f"CREATE TABLE holders AS SELECT DISTINCT m_shop, order_id, {place} AS place "
            f"FROM ({orders})"
        )
        self._engine.execute(
            f"CREATE TABLE {OWNERS} AS SELECT order_id, min(m_shop) AS owner FROM holders "
            "GROUP BY order_id HAVING count(*) = 1"
        )
        self._engine.execute(
            "CREATE TABLE renamed AS SELECT m_shop, order_id, "
            "order_id || ' (' || m_shop || ')' AS shown FROM holders "
            "QUALIFY place > min(place) OVER (PARTITION BY order_id)"
        )
        self._engine.execute("DROP TABLE holders")

    def write(self, table: str, name: str) -> Path:
        """Write a merged table; gives the file."""
        if table == "orders":
            self._prepare()
            queries = [
                merged_orders(
                    *(self._sources[name] for name in _OF_ORDERS),
                    shops=self._several,
                    bucket=bucket,
                )
                for bucket in self._buckets()
            ]
        else:
            rows = f"{table}_all"
            self._engine.execute(f"CREATE VIEW {rows} AS {rows_sql(self._sources[table], table)}")
            queries = [merged_rows(rows, table, self._sources[table], shops=self._several)]
        return self._write(queries, name)

    def write_changes(self, name: str) -> Path | None:
        """Write the changes between loads; None when two loads hold no order in common."""
        prepare_changes(self._engine, self._sources["orders"])
        query = changes_sql(self._sources["orders"], refunds=bool(self._sources["refunds"]))
        return self._write([query], name) if query else None

    def changed(self, changes: Path | None) -> dict[str, dict[str, int]]:
        """Orders that changed, by the newer file and by column."""
        if changes is None:
            return {}
        rows = self._engine.execute(
            "SELECT after_file, coalesce(\"column\", 'orders'), count(DISTINCT (shop, order_id)) "
            f"FROM read_parquet({quoted(str(changes))}) "
            'GROUP BY GROUPING SETS ((after_file, "column"), (after_file)) ORDER BY ALL'
        ).fetchall()
        found: dict[str, dict[str, int]] = {}
        for file, column, count in rows:
            found.setdefault(file, {})[column] = count
        return found

    def superseded(self) -> dict[str, int]:
        """Orders of each load of orders that an older load of the same grain held."""
        rank = {source.rank: source.load.sha256 for source in self._sources["orders"]}
        rows = self._engine.execute(
            "SELECT m_rank, count(*) FROM (SELECT m_rank, kind FROM held WHERE kind <> 'item' "
            "QUALIFY m_rank > min(m_rank) OVER (PARTITION BY m_shop, order_id, kind)) "
            "GROUP BY m_rank"
        ).fetchall()
        return {rank[number]: count for number, count in rows}

    def _prepare(self) -> None:
        prepare_orders(
            self._engine,
            self._sources["orders"],
            self._sources["order_lines"],
            self._sources["refunds"],
        )

    def _buckets(self) -> list[str]:
        """SQL that parts the orders into shares of which each fits into memory."""
        rows = sum(
            pq.read_metadata(path).num_rows
            for path in {s.path for name in _OF_ORDERS for s in self._sources[name]}
        )
        shares = 1 + rows // _BUCKET_ROWS
        return [f"hash(order_id) % {shares} = {n}" for n in range(shares)]

    def _write(self, queries: Sequence[str], name: str) -> Path:
        path = self._work / name
        writer: pq.ParquetWriter | None = None
        try:
            for query in queries:
                batches = self._engine.sql(query).to_arrow_reader(_BATCH_ROWS)
                writer = writer or pq.ParquetWriter(path, batches.schema, compression="zstd")
                for batch in batches:
                    writer.write_batch(batch)
        finally:
            if writer is not None:
                writer.close()
        return path
