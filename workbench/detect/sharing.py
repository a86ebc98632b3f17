"""Values (a phone, a device, a place) that several accounts share, and how unusual that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from ibis.expr.types import Table
from scipy import stats

from workbench.detect.baseline import sharing_tail
from workbench.detect.constants import HUB_QUANTILE, HUB_SHARE, MIN_SHARED

__all__ = ["IDENTITY_FIELDS", "Shared", "identity_lines", "shared_values", "sharing_tests"]

IDENTITY_FIELDS = ("phone", "device", "ip", "buyer_account", "address")


@dataclass(frozen=True)
class Shared:
    """The values of one field that two or more accounts hold.

    `values` has one row per value: value, accounts, orders, masked, and for each other field f
    `f_known` (accounts that have one) and `f_distinct` (different values among them).
    `accounts` is how many accounts of the shop have a value in this field, `masked_accounts`
    how many a masked one.
    """

    field: str
    values: pd.DataFrame
    accounts: int
    masked_accounts: int


def identity_lines(trade: Table) -> Table:
    """One row per order of a known buyer.

    `<field>_whole` is the value of a field, null where it is masked: as a second field a masked
    value is nobody's.
    """
    lines = trade.filter((trade.line == 0) & trade.buyer.notnull())
    whole = {
        f"{name}_whole": (~lines[f"{name}_masked"]).ifelse(lines[name], None)
        if f"{name}_masked" in lines.columns
        else lines[name]
        for name in IDENTITY_FIELDS
        if name in lines.columns
    }
    return lines.mutate(**whole)


def shared_values(lines: Table, field: str, others: Sequence[str]) -> Shared:
    """Count the accounts of each value of `field` (a column of identity_lines).

    Only values with two or more accounts are counted in full; that a value has a second account
    is seen from its least and greatest, which costs a tenth of a distinct count.
    """
    held = lines.filter(lines[field].notnull())
    masked_column = f"{field}_masked"
    masked = held[masked_column] if masked_column in held.columns else held.buyer.isnull()
    held = held.mutate(value=held[field], masked=masked)
    total = held.aggregate(
        accounts=held.buyer.nunique(), masked=held.buyer.nunique(where=held.masked)
    ).to_pandas()
    ends = held.group_by("value").aggregate(low=held.buyer.min(), high=held.buyer.max())
    several = held.semi_join(ends.filter(ends.low < ends.high), "value")
    counts = {
        "accounts": several.buyer.nunique(),
        "orders": several.count(),
        "masked": several.masked.max(),
    }
    for other in others:
        column = several[f"{other}_whole"]
        counts[f"{other}_known"] = several.buyer.nunique(where=column.notnull())
        counts[f"{other}_distinct"] = column.nunique()
    frame = several.group_by("value").aggregate(**counts).to_pandas()
    frame = frame.sort_values(["accounts", "orders", "value"], ignore_index=True)
    return Shared(field, frame, int(total.accounts.iloc[0]), int(total.masked.iloc[0]))


def sharing_tests(shared: Shared) -> pd.DataFrame:
    """Test 1 of every value with enough accounts: how far out in the shop's own sharing tail.

    The columns of Shared.values and: shared_values (others with two or more accounts), q_third
    and q (chance of a third, and of each further account), match_chance (that two accounts match
    on a masked value by chance; 0 for whole values), p1 (that a shared value has so many
    accounts), hub_cut, above_hub_cut. Values that hold more than HUB_SHARE of all accounts are
    left out: they identify nobody.
    """
    values = shared.values
    known = values.accounts <= HUB_SHARE * shared.accounts
    tests = values[known & (values.accounts >= MIN_SHARED)].copy()
    if tests.empty:
        return tests
    sizes = Counter(values.accounts)
    tails = {
        size: sharing_tail(sizes - Counter([size])) for size in tests.accounts.unique().tolist()
    }
    tests["shared_values"] = len(values) - 1
    tests["q_third"] = [tails[size][0] for size in tests.accounts]
    tests["q"] = [tails[size][1] for size in tests.accounts]
    tests["match_chance"] = _match_chance(tests, values, shared.masked_accounts)
    crowd = _crowd_chance(tests, shared.masked_accounts) / len(values)
    tests["p1"] = (tests.q_third * tests.q ** (tests.accounts - MIN_SHARED) + crowd).clip(upper=1)
    tests["hub_cut"] = float(values.accounts.quantile(HUB_QUANTILE))
    tests["above_hub_cut"] = tests.accounts > tests.hub_cut
    return tests


def _match_chance(tests: pd.DataFrame, values: pd.DataFrame, accounts: int) -> pd.Series:
    """Chance that two accounts with a masked value have the same one; 0 for a whole value.

    Matching pairs among the shop's other masked values, and one more, of all pairs.
    """
    pairs = values.accounts * (values.accounts - 1) / 2
    others = pairs[values.masked].sum() - pairs[tests.index]
    chance = ((others + 1) / max(accounts * (accounts - 1) / 2, 1)).clip(upper=1.0)
    return chance.where(tests.masked, 0.0)


def _crowd_chance(tests: pd.DataFrame, accounts: int) -> pd.Series:
    """Masked values of so many accounts to be expected among strangers; 0 for a whole value.

    For each account with a masked value, Poisson over the others.
    """
    mean = tests.match_chance * (accounts - 1)
    crowd = pd.Series(stats.poisson.sf(tests.accounts - 2, mean), index=tests.index) * accounts
    return crowd.where(tests.masked, 0.0)
