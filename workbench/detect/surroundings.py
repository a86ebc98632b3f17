"""What surrounds a burst: prices of the item's other orders, and the rest of the shop then."""

from __future__ import annotations

import pandas as pd

from workbench.detect.baseline import HOUR, Traffic
from workbench.detect.surge import window

__all__ = ["price_facts", "shop_meanwhile"]


def price_facts(members: pd.DataFrame, item: pd.DataFrame) -> dict[str, object]:
    """Amount per piece in a burst, and where it lies among the item's other orders.

    `members` are its rows of trade, `item` all rows of the item (members among them). The keys
    are those of docs/detectors.md; null where the item has no other order.
    """
    unit = float(members.unit.median())
    others = item.drop(members.index).unit
    known = len(others) > 0
    return {
        "unit_amount": unit,
        "price_quantile": float((others <= unit + 0.005).mean()) if known else None,
        "item_price_p05": float(others.quantile(0.05)) if known else None,
        "item_price_median": float(others.median()) if known else None,
    }


def shop_meanwhile(
    surge: dict, members: pd.DataFrame, surges: list[dict], traffic: Traffic
) -> dict[str, object]:
    """Other items that surge within an hour of this one, and how busy the rest of the shop is."""
    first, last = surge["start"] - HOUR, surge["end"] + HOUR
    others = {s["item"] for s in surges if s["start"] <= last and s["end"] >= first}
    others -= {surge["item"]}
    start, end = window(surge)
    rest_of_shop = traffic.without(members.second.to_numpy(dtype="int64"))
    usual = rest_of_shop.counts.mean() * (end - start) / HOUR
    return {
        "other_items_bursting": len(others),
        "traffic_ratio": rest_of_shop.between(start, end) / usual if usual > 0 else None,
    }
