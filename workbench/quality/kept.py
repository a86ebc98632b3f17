"""Keep what several questions need, so that the engine works it out once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ibis
from ibis.expr.types import Table

__all__ = ["kept"]


@contextmanager
def kept(expression: Table) -> Iterator[Table]:
    """A table of the engine's own that holds what an expression gives, dropped at the end."""
    backend, name = expression.get_backend(), ibis.util.gen_name("quality")
    try:
        yield backend.create_table(name, expression, temp=True)
    finally:
        backend.raw_sql(f'DROP TABLE IF EXISTS "{name}"')
