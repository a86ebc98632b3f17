"""Proposed groups without which the shop would not have sold more than it ever had.

Of an item, what lay on the shelves at the first count and all that is on record as bought in are
held against what was sold since then (red flags T8). Where more was sold than was there, and the
group's pieces make the difference, the balance of that item is compared with the balances of the
items that no group names: Student's t for one more value, each balance divided by the root of
the pieces sold. Items without a count or without a purchase are left alone: their supplier may
ship for the shop.
"""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.constants import LEAD, MIN_FLAGGED, MIN_STOCKED_ITEMS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import Suspects, report
from workbench.detect.opening import on_trade
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "beyond_stock"


def find(tables: Tables) -> pd.DataFrame:
    """Groups that make sales exceed stock and purchases; see docs/detectors.md."""
    if "candidates" not in tables:
        return no_findings(reviewed=0)
    flows = _flows(tables)
    balances = _balances(flows)
    named = _members(tables)
    own = named[named["item"].isin(balances.index)]
    others = balances[~balances.index.isin(set(named["item"]))]
    if len(others) < MIN_STOCKED_ITEMS:
        return no_findings(reviewed=0, reason="too_few_stocked_items")
    short = balances[balances.short > 0]
    usual = others.score.sort_values().to_numpy()
    middle, spread = usual.mean(), usual.std(ddof=1)
    pairs = own[own["item"].isin(short.index)].sort_values(["candidate", "second", "order_id"])
    tried = own.groupby(["candidate", "item"]).ngroups
    found: list[Suspects] = []
    figures: dict[tuple[str, ...], dict[str, object]] = {}
    for _, rows in pairs.groupby(["candidate", "item"]):
        known = short.loc[rows["item"].iloc[0]]
        pieces = float(rows.pieces[rows.second <= known.second].sum())
        if len(rows) >= MIN_FLAGGED and pieces >= known.short and spread > 0:
            t = (known.score - middle) / (spread * np.sqrt(1 + 1 / len(usual)))
            p2 = float(stats.t.sf(t, len(usual) - 1))
            if p2 * tried < LEAD:
                expected = max(float(known.sold - known.short), 0.0) / float(known.sold)
                rows = rows.assign(flag=True)
                orders = tuple(named.order_id[named.candidate == rows.candidate.iloc[0]].unique())
                found.append(Suspects(orders, rows, len(rows), len(rows), expected, p2, tried))
                figures[orders] = {
                    "sold": float(known.sold),
                    "had": float(known.sold - known.short),
                    "short": float(known.short),
                    "group_pieces": pieces,
                    "items_compared": len(usual),
                    "usual_score": float(middle),
                    "score": float(known.score),
                }
    return report(NAME, tables, found, lambda one: figures[one.orders], reviewed=tried)


def _flows(tables: Tables) -> pd.DataFrame:
    """What came (positive) and went of each item with a count and a purchase: item, second, n.

    Sales begin with the first count of the item; purchases count from whenever they are on
    record, so that the shop is credited with too much rather than too little.
    """
    stock, bought = tables["stock"], tables["purchases"]
    counts = stock.filter(stock.counted_at.notnull(), stock.quantity >= 0).select(
        item=stock.product_id.strip().nullif("").hash(),
        second=stock.counted_at.epoch_seconds().cast("int64"),
        n=stock.quantity.cast("float64"),
    )
    opened = counts.group_by("item").aggregate(opened=counts.second.min())
    first = counts.join(opened, "item").filter(lambda t: t.second == t.opened)
    came = bought.filter(bought.purchased_at.notnull(), bought.quantity > 0).select(
        item=bought.product_id.strip().nullif("").hash(),
        second=bought.purchased_at.epoch_seconds().cast("int64"),
        n=bought.quantity.cast("float64"),
    )
    lines = _sold(tables)
    went = lines.join(opened, "item").filter(lambda t: t.second >= t.opened)
    both = ibis.union(
        first.semi_join(came, "item").select("item", "second", "n"),
        came.semi_join(opened, "item"),
        went.semi_join(came, "item").select("item", "second", n=-went.pieces),
    )
    return both.to_pandas()


def _sold(tables: Tables) -> ibis.Table:
    """Lines of orders that were not closed: order_id, item, second, pieces."""
    trade, orders = tables["trade"], tables["orders"]
    lines = trade.filter(trade.item.notnull(), trade.quantity > 0)
    if "status" in orders.columns:
        lines = lines.anti_join(orders.filter(orders.status == "closed"), "order_id")
    return lines.select("order_id", "item", "second", pieces=lines.quantity)


def _balances(flows: pd.DataFrame) -> pd.DataFrame:
    """By item: short (pieces sold beyond what had come, at its worst), when, sold until then.

    `score` is short over the root of the pieces sold in all.
    """
    # What comes in one second comes before what goes.
    flows = flows.sort_values(["item", "second", "n"], ascending=[True, True, False])
    left = flows.groupby("item").n.cumsum()
    # The morning's count stands first: before it nothing was sold.
    flows = flows.assign(left=left, gone=(-flows.n).clip(lower=0))
    flows["sold"] = flows.groupby("item").gone.cumsum()
    sales = flows[flows.gone > 0]
    if sales.empty:
        return pd.DataFrame(columns=["second", "short", "sold", "score"])
    worst = sales.loc[sales.groupby("item").left.idxmin()].set_index("item")
    total = sales.groupby("item").gone.sum()
    short = -worst.left
    return pd.DataFrame(
        {"second": worst.second, "short": short, "sold": worst.sold, "score": short / total**0.5}
    )


def _members(tables: Tables) -> pd.DataFrame:
    """Order lines of the candidates: candidate, order_id, item, second, pieces."""
    pairs = tables["candidates"].select("candidate", "order_id").distinct()
    rows = pairs.join(_sold(tables), "order_id").select(
        "candidate", "order_id", "item", "second", "pieces"
    )
    return rows.to_pandas().sort_values(["candidate", "second", "order_id"], ignore_index=True)


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=(
        "orders.order_id",
        "orders.created_at",
        "orders.product_id",
        "orders.quantity",
        "stock.product_id",
        "stock.counted_at",
        "stock.quantity",
        "purchases.product_id",
        "purchases.quantity",
        "purchases.purchased_at",
    ),
    find=on_trade(find, buyers=False),
    stage="test",
)
