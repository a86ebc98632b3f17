"""The trade of accounts that share a value (a phone, a device, a place) with another account."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

from workbench.detect.constants import HUB_SHARE
from workbench.engine import once_per_table

__all__ = [
    "IDENTITY_FIELDS",
    "SharedRows",
    "integers",
    "place_rows",
    "present_fields",
    "shared_rows",
]

IDENTITY_FIELDS = ("phone", "device", "ip", "buyer_account", "payment_id", "address")


@dataclass(frozen=True)
class SharedRows:
    """What was bought on the values of one field that two or more accounts hold.

    `rows` has one row per order and item of a known buyer: value, buyer, order, item (hashes;
    `known` tells whether there is an item), second, masked, and the code of each other identity
    field (-1 where unknown or masked; as a second field a masked value is nobody's). Values that
    more than HUB_SHARE of all accounts hold are left out: they identify nobody. `accounts` is how
    many accounts of the shop have a value in this field, `masked_accounts` how many a masked one.
    """

    field: str
    rows: pd.DataFrame
    accounts: int
    masked_accounts: int

    @cached_property
    def ties(self) -> pd.DataFrame:
        """One row per value and account that holds it: value, buyer, orders, masked."""
        by = self.rows.groupby(["value", "buyer"], sort=False)
        return by.agg(orders=("order", "nunique"), masked=("masked", "max")).reset_index()

    @cached_property
    def values(self) -> pd.DataFrame:
        """One row per value: value, accounts, orders, masked."""
        by = self.ties.groupby("value", sort=False)
        return by.agg(
            accounts=("buyer", "size"), orders=("orders", "sum"), masked=("masked", "max")
        ).reset_index()

    @cached_property
    def sizes(self) -> Counter[int]:
        """How many values have so many accounts."""
        return Counter(self.values.accounts.tolist())


def present_fields(trade: Table, but: str | None) -> list[str]:
    """Identity fields that hold a value in this shop and are not the buyer himself (`but`)."""
    present = [f for f in IDENTITY_FIELDS if f in trade.columns and f != but]
    if not present:
        return []
    held = _held(trade)
    return [f for f in present if held[f] > 0]


@once_per_table
def _held(trade: Table) -> dict[str, int]:
    """In how many rows each identity field has a value."""
    fields = [f for f in IDENTITY_FIELDS if f in trade.columns]
    counted = trade.aggregate(**{f: trade[f].count() for f in fields}).to_pandas()
    return {f: int(counted[f].iloc[0]) for f in fields}


@once_per_table
def _known(trade: Table) -> dict[str, SharedRows]:
    return {}


def shared_rows(trade: Table, field: str) -> SharedRows:
    """The rows of trade on the shared values of a field; worked out once per table of trade."""
    known = _known(trade)
    if field not in known:
        known[field] = _shared_rows(trade, field)
    return known[field]


def place_rows(placed: Table) -> SharedRows:
    """The same of trade with `place`: the keys of addresses that are one place, joined."""
    return _shared_rows(placed.drop("address"), "place")


def _shared_rows(trade: Table, field: str) -> SharedRows:
    held = trade.filter(trade[field].notnull() & trade.buyer.notnull())
    masked_column = f"{field}_masked"
    masked = held[masked_column] if masked_column in held.columns else held.buyer.isnull()
    held = held.mutate(value=held[field], masked=masked)
    total = held.aggregate(
        accounts=held.buyer.nunique(), masked=held.buyer.nunique(where=held.masked)
    ).to_pandas()
    accounts = int(total.accounts.iloc[0])
    ends = held.group_by("value").aggregate(low=held.buyer.min(), high=held.buyer.max())
    several = held.semi_join(ends.filter(ends.low < ends.high), "value")
    others = {f: _whole(several, f) for f in IDENTITY_FIELDS if f in trade.columns and f != field}
    columns = ["value", "buyer", "order", "item", "second", "masked"]
    rows = integers(several.select(*columns, **others))
    rows["known"] = rows["item"].notna()
    rows["item"] = rows["item"].fillna(0).astype("int64")
    for other in others:
        rows[other] = pd.factorize(rows[other])[0]
    held_by = rows.groupby("value").buyer.nunique()
    hubs = held_by.index[held_by > HUB_SHARE * accounts]
    rows = rows[~rows.value.isin(hubs)].reset_index(drop=True)
    plain = dict.fromkeys(("value", "buyer", "order", "second"), "int64")
    return SharedRows(field, rows.astype(plain), accounts, int(total.masked.iloc[0]))


def _whole(rows: Table, field: str) -> object:
    masked = f"{field}_masked"
    return (~rows[masked]).ifelse(rows[field], None) if masked in rows.columns else rows[field]


def integers(table: Table) -> pd.DataFrame:
    """A frame in which hashes stay whole: as floats, those with gaps would lose digits."""
    answer: pd.DataFrame = table.to_pyarrow().to_pandas(
        types_mapper={pa.int64(): pd.Int64Dtype()}.get
    )
    for name in answer.columns:
        if answer[name].dtype == "Int64" and not answer[name].isna().any():
            answer[name] = np.asarray(answer[name], dtype="int64")
    return answer
