"""Whether the item had just come out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.explain.innocent.calendar import recorded
from workbench.explain.innocent.offers import Offers, offers
from workbench.explain.innocent.outcome import InnocentTest, Outcome, each, failed, undecided
from workbench.explain.members import top_items
from workbench.explain.rules import CUTS

__all__ = ["TEST", "judge_new_product"]


def judge_new_product(lines: pd.DataFrame, known: Offers) -> dict[int, Outcome]:
    """Passed when a launch on record covers the orders; failed when the item had long been sold.

    That an item is new explains nothing by itself: launches are what brushing is bought for. So
    without a record it stays open.
    """
    said = recorded(lines, known.calendar, "new_product")
    figures = top_items(lines).join(known.items["first"], on="item")
    figures["begin"] = lines.groupby("group").created_at.min()
    figures["begun"] = (figures.begin - pd.to_datetime(figures["first"])).dt.total_seconds() / 86400
    since = (pd.to_datetime(figures["first"]) - known.start).dt.total_seconds() / 86400
    figures["unseen"] = since < CUTS["new_days"]
    by_age = each(figures, _by_age)
    return {group: record or by_age[group] for group, record in said.items()}


def _by_age(row: Any) -> Outcome:
    if row.begun > CUTS["new_days"]:
        return failed(
            lambda say: say(
                "Not a new item: it had been sold for {days} days.", days=f"{row.begun:.0f}"
            )
        )
    if row.unseen:
        return failed(lambda say: say("Not a new item: it is sold for as long as the data run."))
    return undecided(
        lambda say: say("The item was new in the shop, but no launch of that time is on record.")
    )


TEST = InnocentTest("new_product", ("orders.product_id",), offers, judge_new_product)
