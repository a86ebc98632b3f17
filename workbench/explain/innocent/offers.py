"""What the shop offered when: campaigns on record, usual prices, and when items were new."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from ibis.expr.types import Table as Expression

from workbench.explain.innocent.calendar import campaign_calendar
from workbench.explain.members import others, period, top_items
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["Offers", "offers", "prices_paid"]


@dataclass(frozen=True)
class Offers:
    """The calendar, and per item: low (5 % quantile), middle (median), sales, first (sale).

    low, middle and sales are of the orders outside every group, `first` is of all orders; `start`
    is the shop's first order. Without item numbers `items` is empty.
    """

    calendar: pd.DataFrame | None
    items: pd.DataFrame
    start: pd.Timestamp


def offers(tables: Tables, members: pd.DataFrame) -> Offers:
    """Read the calendar and each item's usual price: what was paid per piece, or per line."""
    orders = tables["orders"]
    items = pd.DataFrame(columns=["low", "middle", "sales", "first"], dtype="float64")
    if "product_id" in orders.columns:
        first = orders.group_by("product_id").aggregate(first=orders.created_at.min())
        usual = _usual(others(tables, members)).to_pandas().set_index("product_id")
        known = first.filter(first.product_id.notnull()).to_pandas().set_index("product_id")
        items = known.join(usual).assign(sales=lambda t: t.sales.fillna(0))
    return Offers(campaign_calendar(tables), items, period(tables).start)


def prices_paid(lines: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Per group: its commonest item, the median price it paid for it, and low, middle, sales.

    `known` tells whether enough other sales show what is usual.
    """
    figures = top_items(lines).join(items, on="item")
    own = lines[lines.product_id == lines.group.map(figures["item"])]
    pieces = own.quantity.fillna(1).clip(lower=1) if "quantity" in own else 1
    figures["price"] = (own.paid_amount / pieces).groupby(own.group).median()
    figures["known"] = (figures.sales.fillna(0) >= CUTS["price_least"]) & figures.price.notna()
    return figures


def _usual(orders: Expression) -> Expression:
    price = orders.paid_amount.cast("float64")
    if "quantity" in orders.columns:
        price = price / orders.quantity.fill_null(1).nullif(0).cast("float64")
    priced = orders.mutate(price=price).filter(lambda t: t.price > 0)
    return priced.group_by("product_id").aggregate(
        low=priced.price.quantile(CUTS["price_quantile"]),
        middle=priced.price.median(),
        sales=priced.count(),
    )
