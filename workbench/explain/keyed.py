"""Name every item and every buyer by the column that this shop's files provide."""

from __future__ import annotations

from workbench.detect.trade import ITEM_COLUMNS, buyer_column, item_text
from workbench.tables import Tables

__all__ = ["keyed"]


def keyed(tables: Tables) -> Tables:
    """The tables with `product_id` and `buyer_id` filled as the detectors read them.

    A classic Taobao order list names items by title only, other exports buyers by payment
    account only: the innocent tests must look at the same items and buyers as the detectors.
    Without any such column the tables stay as they are.
    """
    orders = tables["orders"]
    keys = {}
    if any(name in orders.columns for name in ITEM_COLUMNS):
        keys["product_id"] = item_text(orders)
    buyer = buyer_column(orders)
    if buyer is not None:
        keys["buyer_id"] = orders[buyer]
    return {**tables, "orders": orders.mutate(**keys)} if keys else tables
