"""What innocent accounts that share a value have in common: households of the shop, in pairs.

Two accounts of one home share a phone or an address and nothing with anybody else. How often
they buy the same item, order at about the same time, or share a second value is what larger
groups are held against: strangers would make every family look odd.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.components import components
from workbench.detect.constants import HUB_SHARE, PAIR_MATCH, PAIR_WEIGHT
from workbench.detect.days import Days
from workbench.detect.shared_rows import IDENTITY_FIELDS, SharedRows
from workbench.engine import once_per_table

__all__ = ["Relatives", "closed_pairs", "kin_of", "relatives"]


@dataclass(frozen=True)
class Relatives:
    """Figures of the pairs of accounts that share a value with each other and nobody else.

    `match` is the chance that both bought one item; `spans` the sorted shares of the shop's
    trade between their first orders; `alike` the chance, per other field, that they coincide
    there too.
    """

    pairs: int
    match: float
    spans: np.ndarray
    alike: dict[str, float]

    def nearness(self, share: np.ndarray) -> np.ndarray:
        """The share of all trade within which relatives are as near as strangers within `share`.

        Never less than `share`. Two points on 0..1 lie within s of each other with 2 s - s^2.
        """
        strangers = 2 * share - share**2
        near = np.searchsorted(self.spans, share, side="right")
        mixed = (near + PAIR_WEIGHT * strangers) / (len(self.spans) + PAIR_WEIGHT)
        return np.maximum(share, 1 - np.sqrt(np.maximum(1 - mixed, 0.0)))


def kin_of(
    trade: Table, every: Mapping[str, SharedRows], fields: Iterable[str]
) -> dict[str, Relatives]:
    """The relatives of some fields, for all detectors that ask worked out once.

    `every` holds the shared rows of all fields, by which closed pairs are known.
    """
    key = tuple(sorted(every))
    closed, kin = _known(trade).setdefault(key, ({}, {}))
    if not kin:
        closed["pairs"] = closed_pairs(list(every.values()))
    days = Days.of(trade, np.zeros(0, dtype="int64"))
    for field in fields:
        if field not in kin:
            kin[field] = relatives(every[field], closed["pairs"], days)
    return kin


_Pairs = dict[str, set[tuple[int, int]]]


@once_per_table
def _known(trade: Table) -> dict[tuple[str, ...], tuple[_Pairs, dict[str, Relatives]]]:
    return {}


def closed_pairs(fields: Sequence[SharedRows]) -> set[tuple[int, int]]:
    """Pairs of accounts (buyer hashes) that share values with each other and with nobody else.

    A field in which most accounts share a value (the exits of a mobile network) links strangers
    and is not looked at.
    """
    ties = [f.ties for f in fields if f.ties.buyer.nunique() <= HUB_SHARE * max(f.accounts, 1)]
    if not ties:
        return set()
    who, buyers = pd.factorize(np.concatenate([t.buyer.to_numpy() for t in ties]))
    codes = [pd.factorize(t.value)[0] for t in ties]
    begins = np.cumsum([0, *(int(code.max(initial=-1)) + 1 for code in codes)])
    what = np.concatenate([code + n for code, n in zip(codes, begins, strict=False)])
    edges = np.column_stack([who, what + len(buyers)])
    label = components(edges, int(edges.max(initial=-1)) + 1)[: len(buyers)]
    held = pd.Series(np.asarray(buyers)).groupby(label)
    both = held.agg(["size", "min", "max"])
    both = both[both["size"] == 2]
    return set(zip(both["min"].tolist(), both["max"].tolist(), strict=True))


def relatives(shared: SharedRows, closed: set[tuple[int, int]], days: Days) -> Relatives:
    """The figures of the closed pairs that share a value of this field."""
    sizes = shared.values.set_index("value").accounts
    twos = shared.rows[shared.rows.value.map(sizes) == 2]
    ends = twos.groupby("value").buyer.agg(["min", "max"])
    inside = [pair in closed for pair in zip(ends["min"], ends["max"], strict=True)]
    twos = twos[twos.value.isin(ends.index[inside])]
    number = twos.value.nunique()
    items = twos[twos.known].drop_duplicates(["value", "buyer", "item"])
    both = items.groupby(["value", "item"]).size()
    matches = int(both[both > 1].reset_index().value.nunique())
    first = twos.groupby(["value", "buyer"]).second.min().groupby("value").agg(["min", "max"])
    spans = np.sort(days.time_share(first["min"].to_numpy(), first["max"].to_numpy(), np.array(2)))
    value = pd.factorize(twos.value)[0]
    second = (twos.buyer.to_numpy() != ends["min"].reindex(twos.value).to_numpy()).astype("int64")
    others = [name for name in IDENTITY_FIELDS if name in twos.columns]
    return Relatives(
        pairs=number,
        match=(matches + PAIR_MATCH * PAIR_WEIGHT) / (number + PAIR_WEIGHT),
        spans=spans,
        alike={name: _alike(value, second, twos[name].to_numpy()) for name in others},
    )


def _alike(value: np.ndarray, buyer: np.ndarray, other: np.ndarray) -> float:
    """Chance that both of a pair have one value in another field, half a coincidence added.

    By row: number of the pair, which of the two (0 or 1), and the other field (-1 unknown).
    """
    held = other >= 0
    values = int(other.max(initial=0)) + 1
    told = np.unique((value[held] * 2 + buyer[held]) * values + other[held])
    who = np.unique(told // values)
    asked = np.bincount(who // 2, minlength=int(value.max(initial=0)) + 1) == 2
    pair = told // values // 2
    both, times = np.unique(pair * values + told % values, return_counts=True)
    coincide = len(np.unique(both[(times > 1) & asked[both // values]] // values))
    return float((coincide + 0.5) / (asked.sum() + 1))
