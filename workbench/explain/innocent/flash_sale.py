"""Whether it was a flash sale: a record of one, or at least a price that one would have."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.explain.innocent.calendar import no_record, recorded
from workbench.explain.innocent.offers import Offers, offers, prices_paid
from workbench.explain.innocent.outcome import InnocentTest, Outcome, each, failed, undecided

__all__ = ["TEST", "judge_flash_sale"]


def judge_flash_sale(lines: pd.DataFrame, known: Offers) -> dict[int, Outcome]:
    """Passed when a flash sale on record covers the orders.

    Without any record a usual price rules it out; a low one leaves it open.
    """
    said = recorded(lines, known.calendar, "flash_sale")
    prices = prices_paid(lines, known.items)
    by_price = each(prices, _by_price)
    if known.calendar is not None:
        by_price = dict.fromkeys(by_price, no_record())
    return {group: record or by_price[group] for group, record in said.items()}


def _by_price(row: Any) -> Outcome:
    if row.known and row.price >= row.low:
        return failed(
            lambda say: say(
                "No flash sale: sold at {price}, and 5 % of the item's other sales are as cheap.",
                price=f"{row.price:.2f}",
            )
        )
    return undecided(
        lambda say: say("No campaigns on record, and the price does not rule a flash sale out.")
    )


TEST = InnocentTest("flash_sale", ("orders.product_id",), offers, judge_flash_sale)
