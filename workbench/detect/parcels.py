"""Parcels as the carrier saw them, beside the orders they were sent for.

`parcels(tables, keep)` has one row per order (of trade) and waybill:
    order, order_id, item, second: as in trade (second = when it was ordered)
    items, pieces: different items and pieces of the order (null when unknown)
    buyer, address: as in trade, where the shop has them
    waybill: 64-bit hash; waybill_orders: orders on it; order_waybills: waybills of the order
    carrier: text, "" unknown; status: of the order
    sent: when the shop says it was sent; paid: when it was paid
    grams: weight on the scale
    sender, receiver: cities without 市, "" unknown
    scans: how many scans the carrier made of it (0: none in the data)
    collected, signed: seconds of first such scan; moved: whether any scan lies between
    signed_at: place of the signature, "" unknown
Seconds are since 1970; null where unknown.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table

from workbench.engine import Keep
from workbench.tables import Tables

__all__ = ["WAYBILLS", "has_parcels", "parcels"]

WAYBILLS = ("orders.tracking_no", "shipments.tracking_no")
_TIMES = {"paid_at": "paid", "shipped_at": "sent"}


def has_parcels(tables: Tables) -> bool:
    """Whether anything tells which waybills belong to which orders."""
    return "tracking_no" in tables["orders"].columns or (
        "shipments" in tables and "order_id" in tables["shipments"].columns
    )


def parcels(tables: Tables, keep: Keep) -> Table:
    """The parcels of the orders in `tables["trade"]`; see the module."""
    orders = _orders(tables)
    links = keep(_links(tables))
    per_waybill = links.group_by("waybill").aggregate(waybill_orders=links.count())
    per_order = links.group_by("order_id").aggregate(order_waybills=links.count())
    both = links.join(per_waybill, "waybill").join(per_order, "order_id").join(orders, "order_id")
    told = _shipments(tables)
    if told is not None:
        both = both.left_join(told, "waybill").drop("waybill_right")
        both = both.mutate(
            carrier=ibis.coalesce(both.carrier_told, both.carrier, ibis.literal("")),
            sent=ibis.coalesce(both.sent_told, both.sent),
            receiver=ibis.coalesce(both.receiver_told, both.receiver, ibis.literal("")),
            sender=both.sender.fill_null(""),
        ).drop("carrier_told", "sent_told", "receiver_told")
    else:
        both = both.mutate(
            carrier=both.carrier.fill_null(""),
            receiver=both.receiver.fill_null(""),
            sender=ibis.literal(""),
            grams=ibis.null("float64"),
        )
    seen = _scans(tables)
    if seen is None:
        return both.mutate(
            scans=ibis.literal(0),
            collected=ibis.null("int64"),
            signed=ibis.null("int64"),
            moved=ibis.null("boolean"),
            signed_at=ibis.literal(""),
        )
    both = both.left_join(seen, "waybill").drop("waybill_right")
    return both.mutate(scans=both.scans.fill_null(0), signed_at=both.signed_at.fill_null(""))


def _orders(tables: Tables) -> Table:
    """One row per order of trade, with what the shop itself says of it."""
    trade, orders = tables["trade"], tables["orders"]
    told = orders.select(
        "order_id",
        status=orders.status if "status" in orders.columns else ibis.literal(""),
        carrier=_text(orders, "carrier"),
        receiver=_city(orders, "city"),
        **{
            name: orders[column].epoch_seconds().cast("int64")
            if column in orders.columns
            else ibis.null("int64")
            for column, name in _TIMES.items()
        },
    )
    said = told.group_by("order_id").aggregate(
        status=told.status.max(),
        carrier=told.carrier.max(),
        receiver=told.receiver.max(),
        **{name: told[name].min() for name in _TIMES.values()},
    )
    sizes = trade.group_by("order").aggregate(
        items=trade.item.nunique(), pieces=trade.quantity.sum()
    )
    kept = ["order", "order_id", "item", "second"]
    kept += [name for name in ("buyer", "address") if name in trade.columns]
    first = trade.filter(trade.line == 0).select(*kept)
    return first.join(sizes, "order").join(said, "order_id")


def _links(tables: Tables) -> Table:
    """Pairs of order_id and waybill, each once."""
    pairs = []
    for name in ("orders", "shipments"):
        table = tables.get(name)
        if table is not None and {"order_id", "tracking_no"} <= set(table.columns):
            pairs.append(table.select("order_id", waybill=_waybill(table)))
    both = ibis.union(*pairs, distinct=True) if len(pairs) > 1 else pairs[0].distinct()
    return both.filter(both.order_id.notnull(), both.waybill.notnull())


def _shipments(tables: Tables) -> Table | None:
    """What the table of shipments says of each waybill."""
    table = tables.get("shipments")
    if table is None:
        return None
    sent = table.shipped_at if "shipped_at" in table.columns else ibis.null("timestamp")
    weight = (
        table.weighed_weight_g.cast("float64")
        if "weighed_weight_g" in table.columns
        else ibis.null("float64")
    )
    rows = table.select(
        waybill=_waybill(table),
        carrier_told=_text(table, "carrier"),
        sent_told=sent.epoch_seconds().cast("int64"),
        grams=ibis.ifelse(weight > 0, weight, ibis.null("float64")),
        sender=_city(table, "sender_city"),
        receiver_told=_city(table, "receiver_city"),
    )
    known = rows.filter(rows.waybill.notnull())
    # A waybill of several orders may stand there once for each of them, with its one weight.
    return known.group_by("waybill").aggregate(
        carrier_told=known.carrier_told.max(),
        sent_told=known.sent_told.min(),
        grams=known.grams.max(),
        sender=known.sender.max(),
        receiver_told=known.receiver_told.max(),
    )


def _scans(tables: Tables) -> Table | None:
    """What the carrier's scans say of each waybill."""
    events = tables.get("shipment_events")
    if events is None or not {"status", "text"} & set(events.columns):
        return None
    with Path(__file__).with_name("scans.toml").open("rb") as file:
        words = tomllib.load(file)
    rows = events.select(
        waybill=_waybill(events),
        at=events.occurred_at.epoch_seconds().cast("int64"),
        place=_text(events, "place"),
        status=_words(events, "status"),
        text=_words(events, "text"),
    ).filter(lambda t: t.waybill.notnull() & t["at"].notnull())
    # Carriers know few states, but tell each parcel's way in words: a state is read once.
    states = _read(rows.select(wording=rows.status).distinct(), words)
    by_state = rows.join(states, rows.status == states.wording).drop("status", "wording")
    known = by_state.is_signed | by_state.is_collected | by_state.is_moving
    silent = by_state.filter(~known).select("waybill", "at", "place", wording=by_state.text)
    told = by_state.filter(known).drop("text").union(_read(silent, words).drop("wording"))
    found = told.group_by("waybill").aggregate(
        scans=told.count(),
        collected=told["at"].min(where=told.is_collected),
        signed=told["at"].max(where=told.is_signed),
        moved=told.is_moving.any(),
        signed_at=told.place.max(where=told.is_signed),
    )
    return found.mutate(signed_at=found.signed_at.re_replace("市$", ""))


def _read(rows: Table, words: dict[str, str]) -> Table:
    """The rows with what their `wording` says: is_collected, is_moving, is_signed."""
    is_signed: BooleanValue = rows.wording.re_search(words["signed"])
    return rows.mutate(
        is_collected=rows.wording.re_search(words["collected"]),
        # A parcel that was signed for is no longer on its way, whatever else the scan says.
        is_moving=rows.wording.re_search(words["moving"]) & ~is_signed,
        is_signed=is_signed,
    )


def _waybill(table: Table) -> IntegerValue:
    """Hash of a waybill number as it is compared; null for none and for a masked one."""
    text = table.tracking_no.upper().replace(" ", "").replace("-", "").nullif("")
    unknown = text.isnull() | table.tracking_no.contains("*")
    return ibis.ifelse(unknown, ibis.null("int64"), text.hash())


def _text(table: Table, name: str) -> StringValue:
    if name not in table.columns:
        return ibis.null("string")
    return table[name].strip().nullif("")


def _city(table: Table, name: str) -> StringValue:
    if name not in table.columns:
        return ibis.null("string")
    return table[name].strip().re_replace("市$", "").nullif("")


def _words(table: Table, name: str) -> StringValue:
    if name not in table.columns:
        return ibis.literal("")
    return table[name].fill_null("").lower()
