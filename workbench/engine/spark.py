"""Spark as an engine for the same expressions: a master's URL, and where it differs from DuckDB.

All that Spark does otherwise than DuckDB is mended here, so that a detector needs to know of
neither. What remains different: hashes of texts (nothing may depend on which), the last digit of
sums of floats, and that values read at a place between two ones may differ in the last digit.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

import ibis
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb.converter import DuckDBPandasData
from ibis.backends.pyspark import Backend
from ibis.backends.pyspark.datatypes import PySparkSchema
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.expr import operations as ops
from ibis.expr.types import Expr, Table
from pyspark.sql import SparkSession

__all__ = ["SparkEngine", "spark"]

_LOGGING = Path(__file__).with_name("log4j2.properties")
_SETTINGS = {
    "spark.app.name": "order-workbench",
    # What goes wrong comes as an exception; a log beside it would only hide it.
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
    # Shop data is shown to nobody who finds the port.
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    # Divided by nothing is nothing, not an error; times carry no zone.
    "spark.sql.ansi.enabled": "false",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}
_LOCAL = {
    # Most queries of one shop are small: to compile each of them takes longer than to run it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # A partition per core: a hundred tiny tasks per query cost more than the query.
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 2),
    "spark.default.parallelism": str(os.cpu_count() or 2),
}


def spark(master: str, spill_to: Path | None = None, **settings: str) -> SparkEngine:
    """An engine on a Spark master; `spill_to` is a folder for what Spark writes on this machine."""
    builder = SparkSession.builder.master(master)
    own = {**_SETTINGS, **(_LOCAL if master.startswith("local") else {}), **settings}
    if spill_to is not None:
        own["spark.local.dir"] = str(spill_to)
        own["spark.sql.warehouse.dir"] = str(spill_to / "warehouse")
    for name, value in own.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    SparkEngine.register_options()
    engine = SparkEngine(spill_to / "kept" if spill_to else None)
    engine.do_connect(session)
    return engine


class _Compiler(PySparkCompiler):
    """SQL that means on Spark what the same expression means on DuckDB."""

    # `hash` has 32 bits: of a million texts a hundred pairs would be one.
    SIMPLE_OPS: ClassVar = {ops.Hash: "xxhash64"}

    def visit_Strip(self, op: Any, *, arg: Any) -> Any:  # noqa: N802
        return self.f.regexp_replace(arg, "^[ \t\n\r\x0b\x0c]+|[ \t\n\r\x0b\x0c]+$", "")

    def visit_Log2(self, op: Any, *, arg: Any) -> Any:  # noqa: N802
        # ln(x) / ln(2) misses whole numbers by the last digit.
        return self.f.round(self.f.ln(arg) / self.f.ln(2), 12)

    def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> Any:  # noqa: N802
        counted = super().visit_CountStar(op, arg=arg, where=where)
        return counted if where is None else self.f.coalesce(counted, 0)


class SparkEngine(Backend):
    """Ibis' Spark backend, with temporary tables and whole numbers that stay whole.

    `kept` is the folder of the temporary tables, which every worker must be able to read.
    """

    compiler = _Compiler()

    def __init__(self, kept: Path | None = None) -> None:
        super().__init__()
        self._kept = kept or Path(mkdtemp(prefix="workbench-spark-"))

    def disconnect(self) -> None:
        """Stop Spark and take away the temporary tables."""
        super().disconnect()
        shutil.rmtree(self._kept, ignore_errors=True)

    def create_table(self, name: str, /, obj: Any = None, **how: Any) -> Table:
        """As in Ibis; a temporary table (`temp=True`) is worked out once and kept."""
        if not how.pop("temp", False):
            return super().create_table(name, obj, **how)
        expression = obj if isinstance(obj, Expr) else ibis.memtable(obj)
        self._run_pre_execute_hooks(expression)
        # As files: what Spark only caches it plans anew, with all that it was made of, whenever it
        # is used, which grows with every step.
        path = str(self._kept / f"{name}.parquet")
        self._session.sql(self.compile(expression)).write.parquet(path)
        return self.read_parquet(path, table_name=name)

    def read_parquet(
        self, path: str | Path | Sequence[str], /, *, union_by_name: bool = False, **how: Any
    ) -> Table:
        """As in Ibis; several files of unlike columns with `union_by_name`."""
        paths = [str(path)] if isinstance(path, (str, Path)) else [str(one) for one in path]
        name = how.get("table_name") or ibis.util.gen_name("read_parquet")
        frame = self._session.read.parquet(*paths, mergeSchema=union_by_name)
        frame.createOrReplaceTempView(name)
        return self.table(name)

    def execute(self, expr: Expr, /, **how: Any) -> Any:
        """As in Ibis, by way of Arrow: whole numbers with gaps do not become floats."""
        table = self._arrow(expr, **how)
        columns = {
            name: column.to_pylist() if column.null_count else column.to_pandas()
            for name, column in zip(table.column_names, table.columns, strict=True)
        }
        frame = DuckDBPandasData.convert_table(pd.DataFrame(columns), expr.as_table().schema())
        return expr.__pandas_result__(frame)

    def to_pyarrow(self, expr: Expr, /, **how: Any) -> Any:
        """As in Ibis, by way of Arrow."""
        return expr.__pyarrow_result__(self._arrow(expr, **how))

    def _arrow(self, expr: Expr, *, params: Any = None, limit: Any = None, **_: Any) -> pa.Table:
        self._run_pre_execute_hooks(expr)
        table = expr.as_table()
        frame = self._session.sql(self.compile(table, params=params, limit=limit))
        return frame.toArrow().cast(table.schema().to_pyarrow())

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        rows = op.data.to_pyarrow(op.schema).cast(op.schema.to_pyarrow())
        if rows.num_rows:
            frame = self._session.createDataFrame(rows)
        else:
            frame = self._session.createDataFrame([], PySparkSchema.from_ibis(op.schema))
        frame.createOrReplaceTempView(op.name)
