"""How a figure was counted and where its rows are, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.language import Say, words

__all__ = ["how", "rows_text"]

_MOST_RANGES = 24


def how(operation: Mapping[str, Any], language: str) -> str:
    """One sentence on how a figure is counted."""
    say = words("figures", language)
    if operation["aggregate"] == "number":
        which = {
            "number": operation["index"] + 1,
            "id": {c: v for c, _, v in operation["where"]}["id"],
            "table": _file(operation),
        }
        if str(operation["table"]).startswith("results/"):
            return say(
                "Figure {number} of sentence {id} in {table}; screening the masked tables again "
                "gives it anew",
                **which,
            )
        return say("Figure {number} of sentence {id} in {table}, as it was stated", **which)
    told = _worded(operation, say)
    plus = int(operation.get("plus", 0))
    return told if not plus else say("{what}, and {plus} added", what=told, plus=f"{plus:+d}")


def _worded(operation: Mapping[str, Any], say: Say) -> str:
    table, column = _file(operation), operation.get("column", "")
    rows = _conditions(operation.get("where", ()), say)
    return {
        "count": lambda: say("Rows of {table} with {rows}", table=table, rows=rows),
        "count_distinct": lambda: say(
            "Different {column} in rows of {table} with {rows}",
            column=column, table=table, rows=rows,
        ),
        "sum": lambda: say(
            "Sum of {column} in rows of {table} with {rows}", column=column, table=table, rows=rows
        ),
        "min": lambda: say(
            "Least {column} in rows of {table} with {rows}", column=column, table=table, rows=rows
        ),
        "max": lambda: say(
            "Largest {column} in rows of {table} with {rows}",
            column=column, table=table, rows=rows,
        ),
        "share": lambda: say(
            "Share of rows of {table} with {rows} among those with {among}",
            table=table, rows=rows, among=_conditions(operation["among"], say),
        ),
        "value": lambda: say(
            "{column} in the row of {table} with {rows}", column=column, table=table, rows=rows
        ),
        "difference": lambda: say(
            "{first} less {second} in the row of {table} with {rows}",
            first=column[0], second=column[1], table=table, rows=rows,
        ),
        "days_until": lambda: say(
            "Whole days from {since} to {column} in the row of {table} with {rows}",
            since=operation["since"], column=column, table=table, rows=rows,
        ),
    }[operation["aggregate"]]()  # fmt: skip


def rows_text(origins: Sequence[Mapping[str, str]], language: str) -> str:
    """Where rows came from, for a reader: table, beginning of the file's SHA-256, rows."""
    say = words("figures", language)
    told = []
    for one in origins:
        parts = one["rows"].split(", ")
        more = len(parts) - _MOST_RANGES
        rows = ", ".join(parts[:_MOST_RANGES])
        if more > 0:
            rows += say(" … ({more} more, see reproduce/figures.json)", more=more)
        told.append(
            say(
                "{table} {file}, rows {rows}",
                table=one["table"],
                file=one["source_file"][:12],
                rows=rows,
            )
            if rows
            else say("{table} {file}", table=one["table"], file=one["source_file"][:12])
        )
    return "\n".join(told) or "–"


def _file(operation: Mapping[str, Any]) -> str:
    return f"reproduce/{operation['table']}"


def _conditions(where: Sequence[Sequence[Any]], say: Say) -> str:
    signs = {"!=": "≠", "<=": "≤", ">=": "≥"}
    told = [
        f"{column} {signs.get(sign, sign)} {value if isinstance(value, str) else _several(value)}"
        for column, sign, value in where
    ]
    return ", ".join(told) or say("no condition")


def _several(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
