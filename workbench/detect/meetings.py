"""Accounts that meet: they bought the same item in the same window, two or three times over.

A meeting place is an item in a window of time. Accounts that were at the same two or three
places are found by their combinations of places, which is linear in the accounts, where comparing
them in pairs is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import special, stats

from workbench.detect.constants import (
    BUCKET_CAP,
    COMBINATION_CAP,
    LEAD,
    LIFT_WEIGHT,
    MEETING_GAP,
    MIN_TEAM,
)

__all__ = ["Meetings", "combinations_of", "meetings", "places_of"]


@dataclass(frozen=True)
class Meetings:
    """Sets of accounts that met.

    `sets` has one row per combination of places that MIN_TEAM or more accounts have in common:
    accounts, rounds, places (their numbers), expected (other accounts that would be there by
    chance), p (not paid for), `held` one row per set and account (number of the set, account),
    `tried` how many combinations there were to pay for, `skipped` places and accounts left out
    as too crowded.
    """

    sets: pd.DataFrame
    held: pd.DataFrame
    tried: int
    skipped: int


def places_of(rows: pd.DataFrame, seconds: int, shift: int) -> pd.DataFrame:
    """Who was where: account, item, window, place (numbered), once each.

    `rows` have account, item and second; windows are `seconds` long and begin `shift` later.
    """
    item, items = pd.factorize(rows["item"].to_numpy(), sort=True)
    window = (rows.second.to_numpy() - shift) // seconds
    start = int(window.min()) if len(rows) else 0
    windows = int(window.max()) - start + 1 if len(rows) else 1
    # One number for each, as sorting numbers is much faster than sorting rows.
    place = item * windows + (window - start)
    visit = np.unique(rows.account.to_numpy() * (len(items) * windows) + place)
    account, place = np.divmod(visit, max(len(items) * windows, 1))
    item, window = np.divmod(place, windows)
    at = pd.DataFrame({"account": account, "item": items[item], "window": window + start})
    at["place"] = np.unique(place, return_inverse=True)[1]
    return at.sort_values(["account", "window", "place"], ignore_index=True)


def meetings(at: pd.DataFrame, rounds: int) -> Meetings:
    """Sets of accounts that were at the same `rounds` places, of different items and times.

    Windows lie MEETING_GAP or more apart: what is bought on one trip is one meeting.
    """
    here, skipped = _pruned(at, rounds)
    combined, more = combinations_of(here, rounds)
    skipped += more
    if combined.empty:
        return Meetings(_NO_SETS, _NO_HELD, 0, skipped)
    columns = [f"place{n}" for n in range(rounds)]
    number = combined.groupby(columns, sort=False).ngroup()
    size = np.bincount(number)
    kept = size[number] >= MIN_TEAM
    held = pd.DataFrame({"set": number[kept], "account": combined.account[kept]})
    if held.empty:
        return Meetings(_NO_SETS, _NO_HELD, len(combined), skipped)
    told = combined[kept].assign(set=number[kept]).drop_duplicates("set").set_index("set")
    sets = pd.DataFrame({"accounts": size[told.index], "rounds": rounds}, index=told.index)
    places, accounts = told[columns].to_numpy("int64"), sets.accounts.to_numpy()
    sets["places"] = places.tolist()
    expected = _expected(at, places, accounts)
    # Bundles only make it larger: no need to look for those of sets that are no lead anyway.
    near = _unlikely(accounts, expected) * len(combined) < LEAD
    expected[near] *= _bundled(at, places[near], accounts[near])
    sets["expected"], sets["p"] = expected, _unlikely(accounts, expected)
    return Meetings(sets, held, len(combined), skipped)


def _unlikely(accounts: np.ndarray, expected: np.ndarray) -> np.ndarray:
    # One account of the set is taken as given: the others come to where it was.
    return np.asarray(stats.poisson.sf(accounts - 2, expected))


_NO_SETS = pd.DataFrame({"accounts": [], "rounds": [], "places": [], "expected": [], "p": []})
_NO_HELD = pd.DataFrame({"set": [], "account": []})


def _pruned(at: pd.DataFrame, rounds: int) -> tuple[pd.DataFrame, int]:
    """Places where enough accounts were, and accounts that were at enough of them."""
    account, item, place = (at[name].to_numpy() for name in ("account", "item", "place"))
    crowd = np.bincount(place)
    skipped = int((crowd > BUCKET_CAP).sum())
    number, items = pd.factorize(item)
    pair = account * max(len(items), 1) + number
    here = np.flatnonzero(crowd[place] <= BUCKET_CAP)
    for _ in range(3):
        here = here[np.bincount(place[here], minlength=len(crowd))[place[here]] >= MIN_TEAM]
        different = np.unique(pair[here]) // max(len(items), 1)
        taken = np.bincount(different, minlength=int(account.max(initial=0)) + 1)
        here = here[taken[account[here]] >= rounds]
    return at.iloc[here], skipped


def combinations_of(at: pd.DataFrame, rounds: int) -> tuple[pd.DataFrame, int]:
    """All combinations of so many places of each account: account, place0, place1.

    Only of different items, and windows MEETING_GAP or more apart. Accounts with the most places
    are left out when there would be more than COMBINATION_CAP; the second answer counts them.
    """
    at = at.sort_values(["account", "window", "place"], ignore_index=True)
    sizes = at.groupby("account").size()
    by_size = sizes.value_counts().sort_index()
    cost = np.cumsum(by_size.to_numpy() * special.comb(by_size.index.to_numpy(), rounds))
    affordable = by_size.index[cost <= COMBINATION_CAP]
    largest = int(affordable.max()) if len(affordable) else 0
    skipped = int((sizes > largest).sum())
    first = at.groupby("account").place.size().cumsum().shift(fill_value=0)
    item, window, place = (at[name].to_numpy() for name in ("item", "window", "place"))
    parts = []
    for size in by_size.index[by_size.index <= largest]:
        begins = first[sizes == size]
        pick = np.array(list(combinations(range(size), rounds)))
        rows = begins.to_numpy()[:, None, None] + pick[None]
        rows = rows.reshape(-1, rounds)
        fits = np.ones(len(rows), dtype=bool)
        for one, other in combinations(range(rounds), 2):
            fits &= item[rows[:, one]] != item[rows[:, other]]
            fits &= window[rows[:, other]] - window[rows[:, one]] >= MEETING_GAP
        account = np.repeat(begins.index.to_numpy(), len(pick))[fits]
        told = {f"place{n}": place[rows[fits, n]] for n in range(rounds)}
        parts.append(pd.DataFrame({"account": account, **told}))
    empty = pd.DataFrame(columns=["account", *(f"place{n}" for n in range(rounds))])
    return (pd.concat(parts, ignore_index=True) if parts else empty), skipped


def _expected(at: pd.DataFrame, places: np.ndarray, accounts: np.ndarray) -> np.ndarray:
    """Other accounts to be expected at all places of each set, without the set itself.

    Of all visits (T) a place has a share of c / T, and an account with n visits is at all k places
    with n (n - 1) … (c / T)….
    """
    rounds = places.shape[1]
    visits = np.bincount(at.account).astype("float64")
    factorial = np.prod([np.maximum(visits - n, 0) for n in range(rounds)], axis=0).sum()
    crowd = np.bincount(at.place).astype("float64")
    mean = np.full(len(places), factorial)
    for n in range(rounds):
        left = np.maximum(crowd[places[:, n]] - accounts + 1, 1)
        mean *= left / len(at)
    return mean


def _bundled(at: pd.DataFrame, places: np.ndarray, accounts: np.ndarray) -> np.ndarray:
    """How much more often than by chance the items are bought by the same accounts; 1 if less."""
    more = np.ones(len(places))
    if not len(places):
        return more
    item = at.drop_duplicates("place").set_index("place")["item"]
    bought = at[["account", "item"]].drop_duplicates()
    for one, other in combinations(range(places.shape[1]), 2):
        pairs = pd.DataFrame(
            {
                "one": item[places[:, one]].to_numpy(),
                "other": item[places[:, other]].to_numpy(),
                "own": accounts,
            }
        )
        more *= np.maximum(1.0, _lift(bought, pairs))
    return more


def _lift(bought: pd.DataFrame, pairs: pd.DataFrame) -> np.ndarray:
    """How much more often both items are bought by one account than by chance.

    Without the accounts of the set (`own`), drawn to 1 while little is expected.
    """
    wanted = pairs[["one", "other"]].drop_duplicates()
    have = bought[bought["item"].isin(np.unique(wanted.to_numpy()))]
    buyers = have.groupby("item").size()
    both = wanted.merge(have, left_on="one", right_on="item").drop(columns="item")
    both = both.merge(have, left_on=["other", "account"], right_on=["item", "account"])
    count = both.groupby(["one", "other"]).size()
    told = count.reindex(pd.MultiIndex.from_frame(pairs[["one", "other"]]), fill_value=0)
    one, other = (np.asarray(buyers[pairs[name]], dtype="float64") for name in ("one", "other"))
    by_chance = one * other / max(bought.account.nunique(), 1)
    left = np.maximum(told.to_numpy() - pairs.own.to_numpy(), 0)
    return (left + LIFT_WEIGHT) / (by_chance + LIFT_WEIGHT)
