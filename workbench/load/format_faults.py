"""What can be wrong with a format or mapping file, all of it told at once."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa
import pyarrow.compute as pc

from workbench.load.day_order import READINGS
from workbench.load.rules import (
    Cell,
    Condition,
    Constant,
    First,
    Joined,
    Product,
    Rule,
    RuleError,
    Sum,
    read_condition,
    read_rule,
)
from workbench.tables import TABLES, Column, Table

__all__ = ["ENUMS", "format_faults"]

# Columns whose values are a closed list; a format's words lead to one of them.
ENUMS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("orders", "status"): ("pending", "paid", "shipped", "completed", "closed"),
    ("refunds", "state"): ("open", "done", "refused", "withdrawn"),
    ("messages", "speaker"): ("buyer", "seller", "system"),
    ("payments", "direction"): ("in", "out"),
    ("campaigns", "kind"): (
        *("sale", "livestream", "flash_sale", "group_buy", "influencer", "new_product"),
    ),
}
_NUMBERS = ("money", "integer", "number")
_KEYS = {
    *("name", "title", "platform", "table", "grain", "zone", "currency", "quoting", "empty"),
    *("times", "encodings", "encoding_marks", "recognise", "columns", "fill", "join", "notes"),
    *("facts", "json", "refuse", "per_order", "skip", "dates", "decimal"),
}


def format_faults(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a format file: the fault, and where in the file it is."""
    for key in sorted(set(raw) - _KEYS):
        yield f"Unknown entry {key!r}", ""
    yield from _setting_faults(raw)
    table = TABLES.get(str(raw.get("table", "")))
    if table is None:
        yield f"`table` must be one of {', '.join(TABLES)}", ", table"
        return
    columns = raw.get("columns")
    if not isinstance(columns, dict) or not columns:
        yield "There is no [columns]", ""
        return
    names = {column.name for column in table.columns}
    for column, value in columns.items():
        place = f", columns.{column}"
        if column not in names:
            yield f"Table {table.name} has no column {column!r}", place
            continue
        try:
            rule = read_rule(value)
        except RuleError as error:
            yield f"The rule cannot be read: {error}", place
            continue
        yield from ((fault, place) for fault in _rule_faults(rule, table.column(column)))
        allowed = ENUMS.get((table.name, column))
        for word in sorted(_given(rule) - set(allowed or ())) if allowed else ():
            yield f"{word!r} is none of {', '.join(allowed or ())}", place
    yield from _per_order_faults(raw, table)
    described = raw.get("recognise", {}).get("description_row", "")
    if described and described not in columns:
        yield f"`description_row` is a column with a rule, not {described!r}", ", recognise"
    for column in table.required:
        if column not in columns:
            yield f"The required column {column!r} has no rule", ", columns"


def _per_order_faults(raw: Mapping[str, Any], table: Table) -> Iterator[tuple[str, str]]:
    amounts = raw.get("per_order", [])
    money = {column.name for column in table.columns if column.type == "money"}
    if not isinstance(amounts, list):
        yield "`per_order` is a list of canonical amounts", ", per_order"
        return
    if amounts and (raw.get("grain") != "line" or "order_id" not in raw["columns"]):
        yield "`per_order` needs grain line and a rule for order_id", ", per_order"
    for amount in amounts:
        if amount not in money or amount not in raw["columns"]:
            yield f"{amount!r} is no amount of {table.name} that has a rule", ", per_order"


def _given(rule: Rule) -> set[str]:
    """The words a rule can give by itself: its constants and its words' meanings."""
    if isinstance(rule, First):
        return set().union(*(_given(inner) for inner in rule.rules))
    if isinstance(rule, Cell):
        return {meaning for _, meaning in rule.words}
    return {rule.value} if hasattr(rule, "value") else set()


def _setting_faults(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the entries beside the columns."""
    if zone := raw.get("zone", ""):
        try:
            ZoneInfo(str(zone))
        except (ZoneInfoNotFoundError, ValueError):
            yield f"Unknown time zone {zone!r}; give an IANA name such as Asia/Shanghai", ", zone"
    if raw.get("quoting", "standard") not in ("standard", "none"):
        yield "`quoting` is standard or none", ", quoting"
    if raw.get("dates", "auto") not in ("auto", "fixed", *READINGS):
        yield f"`dates` is auto, fixed, {', '.join(READINGS)}", ", dates"
    if raw.get("decimal", "auto") not in ("auto", "point", "comma"):
        yield "`decimal` is auto, point or comma", ", decimal"
    for key in ("empty", "times", "encodings"):
        entries = raw.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
            yield f"`{key}` is a list of texts", f", {key}"
    for encoding in raw.get("encodings", []):
        try:
            codecs.lookup(str(encoding))
        except LookupError:
            yield f"Unknown encoding {encoding!r}", ", encodings"
    for skip in raw.get("skip", []):
        yield from ((fault, ", skip") for fault in _skip_faults(skip))
    records = raw.get("json", {"records": ""})
    if not isinstance(records, dict) or not isinstance(records.get("records"), str):
        yield '[json] says where the `records` lie, such as "data[]"', ", json"
    for join in raw.get("join", []):
        if not isinstance(join, dict) or not {"file", "on"} <= set(join) <= {"file", "on", "take"}:
            yield "A join has `file`, `on` and perhaps `take`", ", join"
        elif join.get("take", "only") not in ("only", "first"):
            yield "`take` is only or first", ", join"


def _rule_faults(rule: Rule, column: Column) -> Iterator[str]:
    """What is wrong with a rule that is written as it should be."""
    if isinstance(rule, First):
        for inner in rule.rules:
            yield from _rule_faults(inner, column)
    elif isinstance(rule, Constant) and column.type in _NUMBERS:
        try:
            Decimal(rule.value)
        except InvalidOperation:
            yield f"{rule.value!r} is no number"
    elif isinstance(rule, Cell) and rule.scale > 1 and column.type not in _NUMBERS:
        yield f"Column {column.name} is no number, so nothing can be scaled for it"
    elif isinstance(rule, Cell) and rule.pattern:
        if fault := _pattern_fault(rule.pattern):
            yield fault
        elif re.compile(rule.pattern).groups != 1:
            yield "A pattern has exactly one group: what is in it becomes the value"
    elif isinstance(rule, Sum | Product) and column.type not in _NUMBERS:
        yield f"Column {column.name} is no number, so nothing can be added up or multiplied for it"
    elif isinstance(rule, Joined) and column.type in _NUMBERS:
        yield f"Column {column.name} is a number, and numbers are not joined"
    for condition in () if isinstance(rule, First) else rule.when:
        if fault := _pattern_fault(condition.matches):
            yield fault


def _skip_faults(skip: Any) -> Iterator[str]:
    """What is wrong with an entry of [[skip]]."""
    if not isinstance(skip, dict):
        yield "`skip` is a list of tables"
        return
    why = skip.get("why")
    if not isinstance(why, dict) or set(why) != {"en", "zh"}:
        yield "A skip says why rows are left out, in `en` and in `zh`"
    try:
        condition = read_condition({key: value for key, value in skip.items() if key != "why"})
    except RuleError as error:
        yield f"The skip cannot be read: {error}"
        return
    if not condition.header or condition == Condition(condition.header):
        yield "A skip names a header and what its cell says"
    if fault := _pattern_fault(condition.matches):
        yield fault


def _pattern_fault(pattern: str) -> str:
    """What is wrong with a regular expression, which two engines have to read; "" if nothing."""
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
        re.compile(pattern)
    except (pa.ArrowInvalid, re.error) as error:
        return f"The pattern cannot be read: {error}"
    return ""
