"""The second oddity of accounts that share something: what they buy, when, what else they share.

A dormitory, a parcel locker or a family shares a value too, but orders many things over a long
time. Accounts that share a value are odd only if one more thing is. All groups are tested at
once, on arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from workbench.detect.constants import ALPHA, CORE_ITEMS, ITEM_WEIGHT, MIN_SHARED
from workbench.detect.days import Days
from workbench.detect.relatives import Relatives
from workbench.detect.tails import fisher, range_tails, takers_tails

__all__ = ["NO_ODDITIES", "Oddities", "coincidences", "oddities"]


@dataclass(frozen=True)
class Oddities:
    """What is odd about groups of accounts, besides what they share.

    `groups` is indexed by group: accounts, p (the least of p_item, p_span and p_second, where
    they can be tested, times their number), p_item, p_span, p_second, second_field,
    core_accounts, core_share. `core` and `members` mark rows: those with a core item, and those
    that the oddity rests on.
    """

    groups: pd.DataFrame
    core: np.ndarray
    members: np.ndarray


NO_ODDITIES = Oddities(pd.DataFrame(), np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))


def oddities(
    rows: pd.DataFrame, kin: Sequence[Relatives], days: Days, second: pd.DataFrame | None = None
) -> Oddities:
    """Test groups of accounts.

    `rows` are their rows of trade: group (0 .. n - 1), buyer, item, known, second, and `name`
    (a rank of the item that does not depend on the engine). `kin` are the relatives each group
    is held against, `second` what `coincidences` gives, where there is another field.
    """
    rows = rows.reset_index(drop=True)
    number = int(rows.group.max()) + 1
    groups = pd.DataFrame(index=pd.RangeIndex(number, name="group"))
    groups["accounts"] = rows.groupby("group").buyer.nunique()
    match = np.array([one.match for one in kin])
    near = _Near(kin)
    ranked = _ranked(rows)
    place = _places(rows, ranked)
    tried = [
        _core(rows, place, ranked, size, match, near, days) for size in range(1, CORE_ITEMS + 1)
    ]
    groups["p_item"], kept = _best(tried, number)
    groups["p_span"] = _span(rows, groups.accounts.to_numpy(), near, days)
    groups["p_second"], groups["second_field"] = np.nan, None
    if second is not None:
        groups[["p_second", "second_field"]] = second.reindex(groups.index)
    odd = groups[["p_item", "p_span", "p_second"]]
    groups["p"] = (odd.min(axis=1) * odd.notna().sum(axis=1)).clip(upper=1.0)
    core = rows.known.to_numpy() & (place < kept[rows.group])
    groups["core_accounts"] = rows[core].groupby("group").buyer.nunique()
    groups["core_accounts"] = groups.core_accounts.fillna(0).astype("int64")
    groups["core_share"] = [tried[k - 1].share.get(g) if k else None for g, k in enumerate(kept)]
    return Oddities(groups, core, _members(rows, core, groups))


def coincidences(rows: pd.DataFrame, kin: Sequence[Relatives]) -> pd.DataFrame:
    """Coincidences in the other field where they are least likely, times the fields tried.

    One row per group: p_second, second_field, and for each other field f `f_known` (accounts
    that have one) and `f_distinct` (different values among them).
    """
    number = int(rows.group.max()) + 1
    answer = pd.DataFrame(index=pd.RangeIndex(number, name="group"))
    best = np.full(number, np.inf)
    field = np.full(number, None, dtype=object)
    tried = np.zeros(number, dtype="int64")
    for other in sorted({name for one in kin for name in one.alike}):
        held = rows[rows[other] >= 0] if other in rows.columns else rows.iloc[:0]
        by = held.groupby("group")
        known = by.buyer.nunique().reindex(answer.index, fill_value=0).to_numpy()
        distinct = by[other].nunique() if len(held) else known * 0
        distinct = pd.Series(distinct).reindex(answer.index, fill_value=0).to_numpy()
        answer[f"{other}_known"], answer[f"{other}_distinct"] = known, distinct
        chance = np.array([one.alike.get(other, np.nan) for one in kin])
        # Three accounts that share two things are a home.
        asked = (known > MIN_SHARED) & ~np.isnan(chance)
        p = stats.binom.sf(known - distinct - 1, np.maximum(known - 1, 1), chance)
        less = asked & (p < best)
        best[less], field[less] = p[less], other
        tried += asked
    answer["p_second"] = np.where(tried > 0, np.minimum(best * np.maximum(tried, 1), 1.0), np.nan)
    answer["second_field"] = field
    return answer


class _Near:
    """The nearness of each group's relatives, asked of many groups at once."""

    def __init__(self, kin: Sequence[Relatives]) -> None:
        self.kinds = list({id(one): one for one in kin}.values())
        place = {id(one): n for n, one in enumerate(self.kinds)}
        self.of = np.array([place[id(one)] for one in kin])

    def __call__(self, groups: np.ndarray, share: np.ndarray) -> np.ndarray:
        answer = share.copy()
        for n, kind in enumerate(self.kinds):
            mine = self.of[groups] == n
            answer[mine] = kind.nearness(share[mine])
        return answer


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Items by group, most accounts first: group, item, takers, place (0 = the first)."""
    pairs = rows[rows.known].drop_duplicates(["group", "buyer", "item"])
    by = pairs.groupby(["group", "item"], sort=False)
    takers = by.agg(takers=("buyer", "size"), name=("name", "first")).reset_index()
    takers = takers.sort_values(
        ["group", "takers", "name"], ascending=[True, False, True], ignore_index=True
    )
    takers["place"] = takers.groupby("group").cumcount()
    return takers


def _places(rows: pd.DataFrame, ranked: pd.DataFrame) -> np.ndarray:
    """The place of each row's item among those of its group; beyond all where it is unknown."""
    place = rows[["group", "item"]].merge(ranked, on=["group", "item"], how="left")["place"]
    known = rows.known.to_numpy() & place.notna().to_numpy()
    return np.where(known, place.fillna(0).to_numpy("int64"), np.iinfo("int64").max)


def _core(
    rows: pd.DataFrame,
    place: np.ndarray,
    ranked: pd.DataFrame,
    size: int,
    match: np.ndarray,
    near: _Near,
    days: Days,
) -> pd.DataFrame:
    """Concentration of groups on their `size` most ordered items, and in time (Fisher).

    One account per item is taken as given; each further pair of account and item (of one item:
    each further account, see takers_tails) falls on these items with the chance that they have in
    the shop's trade of these days, or that relatives buy the same, whichever is higher. Times all
    choices of so many of the group's own items.
    """
    every, takers = ranked.group.to_numpy(), ranked.takers.to_numpy()
    items = np.bincount(every, minlength=len(match))
    groups = np.flatnonzero(items >= size)
    first = (ranked.place.to_numpy() < size) & (items[every] >= size)
    top = every[first]
    counted = pd.DataFrame(
        {
            "pairs": np.bincount(every, takers, len(match))[groups],
            "items": items[groups],
            "takers": np.bincount(top, takers[first], len(match))[groups],
        },
        index=pd.Index(groups, name="group"),
    ).astype("int64")
    own = rows[(place < size) & (items[rows.group] >= size)]
    by = own.groupby("group")
    counted["start"], counted["end"] = by.second.min(), by.second.max()
    counted["own"], counted["accounts"] = by.size(), by.buyer.nunique()
    start, end, mine = (counted[c].to_numpy() for c in ("start", "end", "own"))
    item = ranked["item"].to_numpy()[first]
    at = np.searchsorted(groups, top)
    near_lines = np.bincount(at, days.lines_of(item, start[at], end[at]), len(groups))
    ever_lines = np.bincount(at, days.total_of(item), len(groups))
    inside = np.maximum(near_lines - mine, 0)
    outside = np.maximum(ever_lines - mine, 0)
    local = (inside + 1) / np.maximum(days.lines(start, end) - mine + 1, 1)
    ever = (outside + 1) / np.maximum(days.total - mine + 1, 1)
    share = np.minimum(1.0, np.maximum(local, ever))
    chance = np.maximum(share, 1 - (1 - match[counted.index]) ** size)
    tail = stats.binom.sf(counted.takers - size - 1, counted.pairs - size, chance)
    if size == 1:
        tail = takers_tails(counted.takers.to_numpy(), *_bought(rows), share, match[counted.index])
    item_tail = np.minimum(1.0, tail * special.comb(counted["items"].to_numpy(), size))
    time = days.time_share(start, end, mine)
    of_item = (inside + ITEM_WEIGHT * time) / (outside + ITEM_WEIGHT)
    spread = near(counted.index.to_numpy(), np.minimum(1.0, np.maximum(time, of_item)))
    counted["p"] = fisher(item_tail, range_tails(counted.accounts.to_numpy(), spread))
    counted["share"] = share
    return counted


def _bought(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Per account of a group with an item: place of the group among them, different items."""
    pairs = rows[rows.known].drop_duplicates(["group", "buyer", "item"])
    bought = pairs.groupby(["group", "buyer"]).size()
    return np.unique(bought.index.get_level_values("group"), return_inverse=True)[
        1
    ], bought.to_numpy()


def _best(tried: list[pd.DataFrame], number: int) -> tuple[np.ndarray, np.ndarray]:
    """The least p-value over the sizes tried, times their number, and the size it has.

    NaN and 0 where no item is known.
    """
    every = np.column_stack(
        [one.p.reindex(range(number)).to_numpy(dtype="float64") for one in tried]
    )
    sizes = (~np.isnan(every)).sum(axis=1)
    filled = np.where(np.isnan(every), np.inf, every)
    least = filled.min(axis=1)
    p = np.where(sizes > 0, np.minimum(1.0, least * np.maximum(sizes, 1)), np.nan)
    # Where more items do nearly as well, they belong to it.
    near = filled <= np.minimum(ALPHA, np.sqrt(least))[:, None]
    last = filled.shape[1] - near[:, ::-1].argmax(axis=1)
    kept = np.where(near.any(axis=1), last, filled.argmin(axis=1) + 1)
    return p, np.where(sizes > 0, kept, 0)


def _span(rows: pd.DataFrame, accounts: np.ndarray, near: _Near, days: Days) -> np.ndarray:
    """Test of the span in which all rows of a group lie."""
    by = rows.groupby("group").second
    time = days.time_share(by.min().to_numpy(), by.max().to_numpy(), by.size().to_numpy())
    return range_tails(accounts, near(np.arange(len(accounts)), time))


def _members(rows: pd.DataFrame, core: np.ndarray, groups: pd.DataFrame) -> np.ndarray:
    """The core where it is odd or nothing else is more so; else all rows of the group."""
    other = groups[["p_span", "p_second"]].min(axis=1)
    by_core = (groups.p_item <= other) | (groups.p_item <= ALPHA)
    return np.where(by_core.to_numpy()[rows.group], core, True)
