"""Windows in which the sales of one thing crowd; those of items are searched once for all."""

from __future__ import annotations

import pandas as pd
from ibis.expr.types import Table

from workbench.detect.crowding import crowded_windows
from workbench.detect.sales import sales_of
from workbench.engine import once_per_table

__all__ = ["in_search_order", "item_windows", "windows_of"]


def in_search_order(sold: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sales (workbench.detect.sales) by thing and time, with `key`, the number of the thing."""
    rows = sold.sort_values([*keys, "second"], kind="stable", ignore_index=True)
    return rows.assign(key=rows.groupby(keys, sort=True).ngroup().astype("int64"))


def windows_of(trade: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Crowded windows of sales in search order, against all orders of the trade."""
    key, second = rows.key.to_numpy("int64"), rows.second.to_numpy("int64")
    return crowded_windows(key, second, sales_of(trade).seconds)


@once_per_table
def item_windows(trade: Table) -> pd.DataFrame:
    """Crowded windows of the items, of all sales of the trade."""
    return windows_of(trade, in_search_order(sales_of(trade).rows, ["item"]))
