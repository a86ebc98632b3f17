"""Proposed groups that order at hours at which the shop seldom sells.

One draw per day: the first order of each day, so that a crowd of one hour, which another detector
has seen already, counts once. Days whose first order falls into a quarter of the day against
Binom(days, share of the shop's other orders in that quarter), for the least likely quarter, times
four. Buyers abroad and night workers do the same: it supports an accusation and never makes one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.candidate_rows import candidate_groups, candidate_orders
from workbench.detect.constants import ALPHA, HOUR_BLOCKS, LIKE_ORDERS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import findings
from workbench.detect.opening import on_trade
from workbench.detect.sales import sales_of
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "hour_profile"
DAY = 86400


def find(tables: Tables) -> pd.DataFrame:
    """Candidates at odd hours; see Detector.find and docs/detectors.md."""
    shop = _blocks(sales_of(tables["trade"]).seconds)
    orders = candidate_orders(tables)
    if orders.empty or _has_no_hours(sales_of(tables["trade"]).seconds):
        return no_findings(reviewed=0)
    orders = orders.assign(block=_blocks(orders.second.to_numpy()), day=orders.second // DAY)
    usual = np.bincount(shop, minlength=HOUR_BLOCKS)
    every = _counts(orders)
    first = _counts(orders.drop_duplicates(["candidate", "day"]))
    days = first.sum(axis=1)
    asked = days >= LIKE_ORDERS
    # The group is left out of the shop it is held against, and one is added on both sides.
    rest = np.maximum(usual - every.to_numpy(), 0) + 1
    share = rest / rest.sum(axis=1, keepdims=True)
    tail = stats.binom.sf(first.to_numpy() - 1, days.to_numpy()[:, None], share)
    best = tail.argmin(axis=1)
    row = np.arange(len(first))
    told = pd.DataFrame(
        {
            "days": days,
            "block": best,
            "inside": first.to_numpy()[row, best],
            "share": share[row, best],
            "p1": np.minimum(tail[row, best] * HOUR_BLOCKS, 1.0),
        },
        index=first.index,
    )[asked]
    told["p_value"] = np.minimum(told.p1 * max(len(told), 1), 1.0)
    kept = told[told.p_value <= ALPHA].assign(
        observed=lambda t: t.inside, expected=lambda t: t.days * t.share
    )
    hours = 24 // HOUR_BLOCKS
    facts = pd.DataFrame(
        {
            "days": kept.days,
            "days_at_hours": kept.inside,
            "from_hour": kept.block * hours,
            "to_hour": (kept.block + 1) * hours,
            "usual_share": kept.share,
            "p1": kept.p1,
            "tried1": len(told),
        }
    )
    groups = candidate_groups(tables, kept, facts, "days whose first order falls into these hours")
    return findings(NAME, groups, reviewed=len(told))


def _blocks(seconds: np.ndarray) -> np.ndarray:
    return np.asarray(seconds % DAY // (DAY // HOUR_BLOCKS), dtype="int64")


def _counts(orders: pd.DataFrame) -> pd.DataFrame:
    """Orders by candidate (rows) and quarter of the day (columns)."""
    counted = orders.groupby(["candidate", "block"]).size().unstack(fill_value=0)
    return counted.reindex(columns=range(HOUR_BLOCKS), fill_value=0)


def _has_no_hours(seconds: np.ndarray) -> bool:
    """Whether the shop's times are days only: most orders at one time of day."""
    _, times = np.unique(seconds % DAY, return_counts=True)
    return bool(len(seconds) and times.max() > len(seconds) / 2)


DETECTOR = Detector(
    name=NAME,
    family="behaviour",
    needs=("orders.order_id", "orders.created_at"),
    find=on_trade(find, buyers=False),
    stage="test",
    ambiguous=True,
)
