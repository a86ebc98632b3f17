"""A small case and its notice, whose every check can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from ibis.backends import BaseBackend

from workbench.case import Case, create_case
from workbench.engine import connect
from workbench.notice import Notice, RulePack, RuleValue, rule_pack
from workbench.procedure.facts import Facts, facts_of
from workbench.tables import Tables, memory_tables

PLACED = ["2026-02-03 10:00", "2026-02-04 11:00", "2026-02-05 12:00", "2026-02-06 13:00"]


def orders(placed: list[str] = PLACED, **columns: Any) -> pd.DataFrame:
    """Orders 1001, 1002, … placed then; the last line of two is of order 1002."""
    ids = [str(1001 + n) for n in range(len(placed))]
    return pd.DataFrame(
        {
            "order_id": [*ids, "1002"],
            "created_at": pd.to_datetime([*placed, placed[1]], format="ISO8601"),
            "status": "completed",
            "paid_amount": [*["100"] * len(placed), "50"],
        }
        | columns
    )


def notice(**told: Any) -> Notice:
    """A notice of 2026-03-02 on orders 1001 to 1003, in the words of `told`."""
    fields: dict[str, Any] = {
        "notice_id": "N-1",
        "platform": "某平台",
        "violation": "虚假交易",
        "rule_clause": "《市场管理规则》第十二条",
        "issued_at": datetime(2026, 3, 2, 9, 0),
        "decided_at": datetime(2026, 3, 1, 9, 0),
        "appeal_deadline": datetime(2026, 3, 9, 9, 0),
        "attempts_allowed": 2,
        "attempts_used": 0,
        "measure": "商品降权30天",
        "order_ids": ("1001", "1002", "1003"),
    }
    return Notice(**(fields | told))


def rules(**days: tuple[int, bool]) -> RulePack:
    """A rule pack of these numbers, each with whether a person confirmed it."""
    values = tuple(
        RuleValue(key, value, "", "", "rule", "2025", "G", confirmed=confirmed)
        for key, (value, confirmed) in days.items()
    )
    return replace(rule_pack("mine"), values=values)


def make_case(folder: Path, now: datetime = datetime(2026, 3, 5, 12, 0)) -> Case:
    return create_case(folder / "case", shop="小店", platform="taobao", as_of=now)


@cache
def _engine() -> BaseBackend:
    return connect()


@cache
def _plain() -> Tables:
    return memory_tables(_engine(), {"orders": orders()})


def make_tables(**frames: pd.DataFrame) -> Tables:
    return memory_tables(_engine(), {"orders": orders(), **frames}) if frames else _plain()


def make_facts(case: Case, told: Notice | None = None, **more: Any) -> Facts:
    """The facts of a notice on a platform of whose rules nothing is known, but for `pack`."""
    tables = more.pop("tables", None) or make_tables()
    others = more.pop("others", ())
    return replace(facts_of(told or notice(), case, tables, others=others), **more)


def day(text: str) -> date:
    return date.fromisoformat(text)
