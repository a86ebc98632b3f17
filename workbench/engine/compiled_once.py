"""Compile recurring expressions once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ibis.backends import BaseBackend
from ibis.expr.types import Expr

__all__ = ["compiled_once"]

_MOST = 5000


@contextmanager
def compiled_once(engine: BaseBackend) -> Iterator[None]:
    """Let `engine` remember the SQL of expressions for as long as the context is open.

    To turn an expression into SQL takes longer than to run it on a few thousand rows. It pays
    where the same expressions come again on tables of the same names.
    """
    known: dict[tuple[object, ...], str] = {}
    compile_ = engine.compile

    def remembered(expr: Expr, /, **how: Any) -> str:
        if any(how.get(name) for name in ("params", "limit")) or len(known) > _MOST:
            return compile_(expr, **how)
        key = (expr.op(), bool(how.get("pretty")))
        if key not in known:
            known[key] = compile_(expr, **how)
        return known[key]

    engine.compile = remembered
    try:
        yield
    finally:
        engine.compile = compile_
