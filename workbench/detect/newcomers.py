"""Test 2 of a burst: its buyers are newcomers, though in this shop buyers return."""

from __future__ import annotations

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.baseline import HOUR, Returning, shrunk
from workbench.detect.constants import BURST_SIZES, RETURNING_KEPT, RHO_WEIGHT
from workbench.detect.tails import at_most

__all__ = ["item_rates", "newcomers_test", "orders_outside", "with_buyer_orders"]


def with_buyer_orders(trade: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with `buyer_orders` (orders of the buyer in the shop), `month` and `hour`."""
    orders = trade.filter((trade.line == 0) & trade.buyer.notnull())
    wanted = ibis.memtable(pd.DataFrame({"buyer": rows.buyer.dropna().astype("int64").unique()}))
    counts = orders.semi_join(wanted, "buyer").group_by("buyer").aggregate(n=lambda t: t.count())
    known = counts.to_pandas().set_index("buyer").n
    return rows.assign(
        buyer_orders=rows.buyer.map(known),
        month=rows.created_at.dt.year * 12 + rows.created_at.dt.month - 1,
        hour=rows.second // HOUR,
    )


def orders_outside(surging: pd.DataFrame) -> pd.Series:
    """Orders that each buyer of a surge has outside of all surges, by buyer."""
    inside = surging.dropna(subset="buyer").drop_duplicates("order_id").groupby("buyer")
    return inside.buyer_orders.first() - inside.size()


def item_rates(rest: pd.DataFrame) -> pd.DataFrame:
    """Rate of returning buyers by item, from its rows in no surge: columns n, returning."""
    known = rest[rest.buyer.notna()]
    again = known.assign(again=known.buyer_orders > 1).groupby("item").again
    return pd.DataFrame({"n": again.size(), "returning": again.mean()})


def newcomers_test(
    item: int,
    members: pd.DataFrame,
    rates: pd.DataFrame,
    outside: pd.Series,
    ordinary: Returning,
) -> dict[str, object]:
    """Buyers of a surge with another order, against Binom(buyers, half the usual rate).

    `members` are the surge's rows of trade, `rates` and `outside` what item_rates and
    orders_outside give, `ordinary` the shop's rate without the surges. Gives known
    (buyers), returning, rho (the rate), p2, and best2, the least p-value it could give. Where
    less than half of the buyers are known the test cannot speak: 1.
    """
    buyers = members.buyer.dropna().unique()
    returning = int((outside.reindex(buyers) > 0).sum())
    rho = _rho(item, members, rates, ordinary)
    enough = 2 * members.buyer.notna().sum() >= len(members) and len(buyers) >= BURST_SIZES[0]
    return {
        "returning": returning,
        "known": len(buyers),
        "rho": rho,
        "p2": at_most(returning, len(buyers), RETURNING_KEPT * rho) if enough else 1.0,
        "best2": at_most(0, len(buyers), RETURNING_KEPT * rho) if enough else 1.0,
    }


def _rho(item: int, members: pd.DataFrame, rates: pd.DataFrame, ordinary: Returning) -> float:
    """Rate of returning buyers in the ordinary trade of these months, or of this item if lower."""
    shop = ordinary.rate(members)
    if item not in rates.index:
        return shop
    number, own = rates.loc[[item], ["n", "returning"]].to_numpy()[0]
    return min(shop, shrunk(float(own), float(number), shop, RHO_WEIGHT))
