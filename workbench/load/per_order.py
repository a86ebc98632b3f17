"""Amounts of a whole order that a file repeats on each of the order's rows."""

# ruff: noqa: S608 (the SQL is made of checked names and quoted texts)
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from workbench.engine import connect
from workbench.load.cells import quoted
from workbench.load.parquet_files import MEMORY, PARQUET

__all__ = ["amounts_once"]


def amounts_once(rows: Path, target: Path, columns: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Write the rows of the Parquet file `rows` to `target`, each order's amounts on one row only.

    The first row of an order gets the first amount that the order has in each of `columns`, its
    further rows 0, so that the rows of an order add up to what it came to. An amount that no row
    of the order tells stays unknown on all of them. Orders of one row and the sequence of rows do
    not change. Gives, for each column in which rows of one order differ, how many orders do so and
    the first of them.
    """
    with TemporaryDirectory(prefix="workbench-orders-") as folder:
        connection = connect(threads=1, spill_to=Path(folder))
        try:
            engine: Any = connection.con
            engine.execute(f"SET memory_limit = '{MEMORY}'")
            differ = _differences(engine, rows, columns)
            engine.execute(_amounts_sql(rows, columns))
            _rewrite(engine, rows, target, columns)
        finally:
            connection.disconnect()
    return differ


def _differences(engine: Any, rows: Path, columns: Sequence[str]) -> dict[str, tuple[int, str]]:
    found = {}
    for column in columns:
        count, order = engine.execute(
            "SELECT count(*), arg_min(order_id, first) FROM ("
            f"SELECT order_id, min(source_row) AS first FROM read_parquet({quoted(str(rows))}) "
            f'GROUP BY order_id HAVING min("{column}") <> max("{column}"))'
        ).fetchone()
        if count:
            found[column] = (int(count), str(order))
    return found


def _amounts_sql(rows: Path, columns: Sequence[str]) -> str:
    """SQL of a table `amounts`: the rows of orders with several, and what stands on each."""
    names = ", ".join(f'"{column}"' for column in columns)
    first = ", ".join(
        f'first_value("{column}" IGNORE NULLS) OVER whole AS "{column}"' for column in columns
    )
    once = ", ".join(
        f'CASE WHEN place = 1 THEN "{column}" ELSE "{column}" * 0 END::DECIMAL(18, 4) AS "{column}"'
        for column in columns
    )
    return (
        f"CREATE TABLE amounts AS SELECT source_row, {once} FROM ("
        f"SELECT source_row, count(*) OVER whole AS rows, row_number() OVER whole AS place, {first}"
        f" FROM (SELECT order_id, source_row, {names} FROM read_parquet({quoted(str(rows))}) "
        "WHERE order_id IS NOT NULL) "
        "WINDOW whole AS (PARTITION BY order_id ORDER BY source_row "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
        ") WHERE rows > 1 ORDER BY source_row"
    )


def _rewrite(engine: Any, rows: Path, target: Path, columns: Sequence[str]) -> None:
    with pq.ParquetFile(rows) as old, pq.ParquetWriter(target, old.schema_arrow, **PARQUET) as new:
        for number in range(old.num_row_groups):
            group = old.read_row_group(number)
            new.write_table(_replaced(engine, group, columns))


def _replaced(engine: Any, group: pa.Table, columns: Sequence[str]) -> pa.Table:
    edges = pc.min_max(group["source_row"]).as_py()
    if edges["min"] is None:
        return group
    first, last = int(edges["min"]), int(edges["max"])
    amounts = engine.sql(
        f"SELECT * FROM amounts WHERE source_row BETWEEN {first} AND {last} ORDER BY source_row"
    ).to_arrow_table()
    mask = pc.is_in(group["source_row"], value_set=amounts["source_row"])
    for column in columns:
        once = amounts[column].combine_chunks()
        replaced = pc.replace_with_mask(group[column].combine_chunks(), mask.combine_chunks(), once)
        group = group.set_column(group.column_names.index(column), group.field(column), replaced)
    return group
