"""Keep the result of an expression in the engine for as long as it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import ibis
from ibis.backends import BaseBackend
from ibis.expr.types import Table

__all__ = ["Keep", "keeping"]

# What an engine makes of a temporary table.
_KIND = {"pyspark": "VIEW"}
Keep = Callable[[Table], Table]


@contextmanager
def keeping(engine: BaseBackend) -> Iterator[Keep]:
    """A function that works an expression out once and gives the table of its result.

    The tables are given up at the end.
    """
    made: list[str] = []

    def keep(expression: Table) -> Table:
        name = ibis.util.gen_name("kept")
        table = engine.create_table(name, expression, temp=True)
        made.append(name)
        return table

    try:
        yield keep
    finally:
        for name in made:
            engine.raw_sql(f"DROP {_KIND.get(engine.name, 'TABLE')} {name}")
