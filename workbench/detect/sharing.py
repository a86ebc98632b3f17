"""Values (a phone, a device, a place) that several accounts share, and how unusual that is."""

from __future__ import annotations

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
    rows = []
    for value in values[values.accounts >= MIN_SHARED].to_dict("records"):
        if value["accounts"] > HUB_SHARE * shared.accounts:
            continue
        rest = values[values.value != value["value"]]
        third, q = sharing_tail(rest.accounts)
        chance = _match_chance(rest, shared.masked_accounts) if value["masked"] else 0.0
        cut = float(rest.accounts.quantile(HUB_QUANTILE)) if len(rest) else float("nan")
        p1 = third * q ** (value["accounts"] - 3) + _by_chance(value, chance, shared, len(values))
        rows.append(
            {
                **value,
                "shared_values": len(rest),
                "q_third": third,
                "q": q,
                "match_chance": chance,
                "p1": min(1.0, p1),
                "hub_cut": cut,
                "above_hub_cut": bool(value["accounts"] > cut),
            }
        )
    return pd.DataFrame(rows)


def _match_chance(rest: pd.DataFrame, accounts: int) -> float:
    """Chance that two accounts with a masked value have the same one.

    Matching pairs among the shop's other masked values, and one more, of all pairs.
    """
    held = rest[rest.masked].accounts
    pairs = float((held * (held - 1)).sum() / 2) + 1.0
    return min(1.0, pairs / max(accounts * (accounts - 1) / 2, 1.0))


def _by_chance(value: dict, chance: float, shared: Shared, tried: int) -> float:
    """Chance that strangers make a masked value of so many accounts, per shared value.

    Poisson over the other accounts with a masked value, for each of which the value could have
    been looked at.
    """
    if chance == 0.0:
        return 0.0
    mean = (shared.masked_accounts - 1) * chance
    crowd = float(stats.poisson.sf(value["accounts"] - 2, mean))
    return crowd * shared.masked_accounts / max(tried, 1)
