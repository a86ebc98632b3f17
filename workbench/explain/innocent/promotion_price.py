"""Whether the item was cheaper than it usually is."""

from __future__ import annotations

import pandas as pd

from workbench.explain.innocent.outcome import InnocentTest, Outcome, failed, passed, undecided
from workbench.explain.members import others, top_item
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "judge_price", "usual_prices"]


def usual_prices(tables: Tables, members: pd.DataFrame) -> pd.DataFrame:
    """Per item, over the shop's other orders: low (5 % quantile), middle (median), sales.

    The price is what was paid per piece, or per line where the data have no quantity.
    """
    orders = others(tables, members)
    price = orders.paid_amount.cast("float64")
    if "quantity" in orders.columns:
        price = price / orders.quantity.fill_null(1).nullif(0).cast("float64")
    priced = orders.mutate(price=price).filter(lambda t: t.price > 0)
    usual = priced.group_by("product_id").aggregate(
        low=priced.price.quantile(CUTS["price_quantile"]),
        middle=priced.price.median(),
        sales=priced.count(),
    )
    return usual.to_pandas().set_index("product_id")


def judge_price(lines: pd.DataFrame, usual: pd.DataFrame) -> Outcome:
    """Passed when the group's median price lies below what 95 % of the item's sales fetch.

    A price at the low end is no promotion where one sale in twenty has it anyway.
    """
    item = top_item(lines)
    if item not in usual.index or usual.sales[item] < CUTS["price_least"]:
        return undecided(lambda say: say("Too few other sales of the item to know its price."))
    own = lines[lines.product_id == item]
    pieces = own.quantity.fillna(1).clip(lower=1) if "quantity" in own else 1
    price = float((own.paid_amount / pieces).median())
    low, middle = float(usual.low[item]), float(usual.middle[item])
    if price < low:
        return passed(
            lambda say: say(
                "Sold at {price}; the item usually goes for {middle}, and 95 % of its sales for "
                "{low} or more: a promotion price.",
                price=f"{price:.2f}",
                middle=f"{middle:.2f}",
                low=f"{low:.2f}",
            )
        )
    return failed(
        lambda say: say(
            "No price cut explains it: sold at {price}; the item usually goes for {middle}.",
            price=f"{price:.2f}",
            middle=f"{middle:.2f}",
        )
    )


TEST = InnocentTest("promotion_price", ("orders.product_id",), usual_prices, judge_price)
