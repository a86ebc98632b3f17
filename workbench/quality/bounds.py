"""Between which moments a shop's orders can lie."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from ibis.expr.types import Table

__all__ = ["ERA", "bounds", "first_plausible_day"]

ERA = datetime(1995, 1, 1)
"""Before this, no online marketplace existed (Amazon and eBay opened in 1995)."""

_TAIL = 0.001
_LEAST_AHEAD = timedelta(days=365)


def bounds(orders: Table | None, now: datetime) -> Mapping[str, datetime]:
    """The moments that rules name: "@now", "@era" and "@first_day"."""
    first = ERA if orders is None else first_plausible_day(orders, now)
    return {"@now": now, "@era": ERA, "@first_day": first}


def first_plausible_day(orders: Table, now: datetime) -> datetime:
    """The day before which an order of this shop would stand apart from all others.

    The middle 99.8 % of the orders (between `ERA` and `now`) span some time; what lies further
    ahead of them than that span, and at least a year, does not belong to them. `ERA` where there
    are no orders.
    """
    known = orders.filter((orders.created_at >= ERA) & (orders.created_at <= now))
    second = known.created_at.epoch_seconds()
    ends = known.aggregate(
        low=second.quantile(_TAIL), high=second.quantile(1 - _TAIL), n=known.count()
    ).to_pandas()
    if not int(ends.n.iloc[0]):
        return ERA
    low, high = float(ends.low.iloc[0]), float(ends.high.iloc[0])
    ahead = max(timedelta(seconds=high - low), _LEAST_AHEAD)
    return max(datetime(1970, 1, 1) + timedelta(seconds=low) - ahead, ERA)
