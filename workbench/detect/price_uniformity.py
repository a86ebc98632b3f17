"""Proposed groups that all paid one amount for an item that others buy at many.

Orders of the group's main item at their commonest amount against Binom(orders, share of that
amount among the item's other orders), times the amounts it could have been. An item that has one
price for everybody makes p = 1. One price also comes from one coupon or one day's offer: it
supports an accusation and never makes one. Benford's law is not asked: shelf prices do not follow
it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.candidate_rows import candidate_groups, candidate_rows
from workbench.detect.constants import ALPHA, LIKE_ORDERS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import findings
from workbench.detect.opening import on_trade
from workbench.detect.sales import sales_of
from workbench.detect.trade import ITEM_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "price_uniformity"


def find(tables: Tables) -> pd.DataFrame:
    """Candidates of one amount; see Detector.find and docs/detectors.md."""
    rows = candidate_rows(tables)
    rows = rows[rows["item"].notna() & (rows.amount > 0)]
    rows = rows.assign(cents=(rows.amount * 100).round().astype("int64"))
    if rows.empty:
        return no_findings(reviewed=0)
    told = _commonest(rows)
    told = told[told.orders >= LIKE_ORDERS]
    sold = sales_of(tables["trade"]).rows
    told = _with_share(told, sold[sold.cents > 0])
    tail = stats.binom.sf(told.same - 1, told.orders, told.share)
    told["p1"] = np.where(told.amounts > 1, np.minimum(tail * told.amounts, 1.0), 1.0)
    told["p_value"] = np.minimum(told.p1 * max(len(told), 1), 1.0)
    kept = told[told.p_value <= ALPHA].assign(
        observed=lambda t: t.same, expected=lambda t: t.orders * t.share
    )
    facts = pd.DataFrame(
        {
            "amount": kept.cents / 100,
            "same_amount": kept.same,
            "item_orders_of_group": kept.orders,
            "usual_share": kept.share,
            "amounts_of_item": kept.amounts,
            "p1": kept.p1,
            "tried1": len(told),
        }
    )
    groups = candidate_groups(tables, kept, facts, "orders at one amount")
    return findings(NAME, groups, reviewed=len(told))


def _commonest(rows: pd.DataFrame) -> pd.DataFrame:
    """By candidate: its main item, orders of it, and its commonest amount (same: how many)."""
    by_item = rows.groupby(["candidate", "item"]).agg(
        orders=("order", "nunique"), earliest=("order_id", "min")
    )
    main = by_item.reset_index().sort_values(
        ["candidate", "orders", "earliest"], ascending=[True, False, True]
    )
    main = main.drop_duplicates("candidate")[["candidate", "item", "orders"]]
    own = rows.merge(main, on=["candidate", "item"])
    amounts = own.groupby(["candidate", "item", "cents"]).order.nunique().rename("same")
    most = amounts.reset_index().sort_values(
        ["candidate", "same", "cents"], ascending=[True, False, True]
    )
    most = most.drop_duplicates("candidate")
    return main.merge(most, on=["candidate", "item"]).set_index("candidate")


def _with_share(told: pd.DataFrame, sold: pd.DataFrame) -> pd.DataFrame:
    """With the share of the amount in the item's other orders, and how many amounts it has."""
    items = sold[sold["item"].isin(told["item"].astype("int64"))]
    by_item = items.groupby("item").cents.agg(["size", "nunique"])
    at = items.groupby(["item", "cents"]).size()
    item = told["item"].astype("int64")
    here = at.reindex(pd.MultiIndex.from_arrays([item, told.cents])).to_numpy()
    whole = by_item["size"].reindex(item).to_numpy()
    others = np.maximum(whole - told.orders, 0)
    share = (np.maximum(here - told.same, 0) + 1) / (others + 2)
    return told.assign(share=share, amounts=by_item["nunique"].reindex(item).to_numpy())


DETECTOR = Detector(
    name=NAME,
    family="behaviour",
    needs=("orders.order_id", "orders.created_at", "orders.paid_amount"),
    needs_any=(tuple(f"orders.{column}" for column in ITEM_COLUMNS),),
    find=on_trade(find, buyers=False),
    stage="test",
    ambiguous=True,
)
