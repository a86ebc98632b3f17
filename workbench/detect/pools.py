"""Several values of one field that serve one end: each phone has few accounts, all buy the same.

Whoever runs many accounts may spread them over many phones. Values with three or more accounts
are put together by what and when their accounts buy (average linkage); each set on the way is
tested as one group and pays for all sets of so many values that could have been chosen. This is
done once for values of three or more accounts, once for four or more, once for five or more.
Test 1: so many values with so many accounts, Poisson with the tail of the shop's shared values;
or that just these values have so many accounts each, Fisher's product of their own tails (Fisher
1925, section 21.1): what their accounts buy chose them, not their size. The set is left out of
the tails. Test 2: the second oddity of all their accounts together.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
from scipy import sparse, special, stats
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from workbench.detect.baseline import sharing_tail
from workbench.detect.constants import LEAD, MIN_SHARED, POOL_CAP, POOL_SIZE
from workbench.detect.days import Days
from workbench.detect.shared_rows import SharedRows

__all__ = ["chosen", "many_values", "pools", "sets_of"]


def pools(shared: SharedRows, tests: pd.DataFrame, days: Days) -> tuple[pd.DataFrame, int]:
    """Sets of values of one field: pool (number), value; one row per value of a set.

    `tests` is what sharing_tests gives. The second answer counts the values left out because
    there are more than POOL_CAP, those with the fewest accounts first.
    """
    sizes = tests.sort_values("accounts", ascending=False, kind="stable")
    skipped = max(0, len(sizes) - POOL_CAP)
    values = sizes.value[sizes.accounts > sizes.accounts.iloc[POOL_CAP]] if skipped else sizes.value
    if len(values) < 2:
        return pd.DataFrame({"pool": [], "value": []}, dtype="int64"), skipped
    rows = shared.rows[shared.rows.value.isin(values)]
    by = rows.groupby("value").second.agg(["median", "min", "max", "sum"])
    by = by.sort_values(["min", "max", "sum"], kind="stable")
    alike = _alike(rows, by, days)
    tree = linkage(squareform(np.maximum(1 - alike, 0.0), checks=False), "average")
    sets: list[list[int]] = [[n] for n in range(len(by))]
    for one, other in tree[:, :2].astype(int):
        sets.append(sets[one] + sets[other])
    kept = [own for own in sets[len(by) :] if len(own) <= POOL_SIZE]
    told = [(n, place) for n, own in enumerate(kept) for place in own]
    frame = pd.DataFrame(told, columns=["pool", "place"], dtype="int64")
    return frame.assign(value=by.index.to_numpy()[frame.place]).drop(columns="place"), skipped


def _alike(rows: pd.DataFrame, by: pd.DataFrame, days: Days) -> np.ndarray:
    """How alike values are in what their accounts buy (cosine, rare items weigh more) and when."""
    pairs = rows[rows.known].drop_duplicates(["value", "buyer", "item"])
    place = pd.Series(np.arange(len(by)), index=by.index)[pairs.value].to_numpy()
    item, different = pd.factorize(pairs["item"])
    weight = 1 / np.sqrt(np.maximum(days.total_of(np.asarray(different))[item], 1))
    shape = (len(by), max(len(different), 1))
    table = sparse.coo_matrix((weight, (place, item)), shape=shape).tocsr()
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    cosine = (table @ table.T).toarray() / np.maximum(np.outer(length, length), 1e-12)
    time = by["median"].to_numpy()
    span = max(float(time.max() - time.min()), 1.0)
    alike = cosine * (1 - np.abs(time[:, None] - time[None]) / span)
    np.fill_diagonal(alike, 1.0)
    return np.round((alike + alike.T) / 2, 9)


def sets_of(values: pd.Series, of: pd.Series) -> pd.Series:
    """How many sets of `values` values out of `of` could have been chosen, for every size tried.

    r (r - 1) times the sets of r: over all sizes from two on, 1 / r (r - 1) adds up to one.
    """
    choices = special.comb(of.to_numpy(dtype="float64"), values.to_numpy(dtype="float64"))
    return choices * values * (values - 1)


def many_values(pool: pd.DataFrame, sizes: Counter[int]) -> pd.DataFrame:
    """Test 1 of each pool (pool, value, accounts): values, least, q_third, q, p1."""
    answer = []
    for number, own in pool.groupby("pool"):
        least = int(own.accounts.min())
        left = sizes - Counter(own.accounts.tolist())
        third, more = sharing_tail(left)
        each = third * more ** (own.accounts.to_numpy() - MIN_SHARED)
        many = stats.poisson.sf(len(own) - 1, each.max() * sum(sizes.values()))
        large = stats.chi2.sf(-2 * np.log(each).sum(), 2 * len(own))
        told = {
            "pool": number,
            "values": len(own),
            "least": least,
            "q_third": third,
            "q": more,
        }
        answer.append(told | {"p1": min(1.0, 2 * float(min(many, large)))})
    columns = ["pool", "values", "least", "q_third", "q", "p1"]
    return pd.DataFrame(answer, columns=columns).astype({"pool": "int64"})


def chosen(held: pd.DataFrame, p: pd.Series) -> list[int]:
    """The groups (of field, value, group) that are leads and share no value with a stronger one."""
    taken: set[tuple[object, object]] = set()
    kept = []
    by = {n: set(zip(own.field, own.value, strict=True)) for n, own in held.groupby("group")}
    for number in p.index[np.argsort(p.to_numpy(), kind="stable")]:
        if p[number] < LEAD and not (by[number] & taken):
            taken |= by[number]
            kept.append(int(number))
    return kept
