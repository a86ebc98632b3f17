"""Keep a costly intermediate table in the engine while it is asked several times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ibis
from ibis.expr.types import Table

__all__ = ["kept"]


@contextmanager
def kept(expression: Table) -> Iterator[Table]:
    """The rows of `expression` as a temporary table, dropped at the end.

    Not `Table.cache()`: ibis 12 drops its table with a statement that DuckDB 2.0 rejects.
    """
    backend = expression.get_backend()
    name = ibis.util.gen_name("kept")
    yield backend.create_table(name, expression, temp=True)
    backend.raw_sql(f'DROP TABLE "{name}"')
