"""Rows of a file in which each row is one order, that repeat an earlier row cell by cell."""

# ruff: noqa: S608 (the SQL is made of checked names and quoted texts)
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from workbench.engine import connect
from workbench.load.cells import quoted
from workbench.load.convert import PROBLEMS
from workbench.load.parquet_files import MEMORY, PARQUET
from workbench.load.text_rows import Rows

__all__ = ["Repeats", "repeated_rows", "without_rows"]


@dataclass(frozen=True)
class Repeats:
    """Rows that repeat an earlier row, as problems; and orders that still have several rows."""

    problems: pa.Table
    orders: int


def repeated_rows(rows_file: Path, rows: Rows, width: int) -> Repeats:
    """The rows in the Parquet file `rows_file` whose cells are all those of an earlier row.

    Only rows that share an order_id can be; their `width` cells are looked at once more in `rows`,
    the rows of the original. The value of a problem is the row that is repeated.
    """
    with TemporaryDirectory(prefix="workbench-repeats-") as folder:
        connection = connect(threads=1, spill_to=Path(folder))
        try:
            engine: Any = connection.con
            engine.execute(f"SET memory_limit = '{MEMORY}'")
            stored = f"read_parquet({quoted(str(rows_file))})"
            engine.execute(
                f"CREATE TABLE several AS SELECT order_id FROM {stored} WHERE order_id IS NOT NULL "
                "GROUP BY order_id HAVING count(*) > 1"
            )
            orders = int(engine.execute("SELECT count(*) FROM several").fetchone()[0])
            if not orders:
                return Repeats(PROBLEMS.empty_table(), 0)
            engine.execute(
                "CREATE TABLE suspects AS SELECT source_row, order_id FROM "
                f"{stored} SEMI JOIN several USING (order_id)"
            )
            _look_again(engine, rows, width)
            return _found(engine)
        finally:
            connection.disconnect()


def without_rows(rows_file: Path, target: Path, numbers: pa.ChunkedArray) -> None:
    """Write the rows of the Parquet file `rows_file` but those with these source rows."""
    with (
        pq.ParquetFile(rows_file) as old,
        pq.ParquetWriter(target, old.schema_arrow, **PARQUET) as new,
    ):
        for number in range(old.num_row_groups):
            group = old.read_row_group(number)
            gone = pc.is_in(group["source_row"], value_set=numbers)
            new.write_table(group.filter(pc.invert(gone)))


def _look_again(engine: Any, rows: Rows, width: int) -> None:
    """Fill the table `cells` with the suspects' cells as they were read."""
    engine.execute("CREATE TABLE cells (source_row BIGINT, order_id VARCHAR, raw VARCHAR)")
    every = ", ".join(f"c{i}" for i in range(width))
    for table in rows.tables():
        engine.register("batch", table)
        engine.execute(
            f"INSERT INTO cells SELECT source_row, order_id, to_json([{every}])::VARCHAR "
            "FROM batch JOIN suspects USING (source_row)"
        )
        engine.unregister("batch")


def _found(engine: Any) -> Repeats:
    engine.execute(
        "CREATE TABLE alike AS "
        "SELECT *, min(source_row) OVER (PARTITION BY raw) AS first FROM cells"
    )
    problems = engine.sql(
        "SELECT source_row, '' AS \"column\", first::VARCHAR AS value, 'duplicate' AS reason, raw "
        "FROM alike WHERE source_row > first ORDER BY source_row"
    ).to_arrow_table()
    orders = engine.execute(
        "SELECT count(*) FROM (SELECT order_id FROM alike WHERE source_row = first "
        "GROUP BY order_id HAVING count(*) > 1)"
    ).fetchone()[0]
    return Repeats(problems.cast(PROBLEMS), int(orders))
