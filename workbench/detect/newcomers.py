"""How many of a group's buyers ever order anything else, and how many do in this shop."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.detect.baseline import shrunk
from workbench.detect.constants import RHO_WEIGHT

__all__ = ["returning_buyers"]


def returning_buyers(inside: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """By group: known (buyers), returning (of those, with an order outside of all groups), rho.

    `sold` are the shop's sales (workbench.detect.sales), `inside` those of its rows that are in
    groups, with `group` and the index of `sold`. rho is the share of the shop's other orders that
    come from a buyer with more than one: in the same months (later buyers had less time to come
    back), or for the same item if lower.
    """
    rest = sold.drop(index=inside.index.unique())
    rest = rest[rest.buyer != 0]
    again = (rest.buyer_orders > 1).astype("float64")
    shop = float(again.mean()) if len(again) else 0.0
    by_month = _rates(again.groupby(_months(rest)), shop)
    by_item = _rates(again.groupby(rest["item"]), shop)
    known = inside[inside.buyer != 0]
    held = known.drop_duplicates(["group", "buyer"]).copy()
    orders = known.drop_duplicates(["buyer", "order"]).groupby("buyer").size()
    held["returning"] = held.buyer_orders > held.buyer.map(orders)
    told = held.groupby("group").agg(known=("buyer", "size"), returning=("returning", "sum"))
    usual = pd.DataFrame(
        {
            "group": inside.group,
            "month": _months(inside).map(by_month).fillna(shop),
            "item": inside["item"].map(by_item).fillna(shop),
        }
    )
    told["rho"] = usual.groupby("group")[["month", "item"]].mean().min(axis=1)
    groups = pd.RangeIndex(int(inside.group.max()) + 1 if len(inside) else 0)
    told = told.reindex(groups)
    told["rho"] = told.rho.fillna(shop)
    return told.fillna({"known": 0, "returning": 0}).astype({"known": int, "returning": int})


def _months(rows: pd.DataFrame) -> pd.Series:
    months = rows.second.to_numpy("int64").astype("datetime64[s]").astype("datetime64[M]")
    return pd.Series(months.astype("int64"), index=rows.index)


def _rates(again: object, shop: float) -> pd.Series:
    """Rate by month or item, drawn to the shop's."""
    told = again.agg(["size", "mean"])  # type: ignore[attr-defined]
    drawn = shrunk(
        told["mean"].to_numpy("float64"), told["size"].to_numpy("float64"), shop, RHO_WEIGHT
    )
    return pd.Series(np.asarray(drawn), index=told.index)
