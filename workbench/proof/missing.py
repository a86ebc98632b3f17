"""What is still missing to prove an order, and whom to ask for it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import ibis
import pandas as pd

from workbench.case import Case, evidence_files
from workbench.case.statements import statements
from workbench.explain import PAPERS, Assessment
from workbench.proof.strength import order_strength
from workbench.proof.systems import SYSTEMS, independent
from workbench.rows import each
from workbench.tables import Tables

__all__ = ["ASKED", "group_orders_of", "missing_papers"]

ASKED = ("carrier", "platform", "supplier", "institution", "own", "buyer")
"""Whom a paper is asked of, those who have no stake first and the buyers last."""

_COLUMNS = ["order_id", "code", "zh", "en", "who_zh", "who_en", "ask", "why"]

# Where what the screening asks for does not bring two independent sources with a neutral one among
# them, these do, the surest first. What was sent can be proved by a carrier only if it was sent.
_SENT = ("E01", "E30", "E26", "E07")
_NOT_SENT = ("E30", "E26", "E24", "E07")


def group_orders_of(assessment: Assessment) -> dict[str, list[str]]:
    """Group id → its orders, sorted: what `order_strength` takes as `members`."""
    orders = assessment.orders.dropna(subset="group_id")
    return {str(one): sorted(same) for one, same in orders.groupby("group_id")["order_id"]}


def missing_papers(
    case: Case,
    tables: Tables,
    assessment: Assessment,
    order_ids: Sequence[str],
    until: datetime | None = None,
) -> pd.DataFrame:
    """The papers that each order still wants, one row per order and paper.

    They are those that would settle what the screening asks of the order's group (`why` is
    "group") and, while these would not make its evidence sufficient, the surest that would
    ("rules"). A kind of paper that was given for the order, its group or the case is left out.
    Columns: order_id, code, zh, en (what it is), who_zh, who_en (who can supply it), ask (whom a
    request goes to: one of ASKED), why. `until` (UTC) shows an earlier day.
    """
    members = group_orders_of(assessment)
    group_of = {order: group for group, orders in members.items() for order in orders}
    asked = {
        str(row.group_id): [paper["code"] for paper in json.loads(row.missing_evidence)]
        for row in each(assessment.groups)
    }
    given = _given(case, until)
    sent = _sent(tables, order_ids)
    rows: list[dict[str, Any]] = []
    for row in each(order_strength(case, order_ids, members, until)):
        group_id = group_of.get(row.order_id, "")
        subjects = [("order", row.order_id), ("group", group_id), ("case", "")]
        here = {code for subject in subjects for code in given.get(subject, ())}
        group = [code for code in asked.get(group_id, []) if code not in here]
        fallback = _SENT if row.order_id in sent else _NOT_SENT
        rules = _by_the_rules(row.systems, group, [one for one in fallback if one not in here])
        rows += [_row(row.order_id, code, "group") for code in group]
        rows += [_row(row.order_id, code, "rules") for code in rules]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _by_the_rules(
    systems: Sequence[str], wanted: Sequence[str], fallback: Sequence[str]
) -> list[str]:
    """What beside `wanted` makes two independent sources with a neutral one among them."""
    reached = {*systems, *(PAPERS[code].system for code in wanted)}
    more: list[str] = []
    for code in fallback:
        counted = independent(reached)
        enough = len(counted) >= 2 and any(SYSTEMS[name].neutral for name in counted)
        if enough:
            break
        if PAPERS[code].system not in reached:
            more.append(code)
            reached.add(PAPERS[code].system)
    return more


def _row(order_id: str, code: str, why: str) -> dict[str, str]:
    paper = PAPERS[code]
    told = {name: getattr(paper, name) for name in ("zh", "en", "who_zh", "who_en", "ask")}
    return {"order_id": order_id, "code": code, **told, "why": why}


def _given(case: Case, until: datetime | None) -> Mapping[tuple[str, str], set[str]]:
    """What each subject has; a buyer's statement only where one was recorded."""
    given: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in each(evidence_files(case, until)):
        given[row.subject, row.subject_id].update(set(row.codes) - {"E15"})
    for row in each(statements(case, until)):
        given["order", row.order_id].add("E15")
    return given


def _sent(tables: Tables, order_ids: Sequence[str]) -> set[str]:
    """Those of the orders that have a waybill."""
    found: set[str] = set()
    wanted = ibis.memtable(
        pd.DataFrame({"order_id": pd.Series(list(order_ids), dtype="str")}),
        schema={"order_id": "string"},
    )
    for name in ("orders", "shipments"):
        if name in tables and {"order_id", "tracking_no"} <= set(tables[name].columns):
            stored = tables[name]
            rows = stored.filter(stored.tracking_no.notnull()).semi_join(wanted, "order_id")
            found |= set(rows.order_id.to_pandas())
    return found
