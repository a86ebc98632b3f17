"""What was sold when, as numbers in memory: read once for all detectors that look along time."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from ibis.expr.types import Table

__all__ = ["Sales", "sales_of"]

_KNOWN: MutableMapping[Table, Sales] = WeakKeyDictionary()


@dataclass(frozen=True)
class Sales:
    """The trade of a shop along time.

    `rows` has one row per order and item, in order of time: order, item (hashes), second, cents
    (what was paid), buyer (0 where unknown) and buyer_orders (0 where unknown). Rows of no item
    are left out. `seconds` are those of all orders of the shop, sorted.
    """

    rows: pd.DataFrame
    seconds: np.ndarray


def sales_of(trade: Table) -> Sales:
    """The sales of a table of trade (workbench.detect.trade); worked out once per table."""
    if trade not in _KNOWN:
        known = "buyer" in trade.columns
        told = trade.select(
            "order",
            "second",
            "line",
            item=trade.item.fill_null(0),
            sold=trade.item.notnull(),
            cents=(trade.amount * 100).round().cast("int64").fill_null(0),
            buyer=trade.buyer.fill_null(0) if known else 0,
            buyer_orders=trade.buyer_orders.fill_null(0).cast("int64") if known else 0,
        ).to_pandas()
        seconds = np.sort(told.second[told.line == 0].to_numpy("int64"))
        rows = told[told.sold].drop(columns=["line", "sold"])
        _KNOWN[trade] = Sales(rows.sort_values("second", kind="stable", ignore_index=True), seconds)
    return _KNOWN[trade]
