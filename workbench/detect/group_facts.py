"""The facts that every group reports, for all groups of a detector at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.detect.shop import DAY, Shop

__all__ = ["group_facts"]


def group_facts(rows: pd.DataFrame, shop: Shop, names: pd.DataFrame) -> list[dict[str, object]]:
    """The facts of docs/detectors.md, "all detectors", by group.

    `rows` are rows of trade with `group` (0 .. n - 1, each with a row); `names` is what
    `workbench.detect.shop.titles` gives for their items.
    """
    orders = rows.drop_duplicates(["group", "order_id"])
    by = orders.groupby("group")
    counted = by.agg(
        orders=("order_id", "size"),
        window_start=("created_at", "min"),
        window_end=("created_at", "max"),
        first=("second", "min"),
        last=("second", "max"),
    )
    counted["span_days"] = (counted["last"] - counted["first"]).astype("float64") / DAY
    night = (orders.created_at.dt.hour < 6).astype("float64")
    counted["night_share"] = night.groupby(orders.group).mean()
    counted["accounts"] = by.buyer.nunique() if "buyer" in rows else 0
    counted["items"] = rows.groupby("group")["item"].nunique()
    counted["quantity_median"] = rows.quantity.groupby(rows.group).median()
    usual = shop.medians.reindex(rows["item"].to_numpy("int64", na_value=0)).to_numpy()
    ratio = pd.Series(rows.amount.to_numpy() / np.where(usual > 0, usual, np.nan), rows.index)
    counted["ratio"] = ratio.groupby(rows.group).median()
    counted = counted.join(_top_items(rows, counted.accounts > 0, names))
    return [_facts(one, shop) for one in counted.to_dict("records")]


def _facts(one: dict, shop: Shop) -> dict[str, object]:
    known = one["accounts"] > 0
    return {
        "orders": one["orders"],
        "accounts": one["accounts"] if known else None,
        "buyer_key": shop.buyer_key,
        "window_start": one["window_start"],
        "window_end": one["window_end"],
        "span_days": one["span_days"],
        "shop_orders": shop.orders,
        "shop_span_days": shop.span_days,
        "span_share": one["span_days"] / shop.span_days if shop.span_days else None,
        "item": one["name"] if isinstance(one["name"], str) else None,
        "item_key": one["key"] if isinstance(one["key"], str) else None,
        "items": one["items"],
        "top_item_share": one["top_item_share"],
        "quantity_median": one["quantity_median"],
        "amount_ratio_median": one["ratio"],
        "shop_amount_ratio_p95": shop.ratio_p95,
        "night_share": one["night_share"],
        "shop_night_share": shop.night_share,
    }


def _top_items(rows: pd.DataFrame, by_buyer: pd.Series, names: pd.DataFrame) -> pd.DataFrame:
    """The item that most buyers (where none is known, orders) of each group took."""
    whose = rows.group.map(by_buyer)
    unit = rows.order.astype("Int64")
    if "buyer" in rows:
        unit = rows.buyer.astype("Int64").where(whose, unit)
    told = pd.DataFrame({"group": rows.group, "item": rows["item"], "unit": unit}).dropna()
    units = pd.DataFrame({"group": rows.group, "unit": unit}).groupby("group").unit.nunique()
    pairs = told.drop_duplicates()
    takers = pairs.groupby(["group", "item"]).size().rename("takers").reset_index()
    keys = names.reindex(takers["item"].to_numpy("int64"))
    takers["name"], takers["key"] = keys["item"].to_numpy(), keys["item_key"].to_numpy()
    takers["rank"] = takers.key.fillna("").astype(str)
    takers = takers.sort_values(["group", "takers", "rank"], ascending=[True, False, True])
    top = takers.drop_duplicates("group").set_index("group")
    top["top_item_share"] = top.takers / units
    return top[["name", "key", "top_item_share"]]
