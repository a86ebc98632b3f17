"""How the repeat buyers of a shop come back: their gaps, and how often for the same item."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from ibis.expr.types import Table
from scipy import stats

from workbench.detect.constants import GAP_STEPS, MIN_GAP_SPREAD, RHYTHM_PURCHASES
from workbench.detect.running_total import RunningTotal

__all__ = ["Rhythm", "repeat_rhythm"]


@dataclass(frozen=True)
class Rhythm:
    """How the shop's repeat buyers come back.

    `accounts` has one row per buyer with three or more purchases, indexed by buyer: purchases,
    median_gap (seconds), top (purchases with his most ordered item). `gaps` counts all gaps of
    the shop in steps of a 12th of a doubling (GAP_STEPS).
    """

    accounts: pd.DataFrame
    gaps: RunningTotal

    def share_within(self, gap: pd.Series, own: pd.Series) -> pd.Series:
        """Share of the shop's gaps no longer than an account's `gap`, its `own` left out.

        `gap` is indexed by account, `own` has its account in the index. Rounded up to the next
        step, and one counted on both sides: never too small.
        """
        step = pd.Series(_steps(gap.to_numpy()), gap.index)
        by = (_steps(own.to_numpy()) <= step[own.index].to_numpy()).astype("int64")
        counted = pd.Series(by).groupby(own.index.to_numpy()).agg(["sum", "size"]).loc[gap.index]
        within = np.maximum(self.gaps.until(step.to_numpy()) - counted["sum"], 0)
        return (within + 1) / (self.gaps.total - counted["size"] + 1)

    def median_gap(self) -> float:
        """Median of the accounts' median gaps, seconds."""
        return float(self.accounts.median_gap.median())

    def shorter_than(self, buyers: pd.Index) -> np.ndarray:
        """Chance that a repeat buyer has so short a median gap, from the others' (log-normal)."""
        logs = np.log(self.accounts.median_gap.clip(lower=1.0).to_numpy(dtype="float64"))
        at = self.accounts.index.get_indexer(buyers)
        others = _without(logs, at)
        left = len(logs) - 1
        mean = (logs.sum() - logs[at]) / left
        squares = ((logs - logs.mean()) ** 2).sum() - (logs[at] - logs.mean()) ** 2
        variance = (squares - left * (mean - logs.mean()) ** 2) / max(left - 1, 1)
        far = np.empty(len(at))
        # There are no more than three different medians.
        for median in np.unique(others):
            own = others == median
            far[own] = _without(np.abs(logs - median), at[own])
        spread = np.maximum(np.sqrt(np.maximum(variance, 0.0)), 1.4826 * far)
        return stats.norm.cdf((logs[at] - others) / np.maximum(spread, MIN_GAP_SPREAD))

    def rebuy(self, buyers: pd.Index) -> np.ndarray:
        """How likely a further purchase of a repeat buyer (but this one) holds his top item."""
        further = self.accounts[["top", "purchases"]] - 1
        left = further.sum() - further.loc[buyers]
        return ((left.top + 1) / (left.purchases + 2)).to_numpy()

    def item_tail(self, buyers: pd.Index) -> np.ndarray:
        """Chance that a repeat buyer keeps to one item as much as this one."""
        own = self.accounts.loc[buyers, ["top", "purchases"]] - 1
        return stats.binom.sf(own.top - 1, own.purchases, self.rebuy(buyers))


def repeat_rhythm(trade: Table) -> Rhythm:
    """Count gaps and items of the repeat buyers in trade.

    Orders of one buyer in one second are one purchase: a split invoice is no repeat.
    """
    known = trade.filter(trade.buyer.notnull())
    purchases = known.select("buyer", "second").distinct()
    before = purchases.second.lag(1).over(group_by=purchases.buyer, order_by=purchases.second)
    gaps = purchases.mutate(gap=purchases.second - before).filter(lambda t: t.gap.notnull())
    step = (gaps.gap.cast("float64").log2() * GAP_STEPS).ceil().cast("int64")
    counted = gaps.mutate(step=step).group_by("step").aggregate(n=lambda t: t.count())
    rhythm = gaps.group_by("buyer").aggregate(
        purchases=gaps.count() + 1, median_gap=gaps.gap.median()
    )
    often = rhythm.filter(rhythm.purchases >= RHYTHM_PURCHASES)
    bought = known.filter(known.item.notnull()).semi_join(often, "buyer")
    times = bought.group_by(["buyer", "item"]).aggregate(times=bought.second.nunique())
    top = times.group_by("buyer").aggregate(top=times.times.max())
    both = often.left_join(top, "buyer").drop("buyer_right")
    frame = both.mutate(top=both.top.fill_null(1)).to_pandas().set_index("buyer").sort_index()
    steps = counted.to_pandas()
    return Rhythm(frame, RunningTotal.of(steps.step, steps.n))


def _without(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The median of all values but that at each place."""
    ordered = np.sort(values)
    rank = np.searchsorted(ordered, values[at])
    # Of what is left the middle one, or the two middle ones; a place from the left out one on
    # is taken by the next.
    middle = np.array([(len(values) - 2) // 2, (len(values) - 1) // 2])
    places = middle[:, None] + (middle[:, None] >= rank)
    return ordered[places].mean(axis=0)


def _steps(gaps: np.ndarray) -> np.ndarray:
    return np.ceil(np.log2(np.maximum(gaps, 1.0)) * GAP_STEPS)
