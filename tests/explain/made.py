"""Findings, groups and little shops made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd
from ibis.backends import BaseBackend

from workbench.detect import FINDING_COLUMNS, Findings
from workbench.engine import connect
from workbench.explain.innocent import Outcome
from workbench.explain.merge import Finding, Group, group_name
from workbench.tables import Tables, memory_tables

NOON = pd.Timestamp("2025-06-01 12:00")
END = pd.Timestamp("2025-06-01 12:49")
FACTS = {
    "same_offer_burst": {
        "item": "Cup", "amount": 59.0, "returning": 0, "known_buyers": 3, "rho": 0.61,
    },
    "shared_phone": {
        "field": "phone", "accounts": 9, "item": "Cup", "top_item_share": 0.8, "span_days": 11.0,
    },
    "address_variants": {
        "accounts": 9, "spellings": 7, "item": "Cup", "top_item_share": 0.8, "span_days": 0.1,
    },
    "rapid_repeat": {
        "item": "Cup", "median_gap_hours": 2.0, "shop_median_gap_hours": 400.0,
        "top_item_share": 1.0,
    },
}  # fmt: skip
FAMILIES = {
    "same_offer_burst": "time",
    "shared_phone": "identity",
    "address_variants": "identity",
    "rapid_repeat": "behaviour",
}


def finding(
    detector: str = "same_offer_burst",
    orders: Iterable[str] = ("a", "b", "c"),
    p_value: float = 1e-8,
    facts: Mapping[str, object] | None = None,
    family: str = "",
    end: pd.Timestamp = END,
    ambiguous: bool = False,
) -> Finding:
    return Finding(
        detector=detector,
        family=family or FAMILIES.get(detector, "time"),
        orders=frozenset(orders),
        statistic="count",
        observed=38.0,
        expected=0.4,
        p_value=p_value,
        window_start=NOON,
        window_end=end,
        facts=FACTS.get(detector, {}) if facts is None else facts,
        ambiguous=ambiguous,
    )


def group(*findings: Finding) -> Group:
    orders = frozenset().union(*(f.orders for f in findings))
    return Group(group_name(orders), orders, findings)


def outcome(result: str, p_value: float | None = None) -> Outcome:
    return Outcome(result, "中", "en", p_value)  # type: ignore[arg-type]


def as_findings(found: Iterable[Finding], ran: Iterable[str] = tuple(FAMILIES)) -> Findings:
    """What `run_detectors` would have given."""
    rows = [
        {
            "detector": f.detector, "group_id": str(n), "order_id": order,
            "statistic": f.statistic, "observed": f.observed, "expected": f.expected,
            "p_value": f.p_value, "window_start": f.window_start, "window_end": f.window_end,
            "facts": json.dumps(dict(f.facts)),
        }
        for n, f in enumerate(found)
        for order in sorted(f.orders)
    ]  # fmt: skip
    runs = [
        {
            "detector": name, "family": FAMILIES[name], "state": "ran", "needs": "",
            "seconds": 0.1, "groups": 1, "rows": 1,
        }
        for name in ran
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(FINDING_COLUMNS)).astype(FINDING_COLUMNS)
    return Findings(frame, pd.DataFrame(runs))


def orders(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Order lines with what a test names; the rest is ordinary."""
    frame = pd.DataFrame(
        {
            "status": "completed", "product_id": "cup", "product_title": "Cup",
            "quantity": 1, "paid_amount": 10.0, **row,
        }
        for row in rows
    )  # fmt: skip
    if "order_id" not in frame:
        frame["order_id"] = [f"o{n:04d}" for n in range(len(frame))]
    if "created_at" not in frame:
        frame["created_at"] = [NOON + pd.Timedelta(hours=n) for n in range(len(frame))]
    return frame


@cache
def engine() -> BaseBackend:
    """One engine for all tests of the room: opening one takes longer than most of them."""
    return connect(threads=1)


def tables(**frames: pd.DataFrame) -> Tables:
    return memory_tables(engine(), frames)
