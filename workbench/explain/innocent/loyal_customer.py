"""Whether it is a habit: a loyal customer who comes back over months, or a subscription."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    undecided,
)
from workbench.explain.members import Period, period, top_items
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["LOYAL_CUSTOMER", "SUBSCRIPTION", "judge_loyal", "judge_subscription"]


def judge_loyal(lines: pd.DataFrame, shop: Period) -> dict[int, Outcome]:
    """Passed when the orders span more than 60 days with a median gap of more than a day.

    Gaps run between the orders of one account; several accounts are judged together.
    """
    if shop.days <= CUTS["steady_days"]:
        return {int(group): _too_short() for group in lines.group.unique()}
    return each(_rhythm(lines), _habit)


def judge_subscription(lines: pd.DataFrame, shop: Period) -> dict[int, Outcome]:
    """Passed when one item comes in nearly equal gaps of more than a day over 60 days or more."""
    if shop.days <= CUTS["steady_days"]:
        return {int(group): _too_short() for group in lines.group.unique()}
    figures = _rhythm(lines)
    share = top_items(lines).share if "product_id" in lines else float("nan")
    return each(figures.assign(share=share), _even)


def _too_short() -> Outcome:
    return undecided(lambda say: say("The data cover too few days to show a habit."))


def _habit(row: Any) -> Outcome:
    figures = {
        "days": f"{row.days:.0f}",
        "gap": f"{row.gap:.1f}" if row.gaps else "–",
    }
    if row.days > CUTS["steady_days"] and row.gaps and row.gap > CUTS["steady_gap_hours"]:
        return passed(
            lambda say: say(
                "A habit: orders over {days} days, half of them more than {gap} hours apart.",
                **figures,
            )
        )
    return failed(
        lambda say: say(
            "No steady habit: orders over {days} days, half of them within {gap} hours of the "
            "one before.",
            **figures,
        )
    )


def _even(row: Any) -> Outcome:
    figures = {"gap": f"{row.gap / 24:.1f}", "off": f"{row.off / 24:.1f}"}
    steady = row.days > CUTS["steady_days"] and row.gap > CUTS["steady_gap_hours"]
    if row.gaps < CUTS["subscription_gaps"]:
        return failed(lambda say: say("Too few repeats for a subscription: {gaps}.", gaps=row.gaps))
    if steady and row.off <= CUTS["subscription_off"] * row.gap and row.share > 0.5:
        return passed(
            lambda say: say(
                "Like a subscription: the same item every {gap} days, half of the times within "
                "{off} days of that.",
                **figures,
            )
        )
    return failed(
        lambda say: say(
            "No subscription: gaps of {gap} days, half of them more than {off} days off that, "
            "over {days} days.",
            days=f"{row.days:.0f}",
            **figures,
        )
    )


def _rhythm(lines: pd.DataFrame) -> pd.DataFrame:
    """Per group: days (first to last order), gaps (their number), gap (median, hours), off.

    `off` is the median distance of a gap from the middle one, in hours.
    """
    orders = lines.drop_duplicates(["group", "order_id"]).sort_values("created_at", kind="stable")
    gaps = orders.groupby(["group", "buyer_id"]).created_at.diff().dt.total_seconds() / 3600
    by_group = gaps.groupby(orders.group)
    off = (gaps - orders.group.map(by_group.median())).abs().groupby(orders.group).median()
    span = orders.groupby("group").created_at
    return pd.DataFrame(
        {
            "days": (span.max() - span.min()).dt.total_seconds() / 86400,
            "gaps": by_group.count(),
            "gap": by_group.median(),
            "off": off,
        }
    )


def _period(tables: Tables, members: pd.DataFrame) -> Period:
    return period(tables)


_NEEDS = ("orders.buyer_id",)
LOYAL_CUSTOMER = InnocentTest("loyal_customer", _NEEDS, _period, judge_loyal)
SUBSCRIPTION = InnocentTest(
    "subscription", (*_NEEDS, "orders.product_id"), _period, judge_subscription
)
