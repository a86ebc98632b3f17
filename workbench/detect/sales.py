"""What was sold when, as numbers in memory: read once for all detectors that look along time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.engine import once_per_table

__all__ = ["Sales", "sales_of"]


@dataclass(frozen=True)
class Sales:
    """The trade of a shop along time.

    `rows` has one row per order and item, in order of time: order, item (hashes), second, cents
    (what was paid), buyer (0 where unknown) and buyer_orders (0 where unknown). Rows of no item
    are left out. `seconds` are those of all orders of the shop, sorted.
    """

    rows: pd.DataFrame
    seconds: np.ndarray


@once_per_table
def sales_of(trade: Table) -> Sales:
    """The sales of a table of trade (workbench.detect.trade); worked out once per table."""
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
    return Sales(rows.sort_values("second", kind="stable", ignore_index=True), seconds)
