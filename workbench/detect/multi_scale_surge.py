"""An item that sells far beyond its own expectation for minutes, hours or days.

One oddity only (workbench.detect.crowding says what the count is held against): a live stream,
the press or a season does the same. It supports an accusation and never makes one.
"""

from __future__ import annotations

import pandas as pd

from workbench.detect.crowding import window_rows
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.group_facts import group_facts
from workbench.detect.item_windows import in_search_order, item_windows
from workbench.detect.opening import on_trade
from workbench.detect.sales import sales_of
from workbench.detect.shop import rows_of, shop_figures, titles
from workbench.detect.trade import ITEM_COLUMNS
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "multi_scale_surge"


def find(tables: Tables) -> pd.DataFrame:
    """Windows in which one item's orders crowd; see Detector.find and docs/detectors.md."""
    sold = in_search_order(sales_of(tables["trade"]).rows, ["item"])
    windows = item_windows(tables["trade"])
    if windows.empty:
        return no_findings(reviewed=len(sold))
    inside = window_rows(windows, sold)
    trade = rows_of(tables["trade"], "order", sorted(set(inside.order)))
    rows = inside[["group", "order", "item"]].merge(trade, on=["order", "item"])
    names = titles(tables, sorted(set(rows["item"])))
    facts = group_facts(rows, shop_figures(tables), names)
    ids = rows.groupby("group").order_id.unique()
    groups = [
        _group(one, told, ids[n])
        for n, (one, told) in enumerate(zip(windows.to_dict("records"), facts, strict=True))
    ]
    return findings(NAME, groups, reviewed=len(sold), windows=int(windows.tried.max()))


def _group(one: dict, told: dict, ids: list[str]) -> Group:
    start, end = pd.Timestamp(told["window_start"]), pd.Timestamp(told["window_end"])
    facts = {
        "expected": one["mean"],
        "phi": one["phi"],
        "hours": (end - start) / pd.Timedelta(hours=1),
        "p1": one["p"],
        "tried1": one["tried"],
    }
    return Group(
        orders=tuple(ids),
        statistic="orders of one item in a window",
        observed=one["count"],
        expected=one["mean"],
        p_value=min(1.0, one["p"] * one["tried"]),
        start=start,
        end=end,
        facts=told | facts,
    )


DETECTOR = Detector(
    name=NAME,
    family="time",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(tuple(f"orders.{column}" for column in ITEM_COLUMNS),),
    find=on_trade(find, buyers=False),
    ambiguous=True,
)
