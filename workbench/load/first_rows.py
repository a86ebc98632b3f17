"""The first rows of a table, as text."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

__all__ = ["first_rows"]


def first_rows(tables: Iterable[pa.Table], width: int, count: int) -> list[tuple[str, ...]]:
    """The first `count` rows of the first `width` columns; an empty cell is ""."""
    rows: list[tuple[str, ...]] = []
    for table in tables:
        columns = [column.to_pylist() for column in table.slice(0, count).columns[:width]]
        rows += [tuple(str(cell or "") for cell in row) for row in zip(*columns, strict=True)]
        if len(rows) >= count:
            break
    return rows[:count]
