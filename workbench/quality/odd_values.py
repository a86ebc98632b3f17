"""Impossible and odd values: how many, of how many tested, and where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Table

from workbench.language import words
from workbench.quality.bounds import bounds
from workbench.quality.headings import column_word, share_text, table_word
from workbench.quality.rules import RULES, Condition, Rule
from workbench.quality.values import is_filled
from workbench.quality.views import TABLE_OF, views
from workbench.rows import each
from workbench.tables import TABLES, Tables

__all__ = ["OddValues", "examples_table", "odd_values_data", "odd_values_table"]

_ROWS = ["code", "severity", "table", "column", "tested", "found", "share"]
_EXAMPLES = ["code", "table", "column", "source_file", "source_row", "order_id", "cells"]


@dataclass(frozen=True)
class OddValues:
    """What the rules found.

    `rows`: one row per rule and column that could be tested on at least one row: code, severity
    (impossible | odd), table, column, tested (rows, orders or waybills), found, share (0..1).
    `examples`: the first few of each: code, table, column, source_file, source_row, order_id,
    cells (JSON object of the cells compared). No column with personal data is among them.
    """

    rows: pd.DataFrame
    examples: pd.DataFrame


@dataclass(frozen=True)
class _Check:
    rule: Rule
    table: str
    column: str
    tested: BooleanValue
    found: BooleanValue
    cells: tuple[str, ...]


def odd_values_data(
    tables: Tables,
    now: datetime,
    *,
    examples: int = 5,
    rules: Iterable[Rule] | None = None,
) -> OddValues:
    """Try every rule of `rules.toml` on the tables, in one pass per view.

    `now` is the case's today in the shop's local time. Rules whose columns no file has are left
    out; `completeness_data` tells what is missing.
    """
    limits = bounds(tables.get("orders"), now)
    rows: list[dict[str, Any]] = []
    found_examples: list[pd.DataFrame] = []
    with views(tables) as seen:
        for name, view in seen.items():
            checks = list(_checks(name, view, limits, RULES.values() if rules is None else rules))
            counted = _counts(view, checks)
            for check, (tested, found) in zip(checks, counted, strict=True):
                if tested:
                    rows.append(_row(check, tested, found))
                if found and examples:
                    found_examples.append(_examples(view, check, examples))
    frame = pd.DataFrame(rows, columns=_ROWS)
    order = {"impossible": 0, "odd": 1}
    frame = frame.sort_values(
        ["severity", "share"],
        ascending=[True, False],
        ignore_index=True,
        kind="stable",
        key=lambda column: column.map(order) if column.name == "severity" else column,
    )
    together = pd.concat(found_examples, ignore_index=True) if found_examples else None
    return OddValues(frame, pd.DataFrame(columns=_EXAMPLES) if together is None else together)


def odd_values_table(
    found: OddValues, language: str = "zh", *, all_rules: bool = False
) -> pd.DataFrame:
    """What was found as a reader sees it; `all_rules` also lists what was tested in vain."""
    say = words("quality", language)
    rows = found.rows if all_rules else found.rows[found.rows.found > 0]
    severity = {"impossible": say("impossible"), "odd": say("odd")}
    records = [
        {
            say("Severity"): severity[row.severity],
            say("What"): RULES[row.code].title[language],
            say("Table"): table_word(row.table, language),
            say("Column"): column_word(row.table, row.column, language),
            say("Found"): row.found,
            say("Tested"): row.tested,
            say("Share"): share_text(row.share),
            say("What may innocently lie behind it"): RULES[row.code].innocent[language],
            say("What to do"): RULES[row.code].do[language],
        }
        for row in each(rows)
    ]
    return pd.DataFrame(records)


def examples_table(
    found: OddValues, language: str = "zh", *, files: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The examples as a reader sees them; `files` names the source files by their SHA-256."""
    say = words("quality", language)
    records = [
        {
            say("What"): RULES[row.code].title[language],
            say("Order"): row.order_id or "",
            say("Cells"): "; ".join(
                f"{column_word(row.table, name, language)} = {value}"
                for name, value in json.loads(row.cells).items()
            ),
            say("File"): (files or {}).get(row.source_file, row.source_file[:12]),
            say("Row"): row.source_row,
        }
        for row in each(found.examples)
    ]
    return pd.DataFrame(records)


def _checks(
    name: str, view: Table, limits: Mapping[str, datetime], rules: Iterable[Rule]
) -> Iterator[_Check]:
    """The checks that the rules make of one view, as far as it has their columns."""
    for rule in rules:
        if rule.of == "*" and name.startswith("*"):
            table = name[1:]
            columns = [c.name for c in TABLES[table].columns if c.type == rule.type]
            columns = [c for c in columns if f"{table}.{c}" not in rule.excepted]
        elif rule.of == name:
            table = TABLE_OF[name]
            columns = [rule.odd.column] if rule.odd.column else list(rule.columns)
        else:
            continue
        for column in columns:
            odd = replace(rule.odd, column=column)
            if _needed(rule, odd) <= set(view.columns):
                yield _check(rule, table, view, odd, limits)


def _check(
    rule: Rule, table: str, view: Table, odd: Condition, limits: Mapping[str, datetime]
) -> _Check:
    tested = ibis.literal(True)
    for condition in rule.among:
        tested = tested & _holds(view, condition, limits)
    other = odd.value if odd.value in view.columns else ""
    for column in (odd.column, other):
        if column and odd.test != "filled":
            tested = tested & view[column].notnull()
    cells = tuple(dict.fromkeys(c for c in (odd.column, other, *rule.shown) if c in view.columns))
    hit = _holds(view, odd, limits)
    return _Check(rule, table, odd.column, tested, tested & hit, cells)


def _needed(rule: Rule, odd: Condition) -> set[str]:
    """The columns without which a rule cannot be tested."""
    other = {odd.value} if odd.test in _COMPARE and isinstance(odd.value, str) else set()
    other = {name for name in other if not name.startswith("@")}
    return {odd.column, *rule.needs, *(c.column for c in rule.among), *other}


_COMPARE = {
    "earlier_than": lambda a, b: a < b,
    "less_than": lambda a, b: a < b,
    "later_than": lambda a, b: a > b,
    "more_than": lambda a, b: a > b,
    "equals": lambda a, b: a == b,
}


def _holds(view: Table, condition: Condition, limits: Mapping[str, datetime]) -> BooleanValue:
    cell = view[condition.column]
    if condition.test == "filled":
        return is_filled(cell) if condition.value else ~is_filled(cell)
    if condition.test == "one_of":
        return cell.isin(condition.value).fill_null(False)
    if condition.test == "matches":
        return cell.re_search(condition.value).fill_null(False)
    other = condition.value
    if isinstance(other, str):
        other = limits[other] if other.startswith("@") else view[other]
    return _COMPARE[condition.test](cell, other).fill_null(False)


def _counts(view: Table, checks: list[_Check]) -> list[tuple[int, int]]:
    """Tested and found of each check, in one pass."""
    if not checks:
        return []
    figures = {}
    for number, check in enumerate(checks):
        figures[f"tested{number}"] = check.tested.sum()
        figures[f"found{number}"] = check.found.sum()
    counted = view.aggregate(**figures).to_pandas().fillna(0).iloc[0]
    return [(int(counted[f"tested{n}"]), int(counted[f"found{n}"])) for n in range(len(checks))]


def _row(check: _Check, tested: int, found: int) -> dict[str, Any]:
    return {
        "code": check.rule.code,
        "severity": check.rule.severity,
        "table": check.table,
        "column": check.column,
        "tested": tested,
        "found": found,
        "share": found / tested,
    }


def _examples(view: Table, check: _Check, most: int) -> pd.DataFrame:
    """The first rows, in the order of the files, that a check found."""
    found = view.filter(check.found).order_by(["source_file", "source_row"]).limit(most)
    order = found.order_id if "order_id" in found.columns else ibis.null("string")
    origin = {"source_file": found.source_file, "source_row": found.source_row}
    shown = {f"cell_{name}": found[name] for name in check.cells}
    rows = found.select(order_id=order, **origin, **shown).to_pandas()
    cells = [
        json.dumps({name: _text(row[f"cell_{name}"]) for name in check.cells}, ensure_ascii=False)
        for row in rows.to_dict("records")
    ]
    told = rows[["source_file", "source_row", "order_id"]].assign(
        code=check.rule.code, table=check.table, column=check.column, cells=cells
    )
    return told[_EXAMPLES]


def _text(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text and text[-1:] == "0" else text
