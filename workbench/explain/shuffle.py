"""A shuffled copy of a shop: the same orders at the same times, by other buyers, of other items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from workbench.detect.trade import ITEM_COLUMNS, items_of
from workbench.explain.rules import NULL
from workbench.tables import Tables

__all__ = ["COLUMNS", "Dealt", "dealt_orders", "read_dealt", "shuffled"]

_REGIONS = ("province", "city")
_WHEN = ("order_id", "created_at", "paid_at", "status")
_WHAT = (*ITEM_COLUMNS, "quantity", "unit_price", "paid_amount")
_WHO = (
    "buyer_id", "buyer_account", "buyer_name", "phone", "device", "ip", "address", "postcode",
    "province", "city", "district",
)  # fmt: skip
COLUMNS = (*_WHEN, *_WHAT, *_WHO)
"""The columns of `orders` that a shuffled copy has."""

_TRADE_WHEN = ("order_id", "order", "created_at", "second")
_TRADE_WHAT = ("item", "amount", "quantity", "unit", "line")


@dataclass(frozen=True)
class Dealt:
    """The orders that are dealt, their rows of trade, orders and places, and the items.

    `orders` are rows of `dealt_orders`; the rows of the tables are sorted by order. `items` names
    all items of the shop.
    """

    orders: pd.DataFrame
    trade: pa.Table
    known: pa.Table
    places: pa.Table | None
    items: pa.Table


def dealt_orders(tables: Tables) -> pd.DataFrame:
    """order_id, second and region of every order of trade, by time; region is text, may be empty.

    A region is a city, or where that has few orders its province, or all that is left.
    """
    trade, orders = tables["trade"], tables["orders"]
    known = trade.filter(trade.line == 0).select("order_id", "second")
    places = [column for column in _REGIONS if column in orders.columns]
    if places:
        where = {column: orders[column].strip().max() for column in places}
        known = known.left_join(orders.group_by("order_id").aggregate(**where), "order_id")
    frame = known.to_pandas().sort_values(["second", "order_id"], ignore_index=True)
    region = pd.Series("", index=frame.index)
    for column in places:
        named = frame[column].fillna("").astype("str")
        often = named.groupby(named).transform("size") >= NULL["region_orders"]
        region = region.where(~often, named)
    return frame[["order_id", "second"]].assign(region=region)


def read_dealt(tables: Tables, orders: pd.DataFrame) -> Dealt:
    """The rows of prepared tables that belong to `orders` (rows of `dealt_orders`)."""
    orders = orders.reset_index(drop=True)
    ids = ibis.memtable(orders[["order_id"]].astype("object"), schema={"order_id": "string"})
    trade = tables["trade"].semi_join(ids, "order_id")
    columns = [c for c in COLUMNS if c in tables["orders"].columns]
    known = tables["orders"].semi_join(ids, "order_id").select(*columns)
    places = tables.get("places")
    if places is not None:
        places = places.semi_join(trade.select("spelling").distinct(), "spelling").to_pyarrow()
    items = (tables["items"] if "items" in tables else items_of(tables["orders"])).to_pyarrow()
    rows = trade.to_pyarrow(), known.to_pyarrow()
    return Dealt(orders, _by_order(rows[0]), _by_order(rows[1]), places, items)


def shuffled(engine: BaseBackend, dealt: Dealt, rng: np.random.Generator) -> Tables:
    """Prepared tables, in `engine`, of a copy of the shop that has the dealt orders alone.

    Who ordered is dealt anew within each region, what was ordered within hours of the week. The
    tables take the place of those of an earlier shuffle.
    """
    ids = pd.Index(dealt.orders.order_id)
    who = _deal(dealt.orders.region, rng)
    what = _deal(_hours(dealt.orders.second), rng)
    trade = _copy(dealt.trade, ids, _TRADE_WHEN, _TRADE_WHAT, who, what)
    frames = {
        "orders": _copy(dealt.known, ids, _WHEN, _WHAT, who, what),
        "trade": _with_buyer_orders(trade),
        "places": dealt.places,
        "items": dealt.items,
    }
    return {name: _put(engine, name, frame) for name, frame in frames.items() if frame is not None}


def _put(engine: BaseBackend, name: str, rows: pa.Table) -> Table:
    # By the same name each time, so that what detectors ask is compiled once for all shuffles.
    engine.raw_sql(f'DROP TABLE IF EXISTS "shuffled_{name}"')
    return engine.create_table(f"shuffled_{name}", ibis.memtable(rows), temp=True)


def _by_order(table: pa.Table) -> pa.Table:
    more = [name for name in ("line", *ITEM_COLUMNS, "paid_amount") if name in table.column_names]
    return table.sort_by([(name, "ascending") for name in ("order_id", *more)])


def _copy(
    table: pa.Table,
    ids: pd.Index,
    when: Sequence[str],
    what: Sequence[str],
    who_dealt: np.ndarray,
    what_dealt: np.ndarray,
) -> pa.Table:
    """Each order with the lines, and each of them with the person, that were dealt to it."""
    codes = ids.get_indexer(table["order_id"].to_pandas())
    table = table.take(np.argsort(codes, kind="stable"))
    counts = np.bincount(codes, minlength=len(ids))
    starts = np.cumsum(counts) - counts
    lines = counts[what_dealt]
    owner = np.repeat(np.arange(len(ids)), lines)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(lines) - lines, lines)
    rows = {
        **dict.fromkeys(when, starts[owner]),
        **dict.fromkeys(what, starts[what_dealt[owner]] + nth),
    }
    person = starts[who_dealt[owner]]
    names = table.column_names
    return pa.table({name: table[name].take(pa.array(rows.get(name, person))) for name in names})


def _with_buyer_orders(trade: pa.Table) -> pa.Table:
    if "buyer" not in trade.column_names:
        return trade
    first = trade.filter(pa.compute.equal(trade["line"], 0))
    counts = first.group_by("buyer").aggregate([("order_id", "count")])
    buyers = trade["buyer"].to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    known = counts.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get).dropna()
    number = buyers.map(known.set_index("buyer").order_id_count)
    place = trade.column_names.index("buyer_orders")
    return trade.set_column(place, "buyer_orders", pa.array(number, type=pa.int64()))


def _deal(stratum: pd.Series, rng: np.random.Generator) -> np.ndarray:
    """For every order the number of the one it gets from, dealt within each stratum."""
    groups = pd.factorize(stratum, sort=True)[0]
    dealt = np.empty(len(groups), dtype=np.int64)
    dealt[np.argsort(groups, kind="stable")] = np.lexsort((rng.random(len(groups)), groups))
    return dealt


def _hours(second: pd.Series) -> pd.Series:
    """Strata of hours of the week with enough orders each: alike hours of the day together."""
    cell = second // 3600 % 24 * 7 + second // 86400 % 7
    stratum = (cell.rank(method="first") - 1) // NULL["stratum_orders"]
    # An hour of the week is not cut in two: it goes where its first order is.
    return stratum.groupby(cell).transform("min")
