"""The one table that all detectors count on: what was bought, by order and item.

`prepared(tables)` adds up to four tables to the canonical ones.

trade: one row per (order, item) of an order that was paid:
    order, buyer, phone, device, ip, buyer_account, address, spelling, item: 64-bit hashes, null
    where unknown (distinct counts on text cost ten times as much); only the columns that the
    shop's file has. `address` is the key of the place, `spelling` the address as written.
    phone_masked, device_masked, …: whether that value is a masked one
    order_id: text; line: 0 on one row of each order, so that `line == 0` is one row per order
    buyer_orders: orders of this buyer in the shop, this one among them; null where unknown
    created_at, second: time of the order, and the same as seconds since 1970
    amount, unit: paid for the item in this order, and that per piece
    quantity: pieces (null when unknown)
places: one row per spelling of an address: spelling, address, key (text), road, marks, city
items: one row per item of the orders: item, item_key (text), title (text, null when unknown)
parcels: one row per order and waybill, where waybills are known (workbench.detect.parcels)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table

from workbench.detect.parcels import has_parcels, parcels
from workbench.detect.places import places_of
from workbench.detect.text_values import text_hash, text_value
from workbench.engine import Keep, keeping, once_per_table
from workbench.normalise import (
    is_masked,
    is_plain_phone,
    is_privacy_number,
    mobile_key,
    phone_frame,
)
from workbench.tables import Tables

__all__ = [
    "BUYER_COLUMNS",
    "FIELDS",
    "ITEM_COLUMNS",
    "buyer_column",
    "item_text",
    "items_of",
    "prepared",
]

BUYER_COLUMNS = ("buyer_id", "buyer_account", "phone")
ITEM_COLUMNS = ("product_id", "seller_sku", "product_title", "sku")
FIELDS = ("phone", "device", "ip", "buyer_account", "payment_id")
_NO_TEXT = ibis.null("string")


@contextmanager
def prepared(tables: Tables) -> Iterator[Tables]:
    """The tables with `trade` and `places`, made in the engine and dropped at the end.

    Tables that are prepared already (or have no orders) are given back as they are.
    """
    if "trade" in tables or "orders" not in tables:
        yield tables
        return
    orders = tables["orders"]
    with keeping(orders.get_backend()) as keep:
        ready = {**tables, "items": keep(items_of(orders))}
        if "address" in orders.columns:
            # Masked tables bring their places with them: no masked address can be read again.
            ready["places"] = tables["places"] if "places" in tables else places_of(orders, keep)
        lines = keep(_trade({**ready, "orders": _with_phone_keys(orders, keep)}))
        ready["trade"] = keep(_with_buyer_orders(lines))
        if has_parcels(ready):
            ready["parcels"] = keep(parcels(ready, keep))
        yield ready


@once_per_table
def buyer_column(orders: Table) -> str | None:
    """The column that stands for the buyer; None when there is none.

    The first of buyer_id, buyer_account and phone that holds whole (not masked) values.
    """
    for name in BUYER_COLUMNS:
        if name in orders.columns:
            whole = orders.filter(text_value(orders, name).notnull() & ~is_masked(orders[name]))
            if len(whole.select(name).limit(1).to_pandas()):
                return name
    return None


def item_text(orders: Table) -> StringValue:
    """The item of an order line: product_id, else seller_sku, else title, else variant."""
    present = [text_value(orders, name) for name in ITEM_COLUMNS if name in orders.columns]
    return ibis.coalesce(*present) if present else ibis.null("string")


def items_of(orders: Table) -> Table:
    """The items of the orders: item (hash), item_key (text) and title, null when unknown."""
    if not _has_item(orders):
        nothing = orders.filter(ibis.literal(False))
        return nothing.select(item=ibis.null("int64"), item_key=_NO_TEXT, title=_NO_TEXT)
    known = "product_title" in orders.columns
    lines = orders.select(
        item_key=item_text(orders), title=text_value(orders, "product_title") if known else _NO_TEXT
    )
    named = lines.filter(lines.item_key.notnull())
    found = named.group_by("item_key").aggregate(title=named.title.min())
    return found.select("item_key", "title", item=found.item_key.hash())


def _trade(tables: Tables) -> Table:
    orders = tables["orders"]
    buyer = buyer_column(orders)
    paid = orders.filter(orders.order_id.notnull(), orders.created_at.notnull(), _paid(orders))
    columns = {
        "order_id": paid.order_id,
        "order": text_hash(paid.order_id),
        "item": _item(paid),
        "created_at": paid.created_at,
        "amount": paid.paid_amount,
        "quantity": paid.quantity if "quantity" in paid.columns else ibis.null("int64"),
    }
    for name in FIELDS:
        if name in paid.columns:
            columns[name] = text_hash(text_value(paid, name))
            columns[f"{name}_masked"] = is_masked(paid[name]).fill_null(False)
    if buyer is not None:
        whole = ibis.ifelse(is_masked(paid[buyer]), ibis.null("string"), text_value(paid, buyer))
        columns["buyer"] = text_hash(whole)
    if "address" in paid.columns:
        columns["spelling"] = text_hash(text_value(paid, "address"))
        if "city" in paid.columns:
            columns["town"] = text_value(paid, "city").fill_null("")
    return _by_order_and_item(paid.select(**columns), tables.get("places"))


def _item(orders: Table) -> IntegerValue:
    """The item's hash; an unknown item stays null (engines give even null a hash)."""
    text = item_text(orders)
    return ibis.ifelse(text.notnull(), text.hash(), ibis.null("int64"))


def _by_order_and_item(lines: Table, places: Table | None) -> Table:
    kept = [name for name in lines.columns if name not in ("order", "item", "amount", "quantity")]
    trade = lines.group_by(["order", "item"]).aggregate(
        **{name: lines[name].min() if name == "created_at" else lines[name].max() for name in kept},
        amount=lines.amount.sum().cast("float64"),
        quantity=lines.quantity.sum().cast("float64"),
    )
    if places is not None:
        keys = places.select("spelling", "address", "town")
        on = ["spelling", "town"] if "town" in trade.columns else ["spelling"]
        keys = keys if "town" in trade.columns else keys.drop("town")
        trade = trade.left_join(keys, on).drop("spelling_right", *(f"{c}_right" for c in on[1:]))
        trade = trade.drop("town") if "town" in trade.columns else trade
    first = ibis.window(group_by=trade.order, order_by=trade.item)
    pieces = ibis.ifelse(trade.quantity > 0, trade.quantity, 1.0)
    return trade.mutate(
        line=ibis.row_number().over(first),
        second=trade.created_at.epoch_seconds().cast("int64"),
        unit=trade.amount / pieces,
    )


def _with_buyer_orders(trade: Table) -> Table:
    if "buyer" not in trade.columns:
        return trade
    counted = trade.filter((trade.line == 0) & trade.buyer.notnull()).group_by("buyer")
    counts = counted.aggregate(buyer_orders=lambda t: t.count())
    return trade.left_join(counts, "buyer").drop("buyer_right")


def _paid(orders: Table) -> BooleanValue:
    """Whether an order came to a payment: neither pending, nor closed before it was paid."""
    if "status" not in orders.columns:
        return ibis.literal(True)
    status = orders.status.fill_null("")
    paid = status != "pending"
    if "paid_at" in orders.columns:
        paid = paid & ((status != "closed") | orders.paid_at.notnull())
    return paid


def _has_item(orders: Table) -> bool:
    return any(name in orders.columns for name in ITEM_COLUMNS)


def _with_phone_keys(orders: Table, keep: Keep) -> Table:
    """Orders whose phones are keys: null for a platform's number that says nothing of the buyer.

    The engine reads the spellings that come by the thousand; whatever else is written is worked
    out here, each different text once.
    """
    if "phone" not in orders.columns:
        return orders
    phone = orders.phone
    known = ibis.cases(
        (is_plain_phone(phone), phone),
        (is_privacy_number(phone), ibis.literal("")),
        else_=mobile_key(phone),
    )
    keyed = orders.mutate(phone_key=known)
    odd = keyed.filter(keyed.phone.notnull() & keyed.phone_key.isnull())
    texts = odd.select("phone").distinct().to_pandas().phone
    key = keyed.phone_key
    if len(texts):
        found = pd.DataFrame({"phone": texts.astype(str), "odd_key": phone_frame(texts).key})
        keyed = keyed.left_join(keep(_phone_table(found)), "phone")
        key = ibis.coalesce(keyed.phone_key, keyed.odd_key)
    return keyed.mutate(phone=key.nullif("")).select(*orders.columns)


def _phone_table(found: pd.DataFrame) -> Table:
    schema = ibis.schema({"phone": "string", "odd_key": "string"})
    return ibis.memtable(found.astype(object).where(found.notna(), None), schema=schema)
