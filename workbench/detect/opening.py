"""What every detector on the shop's trade begins with: prepare it, and see whether it will do."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import MIN_SHOP_ORDERS
from workbench.detect.finding import no_findings
from workbench.detect.trade import BUYER_COLUMNS, prepared
from workbench.engine import once_per_table
from workbench.tables import Tables

__all__ = ["on_trade"]

Find = Callable[[Tables], pd.DataFrame]


def on_trade(find: Find, *, buyers: bool = True) -> Find:
    """`find` on prepared tables (see workbench.detect.trade).

    It is not called, and the run says why, where the shop has too few orders for a baseline or
    (with `buyers`) no column tells buyers apart.
    """

    def opened(tables: Tables) -> pd.DataFrame:
        with prepared(tables) as ready:
            trade = ready["trade"]
            if buyers and "buyer" not in trade.columns:
                missing = " | ".join(f"orders.{column}" for column in BUYER_COLUMNS)
                return no_findings(reviewed=0, missing=[missing])
            if _orders(trade) < MIN_SHOP_ORDERS:
                return no_findings(reviewed=0, reason="too_few_orders")
            return find(ready)

    opened.__doc__ = find.__doc__
    return opened


@once_per_table
def _orders(trade: Table) -> int:
    return int(trade.filter(trade.line == 0).count().to_pandas())
