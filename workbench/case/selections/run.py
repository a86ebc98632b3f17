"""Run a query: Ibis expressions on the orders, joined with what was found and decided.

A condition is asked of an order. Amounts and quantities are those of the whole order (the sum of
its lines); of other columns it is enough that one line fits. So "not" gives exactly the other
orders. Orders that only a notice names, or somebody decided, take part with what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Value
from ibis.expr.types import Table as Expression

from workbench.case.decisions import order_decisions
from workbench.case.folder import Case
from workbench.case.selections.query import COLUMNS, Condition, Every, Neither, Node
from workbench.case.selections.query import parse_query as parse
from workbench.case.tags import tags as standing_tags
from workbench.errors import BadInput, Problem
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["run_in_case", "run_selection"]

_SUMS: tuple[str, ...] = ("quantity", "goods_amount", "shipping_amount", "discount_amount")
_SUMS += ("paid_amount", "refund_amount")
_FOUND = ("score", "q_value", "assessment", "group_id")
_SCHEMA = {"order_id": "string", "score": "float64", "q_value": "float64"}
_SCHEMA |= {"assessment": "string", "group_id": "string", "decision": "string"}
# So many numbers are no longer written into the expression but joined to it.
_MANY = 100


def run_in_case(
    case: Case,
    query: Mapping[str, Any],
    tables: Tables,
    assessment: Assessment | None = None,
    until: datetime | None = None,
) -> list[str]:
    """`run_selection` with the decisions and tags that stand in a case, or stood at `until`."""
    return run_selection(
        query, tables, assessment, order_decisions(case, until), standing_tags(case, until)
    )


def run_selection(
    query: Mapping[str, Any],
    tables: Tables,
    assessment: Assessment | None = None,
    decisions: pd.DataFrame | None = None,
    tags: pd.DataFrame | None = None,
) -> list[str]:
    """The orders that a query picks today, by the time they were placed, then by number.

    `decisions` are the rows of `order_decisions` (order_id, decision), `tags` those of `tags`
    (subject, subject_id, tag). Raises BadInput, with all problems at once, for a query that
    cannot be used, or one that asks for what the data do not have.
    """
    node = parse(query)
    conditions = list(_conditions(node))
    if problems := _lacking(conditions, tables, assessment):
        raise BadInput.many(problems)
    orders = _per_order(tables, conditions, _facts(tables, assessment, decisions))
    orders = _with_tags(orders, conditions, tags)
    orders = _with_lists(orders, conditions)
    picked = orders.filter(_holds(node, orders, conditions)).select("order_id", "placed_at")
    rows = picked.execute().sort_values(["placed_at", "order_id"], na_position="last")
    return [str(one) for one in rows["order_id"]]


def _conditions(node: Node) -> Iterable[Condition]:
    if isinstance(node, Condition):
        yield node
    else:
        for part in (node.part,) if isinstance(node, Neither) else node.parts:
            yield from _conditions(part)


def _lacking(
    conditions: Iterable[Condition], tables: Tables, assessment: Assessment | None
) -> list[Problem]:
    """What the conditions ask for and the data do not have."""
    if "orders" not in tables:
        return [Problem("There are no orders to select from", do="Load a list of orders first")]
    problems = []
    for column in dict.fromkeys(condition.column for condition in conditions):
        if column in _FOUND:
            if assessment is None:
                do = "Run `workbench screen --case DIR` first"
                problems.append(Problem("The case has not been screened yet", column, do))
        elif column not in ("decision", "tag", "named") and column not in tables["orders"].columns:
            do = "Load an export that has it, or leave the condition out"
            problems.append(Problem(f"The orders have no column {column}", do=do))
    return problems


def _facts(
    tables: Tables, assessment: Assessment | None, decisions: pd.DataFrame | None
) -> Expression:
    """What is known of orders beside their lines, one row per order."""
    found = pd.DataFrame(columns=["order_id", *_FOUND])
    if assessment is not None:
        found = assessment.orders[["order_id", *_FOUND]]
    decided = pd.DataFrame(columns=["order_id", "decision"])
    if decisions is not None:
        decided = decisions[["order_id", "decision"]]
    frame = found.astype({"order_id": object}).merge(
        decided.astype({"order_id": object}), how="outer", on="order_id"
    )
    numbers = {name: pd.to_numeric(frame[name]).astype("float64") for name in ("score", "q_value")}
    texts = [name for name in _SCHEMA if name not in numbers]
    frame = frame.assign(**numbers, **{name: frame[name].astype("string") for name in texts})
    facts = ibis.memtable(frame[list(_SCHEMA)], schema=_SCHEMA)
    if "notices" not in tables or "order_id" not in tables["notices"].columns:
        return facts.mutate(named=ibis.literal(False))
    notices = tables["notices"]
    named = notices.filter(notices.order_id.notnull()).select("order_id").distinct()
    return _outer(facts, named.mutate(named=ibis.literal(True)))


def _per_order(tables: Tables, conditions: Iterable[Condition], facts: Expression) -> Expression:
    lines = tables["orders"].filter(tables["orders"].order_id.notnull())
    values: dict[str, Value] = {"placed_at": lines.created_at.min()}
    for at, condition in enumerate(conditions):
        column = condition.column
        if column in _SUMS:
            values[column] = lines[column].sum()
        elif _of_lines(condition):
            values[_name(at)] = _any(_fits(lines[column], _found(condition)))
    return _outer(lines.group_by("order_id").agg(**values), facts)


def _with_tags(
    orders: Expression, conditions: Iterable[Condition], tags: pd.DataFrame | None
) -> Expression:
    """The orders with, per condition of tags, whether a tag of theirs or of their group fits."""
    asked = {at: one for at, one in enumerate(conditions) if one.column == "tag"}
    if not asked:
        return orders
    frame = pd.DataFrame(columns=["subject", "subject_id", "tag"]) if tags is None else tags
    rows = ibis.memtable(
        frame[["subject", "subject_id", "tag"]].astype("string"),
        schema={"subject": "string", "subject_id": "string", "tag": "string"},
    )
    fits = {_name(at): _any(_fits(rows.tag, _found(one))) for at, one in asked.items()}
    for subject, key in (("order", "order_id"), ("group", "group_id")):
        of_subject = rows.filter(rows.subject == subject).group_by("subject_id").agg(**fits)
        told = of_subject.rename({f"{subject}_{name}": name for name in fits})
        joined = orders.left_join(told, orders[key] == told.subject_id)
        orders = joined.drop("subject_id")
    own = {
        name: ibis.greatest(*(orders[f"{one}_{name}"].fill_null(0) for one in ("order", "group")))
        for name in fits
    }
    return orders.mutate(**own)


def _with_lists(orders: Expression, conditions: Iterable[Condition]) -> Expression:
    """The orders with, per long list of numbers, whether theirs stands in it."""
    for at, condition in enumerate(conditions):
        if _joined(condition):
            frame = pd.DataFrame({"listed": list(condition.tests["in"])}, dtype="string")
            listed = ibis.memtable(frame, schema={"listed": "string"})
            listed = listed.mutate(**{_name(at): ibis.literal(1)})
            orders = orders.left_join(listed, orders.order_id == listed.listed).drop("listed")
    return orders


def _holds(node: Node, orders: Expression, conditions: list[Condition]) -> BooleanValue:
    if isinstance(node, Neither):
        return ~_holds(node.part, orders, conditions)
    if isinstance(node, Condition):
        at = next(at for at, one in enumerate(conditions) if one is node)
        if _of_lines(node) or node.column == "tag":
            found = orders[_name(at)].fill_null(0) == 1
            return ~found if node.tests.get("missing") else found
        if _joined(node):
            rest = {test: asked for test, asked in node.tests.items() if test != "in"}
            found = orders[_name(at)].fill_null(0) == 1
            return found & _fits(orders.order_id, replace(node, tests=rest)) if rest else found
        return _fits(_known(orders, node.column), node)
    parts = [_holds(part, orders, conditions) for part in node.parts]
    return reduce(and_ if isinstance(node, Every) else or_, parts)


def _known(orders: Expression, column: str) -> Any:
    """What is known of each order: nobody's decision is "", and what no notice names is not."""
    value = orders[column]
    if column == "decision":
        return value.fill_null("")
    return value.fill_null(False) if column == "named" else value


def _joined(condition: Condition) -> bool:
    return condition.column == "order_id" and len(condition.tests.get("in", ())) > _MANY


def _of_lines(condition: Condition) -> bool:
    own = (*_SUMS, *_FOUND, "order_id", "decision", "tag", "named")
    return condition.column not in own


def _fits(value: Value, condition: Condition) -> BooleanValue:
    """Whether a value passes all tests of its column; what is not there passes none but one."""
    kind = COLUMNS[condition.column]
    tests = [
        _TESTS[test](_plain(value, kind), _literal(asked, value))
        for test, asked in condition.tests.items()
    ]
    return reduce(and_, [test.fill_null(False) for test in tests])


def _found(condition: Condition) -> Condition:
    """The condition as one row can meet it: an order lacks what none of its rows has."""
    return (
        replace(condition, tests={"missing": False}) if "missing" in condition.tests else condition
    )


def _plain(value: Value, kind: str) -> Any:
    """An empty text is none."""
    return value.nullif("") if kind in ("text", "tag") else value


def _literal(asked: Any, value: Value) -> Any:
    """Numbers as the column counts them: a float is not held against a decimal."""
    if not value.type().is_floating():
        return asked
    if isinstance(asked, tuple):
        return tuple(float(one) for one in asked)
    return float(asked) if isinstance(asked, Decimal) else asked


def _any(test: BooleanValue) -> Value:
    """1 where a row of the order passes, else 0."""
    return test.cast("int8").max()


def _outer(one: Expression, other: Expression) -> Expression:
    """The rows of both, put together by order_id."""
    joined = one.outer_join(other, "order_id")
    order_id = ibis.coalesce(joined.order_id, joined.order_id_right)
    return joined.mutate(order_id=order_id).drop("order_id_right")


def _name(at: int) -> str:
    return f"condition_{at}"


_TESTS: Mapping[str, Callable[[Any, Any], BooleanValue]] = {
    "is": lambda value, asked: value == asked,
    "in": lambda value, asked: value.isin(asked),
    "contains": lambda value, asked: value.lower().contains(asked.lower()),
    "starts_with": lambda value, asked: value.lower().startswith(asked.lower()),
    "at_least": lambda value, asked: value >= asked,
    "at_most": lambda value, asked: value <= asked,
    "from": lambda value, asked: value >= asked,
    "to": lambda value, asked: value <= asked,
    "hours": lambda value, asked: value.hour().isin(asked),
    "weekdays": lambda value, asked: (value.day_of_week.index() + 1).isin(asked),
    "missing": lambda value, asked: value.isnull() if asked else value.notnull(),
}
