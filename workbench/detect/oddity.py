"""The second oddity of accounts that share something: what they buy, when, what else they share.

A dormitory, a parcel locker or a family shares a value too, but orders many things over a long
time. Accounts that share a value are odd only if one more thing is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import comb

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import CORE_ITEMS
from workbench.detect.running_total import RunningTotal
from workbench.detect.shop import DAY
from workbench.detect.tails import at_least, range_tail

__all__ = ["Days", "Oddity", "second_oddity"]


@dataclass(frozen=True)
class Days:
    """Lines of trade per day (days since 1970).

    `all` counts those of the shop, `items` those of each item asked for, as running totals.
    """

    all: RunningTotal
    items: dict[int, RunningTotal]
    number_of_items: int

    @classmethod
    def of(cls, trade: Table, items: list[int]) -> Days:
        """Count the lines of trade by day, and those of some items by item and day."""
        dated = trade.filter(trade.item.notnull()).mutate(
            day=(trade.second / DAY).floor().cast("int64")
        )
        wanted = ibis.memtable(pd.DataFrame({"item": pd.Series(items, dtype="int64")}))
        some = dated.semi_join(wanted, "item")
        by_day = dated.group_by("day").aggregate(n=dated.count()).to_pandas()
        by_item = some.group_by(["item", "day"]).aggregate(n=some.count()).to_pandas()
        return cls(
            RunningTotal.of(by_day.day, by_day.n),
            {int(item): RunningTotal.of(own.day, own.n) for item, own in by_item.groupby("item")},
            int(dated.item.nunique().to_pandas()),
        )

    def item_share(self, items: list[int], rows: pd.DataFrame) -> float:
        """Share of the items in the shop's other trade, one more counted.

        In the days of `rows`, or over all if that is higher.
        """
        first, last = _days(rows)
        sold = [self.items[item] for item in items]
        mine = int(np.isin(rows["item"].to_numpy("int64", na_value=0), items).sum())
        near = sum(one.between(first, last) for one in sold)
        local = (near - mine + 1) / max(self.all.between(first, last) - len(rows) + 1, 1)
        ever = sum(one.total for one in sold)
        overall = (ever - mine + 1) / max(self.all.total - len(rows) + 1, 1)
        return float(min(1.0, max(local, overall)))

    def time_share(self, rows: pd.DataFrame) -> float:
        """Share of the shop's other lines on the days from the first to the last of `rows`."""
        here = self.all.between(*_days(rows)) - len(rows)
        return float(min(1.0, (max(here, 0) + 1) / max(self.all.total - len(rows) + 1, 1)))


def _days(rows: pd.DataFrame) -> tuple[int, int]:
    """First and last day (since 1970) of rows of trade."""
    seconds = rows.second.to_numpy("int64")
    return int(seconds.min() // DAY), int(seconds.max() // DAY)


@dataclass(frozen=True)
class Oddity:
    """What is odd about accounts that share a value, besides sharing it.

    p is the least of p_item, p_span and p_second (those that can be tested) times their number;
    `rows` are those of trade that were tested.
    """

    p: float
    p_item: float | None
    p_span: float | None
    p_second: float | None
    core_items: list[int]
    core_share: float | None
    second_field: str | None
    rows: pd.DataFrame

    @cached_property
    def takers(self) -> pd.DataFrame:
        """The rows with one of the core items."""
        return self.rows[self.rows["item"].isin(self.core_items)]

    @property
    def core_accounts(self) -> int:
        """Accounts that took one of the core items."""
        return int(self.takers.buyer.nunique())

    @cached_property
    def members(self) -> pd.DataFrame:
        """The rows it rests on: all, or those around the core items where these are what is odd."""
        known = [p for p in (self.p_item, self.p_span, self.p_second) if p is not None]
        if self.p_item is None or self.p_item > min(known):
            return self.rows
        seconds = self.takers.second
        within = self.rows.second.between(seconds.min(), seconds.max())
        return self.rows[self.rows.buyer.isin(self.takers.buyer) & within]


def second_oddity(
    rows: pd.DataFrame, counts: dict, likeness: dict[str, float], days: Days
) -> Oddity:
    """Test the accounts of one shared value.

    `rows` are its rows of trade, `counts` its row of Shared.values, `likeness` the chance, per
    other field, that two accounts that share such a value coincide there as well.
    """
    p_item, core, share = _one_item(rows, days)
    p_span = range_tail(int(rows.buyer.nunique()), days.time_share(rows))
    p_second, field = _second_field(counts, likeness)
    known = [p for p in (p_item, p_span, p_second) if p is not None]
    return Oddity(
        p=min(1.0, min(known) * len(known)),
        p_item=p_item,
        p_span=p_span,
        p_second=p_second,
        core_items=core,
        core_share=share,
        second_field=field,
        rows=rows,
    )


def _one_item(rows: pd.DataFrame, days: Days) -> tuple[float | None, list[int], float | None]:
    """Concentration on the 1, 2 or 3 most ordered items.

    Binom(account-item pairs, share of the items in the shop), times all choices of so many
    items, times the sizes tried.
    """
    known = rows["item"].notna().to_numpy()
    buyers = rows.buyer.to_numpy("int64", na_value=0)[known].tolist()
    items = rows["item"].to_numpy("int64", na_value=0)[known].tolist()
    pairs = set(zip(buyers, items, strict=True))
    if not pairs:
        return None, [], None
    takers = Counter(item for _, item in pairs)
    ranked = sorted(takers, key=lambda item: (-takers[item], item))
    tried = []
    sizes = range(1, min(CORE_ITEMS, len(takers)) + 1)
    for size in sizes:
        core = ranked[:size]
        share = days.item_share(core, rows)
        tail = at_least(sum(takers[item] for item in core), len(pairs), share)
        choices = comb(max(days.number_of_items, size), size)
        tried.append((min(1.0, tail * choices * len(sizes)), core, share))
    return min(tried, key=lambda one: (one[0], len(one[1])))


def _second_field(counts: dict, likeness: dict[str, float]) -> tuple[float | None, str | None]:
    """Coincidences in the other field where they are least likely, times the fields tried."""
    tried = []
    for other, chance in likeness.items():
        known = int(counts[f"{other}_known"])
        alike = known - int(counts[f"{other}_distinct"])
        if known >= 2:
            tried.append((at_least(alike, known - 1, chance), other))
    if not tried:
        return None, None
    p, field = min(tried)
    return min(1.0, p * len(tried)), field
