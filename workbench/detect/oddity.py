"""The second oddity of accounts that share something: what they buy, when, what else they share.

A dormitory, a parcel locker or a family shares a value too, but orders many things over a long
time. Accounts that share a value are odd only if one more thing is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import CORE_ITEMS
from workbench.detect.shop import DAY
from workbench.detect.tails import at_least, range_tail

__all__ = ["Days", "Oddity", "second_oddity"]


@dataclass(frozen=True)
class Days:
    """Lines of trade per day (days since 1970).

    `all` counts those of the shop, `items` those of the items asked for, by item and day.
    """

    all: pd.Series
    items: pd.Series
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
            by_day.set_index("day").n.sort_index(),
            by_item.set_index(["item", "day"]).n.sort_index(),
            int(dated.item.nunique().to_pandas()),
        )

    def item_share(self, items: list[int], rows: pd.DataFrame) -> float:
        """Share of the items in the shop's other trade, one more counted.

        In the days of `rows`, or over all if that is higher.
        """
        days = (rows.second // DAY).astype("int64")
        sold = self.items[self.items.index.get_level_values("item").isin(items)]
        mine = int(rows["item"].isin(items).sum())
        when = sold.index.get_level_values("day")
        near = sold[(when >= days.min()) & (when <= days.max())].sum()
        here = self.all.loc[days.min() : days.max()].sum()
        local = (near - mine + 1) / max(here - len(rows) + 1, 1)
        overall = (sold.sum() - mine + 1) / max(self.all.sum() - len(rows) + 1, 1)
        return float(min(1.0, max(local, overall)))

    def time_share(self, rows: pd.DataFrame) -> float:
        """Share of the shop's other lines on the days from the first to the last of `rows`."""
        days = (rows.second // DAY).astype("int64")
        here = self.all.loc[days.min() : days.max()].sum() - len(rows)
        return float(min(1.0, (max(here, 0) + 1) / max(self.all.sum() - len(rows) + 1, 1)))


@dataclass(frozen=True)
class Oddity:
    """What is odd about accounts that share a value, besides sharing it.

    p is the least of p_item, p_span and p_second (those that can be tested) times their number;
    `members` are the orders it rests on.
    """

    p: float
    p_item: float | None
    p_span: float | None
    p_second: float | None
    core_items: list[int]
    core_accounts: int
    core_share: float | None
    second_field: str | None
    members: pd.DataFrame


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
    takers = rows[rows["item"].isin(core)]
    members = rows
    if p_item is not None and p_item == min(known):
        within = rows.second.between(takers.second.min(), takers.second.max())
        members = rows[rows.buyer.isin(takers.buyer) & within]
    return Oddity(
        p=min(1.0, min(known) * len(known)),
        p_item=p_item,
        p_span=p_span,
        p_second=p_second,
        core_items=core,
        core_accounts=int(takers.buyer.nunique()),
        core_share=share,
        second_field=field,
        members=members,
    )


def _one_item(rows: pd.DataFrame, days: Days) -> tuple[float | None, list[int], float | None]:
    """Concentration on the 1, 2 or 3 most ordered items.

    Binom(account-item pairs, share of the items in the shop), times all choices of so many
    items, times the sizes tried.
    """
    pairs = rows.dropna(subset="item").drop_duplicates(["buyer", "item"])
    if pairs.empty:
        return None, [], None
    takers = pairs.groupby("item").size().rename("n").reset_index()
    takers = takers.sort_values(["n", "item"], ascending=[False, True], ignore_index=True)
    tried = []
    sizes = range(1, min(CORE_ITEMS, len(takers)) + 1)
    for size in sizes:
        core = takers["item"].head(size).astype("int64").tolist()
        share = days.item_share(core, rows)
        tail = at_least(int(takers.n.head(size).sum()), len(pairs), share)
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
