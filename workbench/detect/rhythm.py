"""How the repeat buyers of a shop come back: their gaps, and how often for the same item."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from ibis.expr.types import Table
from scipy import stats

from workbench.detect.constants import GAP_STEPS, MIN_GAP_SPREAD, RHYTHM_PURCHASES
from workbench.detect.running_total import RunningTotal
from workbench.detect.tails import at_least

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

    def share_within(self, gap: float, own: np.ndarray) -> float:
        """Share of the shop's gaps no longer than `gap`, the account's `own` left out.

        Rounded up to the next step, and one counted on both sides: never too small.
        """
        step = int(_steps(np.array([gap]))[0])
        mine = int((_steps(own) <= step).sum())
        within = max(self.gaps.between(0, step) - mine, 0)
        return float((within + 1) / (self.gaps.total - len(own) + 1))

    def median_gap(self) -> float:
        """Median of the accounts' median gaps, seconds."""
        return float(self.accounts.median_gap.median())

    def shorter_than(self, buyer: int, gap: float) -> float:
        """Chance that a repeat buyer has so short a median gap, from the others' (log-normal)."""
        logs = pd.Series(np.delete(self._log_gaps, self.accounts.index.get_loc(buyer)))
        spread = max(float(logs.std()), 1.4826 * float((logs - logs.median()).abs().median()))
        spread = max(spread, MIN_GAP_SPREAD)
        return float(stats.norm.cdf((np.log(max(gap, 1.0)) - logs.median()) / spread))

    def rebuy(self, buyer: int) -> float:
        """How likely a further purchase of a repeat buyer (but this one) holds his top item."""
        top, purchases = self._further - self._further_of(buyer)
        return float((top + 1) / (purchases + 2))

    def item_tail(self, buyer: int) -> float:
        """Chance that a repeat buyer keeps to one item as much as this one."""
        top, purchases = self._further_of(buyer)
        return at_least(int(top), int(purchases), self.rebuy(buyer))

    @cached_property
    def _log_gaps(self) -> np.ndarray:
        return np.log(self.accounts.median_gap.clip(lower=1.0).to_numpy(dtype="float64"))

    @cached_property
    def _further(self) -> np.ndarray:
        """Further purchases of all accounts: with the top item, and in all."""
        return (self.accounts[["top", "purchases"]].to_numpy() - 1).sum(axis=0)

    def _further_of(self, buyer: int) -> np.ndarray:
        return self.accounts.loc[buyer, ["top", "purchases"]].to_numpy() - 1


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


def _steps(gaps: np.ndarray) -> np.ndarray:
    return np.ceil(np.log2(np.maximum(gaps, 1.0)) * GAP_STEPS)
