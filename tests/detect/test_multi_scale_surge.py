"""Surges of an item: one oddity, found at any length, and never more than a hint."""

from __future__ import annotations

import pandas as pd

from tests.detect.conftest import START, Run, extra, facts_of, regular_shop, review_of
from workbench.detect.multi_scale_surge import DETECTOR


def surge(orders: int, hours: float, **columns: object) -> pd.DataFrame:
    """The regular shop, and orders of item A spread over so many hours by its own buyers."""
    times = [
        START + pd.Timedelta(hours=200, minutes=7 + 60 * hours * n / orders) for n in range(orders)
    ]
    more = extra(orders, created_at=times, buyer_id=lambda n: f"r{4 * n}", **columns)
    return pd.concat([regular_shop(), more], ignore_index=True)


def test_an_evening_and_three_days_are_both_seen(run: Run) -> None:
    for orders, hours in ((24, 3.0), (90, 72.0)):
        found = run(DETECTOR, surge(orders, hours))
        assert {f"X{n:04d}" for n in range(orders)} <= set(found.rows.order_id), hours
        facts = facts_of(found)[0]
        assert facts["orders"] >= orders
        assert facts["expected"] < orders / 2


def test_it_can_only_support() -> None:
    assert DETECTOR.ambiguous
    assert DETECTOR.family == "time"


def test_an_even_shop_has_none(run: Run) -> None:
    found = run(DETECTOR, regular_shop())
    assert found.rows.empty
    assert review_of(found)["reviewed"] == 400


def test_needs_neither_buyers_nor_amounts_of_its_own(run: Run) -> None:
    rows = surge(24, 3.0).drop(columns=["buyer_id", "phone", "address"])
    assert not run(DETECTOR, rows.assign(paid_amount="0.00")).rows.empty
