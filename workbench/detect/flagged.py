"""Orders of which a contradiction is known to be there or not, and how usual it is in the shop.

A flag (money came back, the parcel was too light, …) says little of one order: scales and scans
err. It says much of orders that belong together, where it is many times as frequent as in the
shop's other orders of the same kind and of the same days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import FLAG_FLOOR, FLAG_WEIGHT
from workbench.detect.shop import DAY
from workbench.engine import Keep

__all__ = ["Flagged", "Usual", "flagged"]


@dataclass(frozen=True)
class Usual:
    """Orders known and flagged by stratum and day, as running totals along the days.

    `days`, `known`, `flags` map a stratum to its days and to the totals before each day and
    after the last. Of units that several orders share (a parcel), one order is counted.
    """

    days: dict[str, np.ndarray]
    known: dict[str, np.ndarray]
    flags: dict[str, np.ndarray]

    @classmethod
    def of(cls, counts: pd.DataFrame) -> Usual:
        """From a frame of stratum, day, known, flags."""
        usual = cls({}, {}, {})
        for stratum, own in counts.sort_values("day").groupby("stratum"):
            usual.days[str(stratum)] = own.day.to_numpy("int64")
            usual.known[str(stratum)] = np.concatenate(
                [[0], np.cumsum(own["known"].to_numpy(float))]
            )
            usual.flags[str(stratum)] = np.concatenate(
                [[0], np.cumsum(own["flags"].to_numpy(float))]
            )
        return usual

    @property
    def orders(self) -> int:
        """Orders of which it is known whether they are flagged."""
        return int(sum(total[-1] for total in self.known.values()))

    @property
    def flagged_orders(self) -> int:
        """Orders that are flagged."""
        return int(sum(total[-1] for total in self.flags.values()))

    def of_strata(self) -> dict[str, float]:
        """Rate of each stratum, no group left out, drawn to the rate of the shop."""
        shop = (self.flagged_orders + 1) / (self.orders + 2)
        return {name: max(self._rate(name, None, 0, 0, shop), FLAG_FLOOR) for name in self.days}

    def rates(self, strata: Sequence[str], own_flags: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Chance of a flag for each order of a group, by the shop's other orders.

        The larger of the rate of the order's stratum and the rate of that stratum on the
        group's days (a scale or a scanner that is wrong for a week is wrong for all). Both are
        drawn to the rate of the shop while the others are few.
        """
        names = np.asarray(strata, dtype=object)
        shop = (self.flagged_orders - own_flags.sum() + 1) / (self.orders - len(names) + 2)
        rates = np.empty(len(names))
        for name in set(strata):
            here = names == name
            own, own_flagged = here.sum(), own_flags[here].sum()
            ever = self._rate(name, None, own, own_flagged, shop)
            near = self._rate(name, (days.min(), days.max()), own, own_flagged, ever)
            rates[here] = max(ever, near)
        return np.clip(rates, FLAG_FLOOR, 1.0)

    def _rate(
        self,
        stratum: str,
        window: tuple[int, int] | None,
        own: float,
        own_flagged: float,
        prior: float,
    ) -> float:
        """Rate of the stratum in a window of days, the group left out, drawn to `prior`."""
        first, last = 0, len(self.days[stratum])
        if window is not None:
            first = int(np.searchsorted(self.days[stratum], window[0], side="left"))
            last = int(np.searchsorted(self.days[stratum], window[1], side="right"))
        known = self.known[stratum][last] - self.known[stratum][first] - own
        flags = self.flags[stratum][last] - self.flags[stratum][first] - own_flagged
        return float((max(flags, 0) + FLAG_WEIGHT * prior) / (max(known, 0) + FLAG_WEIGHT))


@dataclass(frozen=True)
class Flagged:
    """Orders with a known flag, and what is usual.

    `table` has one row per order and unit: order (hash), order_id, item (hash), second, day,
    stratum, flag; kept in the engine. Where several orders share a unit only one of them is
    there.
    """

    table: Table
    usual: Usual


def flagged(rows: Table, keep: Keep) -> Flagged:
    """Count the flags of `rows`, which has the columns of Flagged.table but day.

    Rows whose flag is null do not count. A column `unit`, where there is one, tells which rows
    are one and the same thing (orders packed into one parcel). Of them the earliest counts.
    """
    known = rows.filter(rows.flag.notnull())
    known = known.mutate(day=(known.second / DAY).floor().cast("int64"))
    if "unit" in known.columns:
        alike = ibis.window(group_by=known.unit, order_by=[known.second, known.order_id])
        place = ibis.ifelse(known.unit.isnull(), 0, ibis.row_number().over(alike))
        known = known.mutate(place=place).filter(lambda t: t.place == 0).drop("place", "unit")
    table = keep(known)
    by_day = table.group_by(["stratum", "day"]).aggregate(
        known=table.count(), flags=table.flag.cast("int64").sum()
    )
    return Flagged(table, Usual.of(by_day.to_pandas()))
