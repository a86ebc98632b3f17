"""Test shared values, one by one and several together, against what relatives have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.detect.constants import ALPHA, CHAIN_VALUE, CROWD_SHARE, FILTER, POOL_LEAST
from workbench.detect.days import Days
from workbench.detect.oddity import NO_ODDITIES, Oddities, coincidences, oddities
from workbench.detect.pools import chosen, many_values, pools, sets_of
from workbench.detect.relatives import Relatives, kin_of
from workbench.detect.shared_rows import SharedRows
from workbench.detect.shop import titles
from workbench.tables import Tables

__all__ = ["Ground", "Tested", "crowd_share", "ground_of", "item_ranks", "pooled", "tested_values"]


@dataclass(frozen=True)
class Ground:
    """What groups of accounts are held against: sales by day, relatives by field, item ranks."""

    days: Days
    kin: Mapping[str, Relatives]
    ranks: pd.Series

    def tested(
        self, held: pd.DataFrame, every: dict[str, SharedRows], fields: pd.Series
    ) -> tuple[pd.DataFrame, Oddities, pd.DataFrame]:
        """Rows, oddities and coincidences of groups of values (field, value, group).

        `fields` is the field of each group.
        """
        parts = [
            every[str(field)].rows.merge(own[["value", "group"]], on="value")
            for field, own in held.groupby("field")
        ]
        rows = pd.concat(parts, ignore_index=True)
        rows = rows.drop_duplicates(["group", "order", "item", "known"], ignore_index=True)
        rows["name"] = self.ranks.reindex(rows["item"]).fillna(0).to_numpy(dtype="int64")
        kin = [self.kin[field] for field in fields]
        second = coincidences(rows, kin)
        odd = oddities(rows, kin, self.days, second[["p_second", "second_field"]])
        return rows, odd, second.drop(columns=["p_second", "second_field"])


@dataclass(frozen=True)
class Tested:
    """Values that test 1 let through (one per group number), their rows, and what is odd."""

    values: pd.DataFrame
    rows: pd.DataFrame
    odd: Oddities


def ground_of(tables: Tables, tests: pd.DataFrame, every: dict[str, SharedRows]) -> Ground:
    """What values (field, value) are held against; `every` holds the shared rows of all fields."""
    fields = sorted(set(tests.field))
    rows = [
        one.rows[one.rows.known & one.rows.value.isin(tests.value[tests.field == field])]
        for field in fields
        for one in [every[field]]
    ]
    items = np.unique(pd.concat(rows)["item"].to_numpy("int64"))
    days = Days.of(tables["trade"], items)
    return Ground(days, kin_of(tables["trade"], every, fields), item_ranks(tables, items))


def tested_values(passed: pd.DataFrame, every: dict[str, SharedRows], ground: Ground) -> Tested:
    """Test 2 of values that passed test 1 (field, value, accounts, p1, shared_values).

    Values of a size that is common among those with nothing else odd are dropped; `values` gets
    p2, crowd_share, tried2 and p.
    """
    passed = passed.reset_index(drop=True)
    if passed.empty:
        return Tested(passed.assign(p=0.0), pd.DataFrame(), NO_ODDITIES)
    held = passed[["field", "value"]].assign(group=passed.index)
    rows, odd, second = ground.tested(held, every, passed.field)
    values = passed.join(odd.groups.drop(columns="accounts").rename(columns={"p": "p2"}))
    values = values.join(second)
    values["crowd_share"] = crowd_share(values)
    values["passed"] = values.crowd_share <= CROWD_SHARE
    values["tried1"], values["tried2"] = 1, int(values.passed.sum())
    values["p"] = (values.p2 * values.tried2).clip(upper=1.0).where(values.passed, 1.0)
    return Tested(values, rows, odd)


def crowd_share(values: pd.DataFrame) -> np.ndarray:
    """Share of the field's shared values that have as many accounts and nothing else odd.

    The exits of a mobile network are many and large: there size alone says nothing.
    """
    share = np.zeros(len(values))
    for _, own in values.groupby("field"):
        plain = np.sort(own.accounts[own.p2 > ALPHA].to_numpy())
        larger = len(plain) - np.searchsorted(plain, own.accounts, side="left")
        share[own.index] = larger / np.maximum(own.shared_values, 1)
    return share


def pooled(tests: pd.DataFrame, every: dict[str, SharedRows], ground: Ground) -> tuple[Tested, int]:
    """Sets of values of one field that serve one end (workbench.detect.pools), and values skipped.

    `tests` is what sharing_tests gives, with field.
    """
    parts, skipped = [], 0
    # Values of many accounts are looked at by themselves; masked ones may be one by chance.
    tests = tests[(tests.accounts <= CHAIN_VALUE) & ~tests.masked.astype(bool)]
    levels = [
        (field, own, n) for field, own in tests.groupby("field", sort=True) for n in POOL_LEAST
    ]
    for field, every_own, least in levels:
        own = every_own[every_own.accounts >= least]
        if len(own) < 2:
            continue
        sets, left = pools(every[str(field)], own, ground.days)
        skipped += left if least == POOL_LEAST[0] else 0
        told = many_values(
            sets.merge(own[["value", "accounts"]], on="value"), every[str(field)].sizes
        )
        told = told[told.p1 <= FILTER].assign(field=field, of=len(own) - left, level=least)
        sets = sets.merge(told, on="pool")
        first = own.iloc[0]
        parts.append(
            sets.assign(
                shared_values=first.shared_values,
                hub_cut=first.hub_cut,
                masked=bool(own.masked.any()),
                match_chance=float(own.match_chance.max()),
            )
        )
    every_set = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    if every_set.empty:
        return Tested(every_set.assign(p=0.0), pd.DataFrame(), NO_ODDITIES), skipped
    every_set["group"] = every_set.groupby(["field", "level", "pool"], sort=True).ngroup()
    values = every_set.drop_duplicates("group").sort_values("group").set_index("group")
    held = every_set[["field", "value", "group"]]
    rows, odd, second = ground.tested(held, every, values.field)
    values = values.join(odd.groups.rename(columns={"p": "p2"})).join(second)
    values = values.assign(crowd_share=0.0, above_hub_cut=False, tried1=1)
    values["tried2"] = sets_of(values["values"], values.of) * len(POOL_LEAST)
    values["p"] = (values.p2 * values.tried2).clip(upper=1.0)
    kept = chosen(held, values.p)
    values["p"] = values.p.where(values.index.isin(kept), 1.0)
    return Tested(values, rows, odd), skipped


def item_ranks(tables: Tables, items: np.ndarray) -> pd.Series:
    """A rank for each item hash, by the text of its key: hashes differ between engines."""
    names = titles(tables, items.tolist())
    if not len(names):
        return pd.Series(dtype="int64")
    return names.item_key.rank(method="dense").astype("int64")
