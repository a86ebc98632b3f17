"""What is ordinary in this shop: traffic, dispersion of counts, returning buyers, sharing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import (
    RHO_WEIGHT,
    SHARING_FLOOR,
    SHARING_PRIOR,
    SHARING_PRIOR_WEIGHT,
    TRAFFIC_FLOOR,
)

__all__ = ["Returning", "Traffic", "dispersion", "returning_rates", "sharing_tail", "shrunk"]

HOUR = 3600


@dataclass(frozen=True)
class Traffic:
    """Orders of the whole shop per hour, from its first to its last hour without a gap.

    `start` is the first hour (hours since 1970), `counts` the orders of each.
    """

    start: int
    counts: np.ndarray

    @classmethod
    def of(cls, trade: Table) -> Traffic:
        """Count the orders of trade by hour."""
        orders = trade.filter(trade.line == 0)
        hours = orders.mutate(hour=(orders.second / HOUR).floor().cast("int64"))
        frame = hours.group_by("hour").aggregate(n=hours.count()).to_pandas().set_index("hour")
        full = range(int(frame.index.min()), int(frame.index.max()) + 1)
        return cls(full.start, frame.n.reindex(full, fill_value=0).to_numpy(dtype="float64"))

    def between(self, start: float, end: float) -> float:
        """Orders from second `start` to second `end`, an hour's orders spread evenly over it."""
        return float(np.diff(self._upto(np.array([start, end])))[0])

    def without(self, seconds: np.ndarray) -> Traffic:
        """The same with orders at these seconds left out."""
        less = np.bincount(seconds // HOUR - self.start, minlength=len(self.counts))
        return Traffic(self.start, np.maximum(self.counts - less, 0.0))

    def share(self, window: tuple[float, float], life: tuple[float, float]) -> float:
        """Part of the orders of `life` that falls into `window`, both in seconds.

        A small part of the answer is spread evenly over time: an hour without any order is not
        impossible.
        """
        inside = self.between(*window)
        whole = max(self.between(*life), 1.0)
        even = (window[1] - window[0]) / max(life[1] - life[0], window[1] - window[0])
        return min(1.0, (1 - TRAFFIC_FLOOR) * min(inside / whole, 1.0) + TRAFFIC_FLOOR * even)

    def _upto(self, seconds: np.ndarray) -> np.ndarray:
        total = np.concatenate([[0.0], np.cumsum(self.counts)])
        return np.interp(seconds / HOUR - self.start, np.arange(len(total)), total)


def dispersion(hours: np.ndarray, counts: np.ndarray, traffic: Traffic) -> float:
    """Variance / mean of an item's hourly counts around its share of the traffic (Pearson).

    `hours` (since 1970) are those with orders of the item, `counts` how many each has; hours of
    its life without an order count as zero: sum (x - m)^2 / m over them = sum x^2 / m - n.
    NaN where there is nothing to go by.
    """
    if not len(hours):
        return float("nan")
    first, last = int(hours.min()), int(hours.max())
    life = traffic.counts[first - traffic.start : last - traffic.start + 1]
    orders, open_hours = float(counts.sum()), int((life > 0).sum())
    if open_hours < 2 or orders <= 0:
        return float("nan")
    mean = orders * traffic.counts[hours - traffic.start] / life.sum()
    return float(((counts**2 / mean).sum() - orders) / open_hours)


def shrunk(own: float, weight: float, shop: float, shop_weight: float) -> float:
    """Average of an own and a shop-wide figure; the shop's alone where the own is unknown."""
    if np.isnan(own) or weight <= 0:
        return shop
    return (own * weight + shop * shop_weight) / (weight + shop_weight)


@dataclass(frozen=True)
class Returning:
    """How many orders come from buyers who have another order in the shop.

    `months` is indexed by month (int, year x 12 + month - 1) with the orders of known buyers
    (`n`) and how many of them are from buyers with another order (`returning`).
    """

    months: pd.DataFrame

    def rate(self, orders: pd.DataFrame | None = None) -> float:
        """The rate of the shop, or in the months of `orders` (column `month`).

        The latter is smoothed with the former; 0 when no buyer is known.
        """
        known = self.months.n.sum()
        shop = float(self.months.returning.sum() / known) if known > 0 else 0.0
        if orders is None:
            return shop
        here = self.months.reindex(orders.month.unique()).fillna(0.0).sum()
        own = here.returning / here.n if here.n > 0 else float("nan")
        return shrunk(own, here.n, shop, RHO_WEIGHT)

    def without(self, orders: pd.DataFrame) -> Returning:
        """The same with these orders left out (columns month, buyer, buyer_orders)."""
        known = orders[orders.buyer.notna()]
        less = known.groupby("month").agg(
            n=("buyer", "size"), returning=("buyer_orders", lambda n: (n > 1).sum())
        )
        left = self.months.sub(less, fill_value=0.0).clip(lower=0.0)
        return Returning(left)


def returning_rates(trade: Table) -> Returning:
    """Count the orders of returning buyers in trade, by month."""
    orders = trade.filter((trade.line == 0) & trade.buyer.notnull())
    buyers = orders.group_by("buyer").aggregate(buyer_orders=orders.count())
    both = orders.select("buyer", "created_at").join(buyers, "buyer")
    month = both.created_at.year() * 12 + both.created_at.month() - 1
    dated = both.mutate(month=month.cast("int64"))
    frame = (
        dated.group_by("month")
        .aggregate(n=dated.count(), returning=(dated.buyer_orders > 1).sum())
        .to_pandas()
    )
    return Returning(frame.set_index("month").astype("float64").sort_index())


def sharing_tail(sizes: Mapping[int, int]) -> tuple[float, float]:
    """Chance that a shared value has a third account, and that a larger one has one more.

    Ratio of the values with exactly three accounts to those with exactly two, and of those with
    four to those with three, from the shop's shared values (`sizes`: how many have so many
    accounts, the group left out), drawn to a prior while they are few. Larger values do not
    enter: rings elsewhere in the shop would pass for its households.
    """
    two, three, four = (sizes.get(size, 0) for size in (2, 3, 4))
    return _step(three, two), _step(four, three)


def _step(more: int, fewer: int) -> float:
    prior = SHARING_PRIOR * SHARING_PRIOR_WEIGHT
    return min(1.0, max(SHARING_FLOOR, (more + prior) / (fewer + SHARING_PRIOR_WEIGHT)))
