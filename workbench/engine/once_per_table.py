"""Work out what depends on one table alone only once, as long as the table is there."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from ibis.expr.types import Table

__all__ = ["forget", "once_per_table"]

Answer = TypeVar("Answer")
_KNOWN: list[MutableMapping[Table, Any]] = []


def once_per_table(work: Callable[[Table], Answer]) -> Callable[[Table], Answer]:
    """`work`, whose answers are remembered for as long as the table (the very object) lives.

    The answer must not hold the table, or it would never be given up, and nobody may change it.
    """
    known: MutableMapping[Table, Answer] = WeakKeyDictionary()
    _KNOWN.append(known)

    @wraps(work)
    def answer(table: Table) -> Answer:
        if table not in known:
            known[table] = work(table)
        return known[table]

    return answer


def forget(table: Table) -> None:
    """Give up all that was worked out of a table, for the memory it takes."""
    for known in _KNOWN:
        known.pop(table, None)
