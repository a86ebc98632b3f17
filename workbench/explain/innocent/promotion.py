"""Whether the item was on promotion: on record, or cheaper than it usually is."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.explain.innocent.calendar import no_record, recorded
from workbench.explain.innocent.offers import Offers, offers, prices_paid
from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    undecided,
)

__all__ = ["TEST", "judge_promotion"]


def judge_promotion(lines: pd.DataFrame, known: Offers) -> dict[int, Outcome]:
    """Passed when a promotion on record covers the orders, or the price lies below its low end.

    The low end is what 95 % of the item's other sales fetch at least: a price there is no
    promotion where one sale in twenty has it anyway.
    """
    said = recorded(lines, known.calendar, "promotion")
    prices = prices_paid(lines, known.items)
    by_price = each(prices, _by_price)
    if known.calendar is not None:
        # Who keeps a calendar has the promotion in it, where the price cannot tell.
        by_price |= dict.fromkeys(prices.index[~prices.known].tolist(), no_record())
    return {group: _either(record, by_price[group]) for group, record in said.items()}


def _either(record: Outcome | None, price: Outcome) -> Outcome:
    if record is None or (record.result != "passed" and price.result == "passed"):
        return price
    return record


def _by_price(row: Any) -> Outcome:
    if not row.known:
        return undecided(lambda say: say("Too few other sales of the item to know its price."))
    if row.price < row.low:
        return passed(
            lambda say: say(
                "Sold at {price}; the item usually goes for {middle}, and 95 % of its sales for "
                "{low} or more: a promotion price.",
                price=f"{row.price:.2f}",
                middle=f"{row.middle:.2f}",
                low=f"{row.low:.2f}",
            )
        )
    return failed(
        lambda say: say(
            "No price cut explains it: sold at {price}; the item usually goes for {middle}.",
            price=f"{row.price:.2f}",
            middle=f"{row.middle:.2f}",
        )
    )


TEST = InnocentTest("promotion", ("orders.product_id",), offers, judge_promotion)
