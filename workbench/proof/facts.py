"""What a request tells of orders: items, dates, waybills, and a consignee that is masked."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pandas as pd

from workbench.case import Masker, scrub
from workbench.rows import each
from workbench.tables import Tables

__all__ = [
    "OrderFacts",
    "Parcel",
    "appeal_deadline",
    "order_facts",
    "plain",
    "platform_name",
    "suppliers",
]

_ORDER = (
    *("created_at", "shipped_at", "product_id", "product_title", "quantity", "carrier"),
    *("tracking_no", "buyer_name", "province", "city"),
)
Row = dict[str, Any]

_SHIPMENT = ("tracking_no", "carrier", "shipped_at", "receiver_city")


@dataclass(frozen=True)
class Parcel:
    """One waybill; `carrier` is "" where nobody names it."""

    tracking_no: str
    carrier: str
    shipped_on: date | None


@dataclass(frozen=True)
class OrderFacts:
    """What may be told of one order to somebody outside.

    `items` are (title, pieces); `consignee` is masked ("张*") and `place` goes no further than
    the city. An order that the data do not hold has its number only.
    """

    order_id: str
    created_on: date | None = None
    items: tuple[tuple[str, int], ...] = ()
    products: tuple[str, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    consignee: str = ""
    place: str = ""


def order_facts(tables: Tables, order_ids: Sequence[str], masker: Masker) -> list[OrderFacts]:
    """The facts of each order, in the order given."""
    lines = _rows(tables, "orders", _ORDER, order_ids)
    shipped = _rows(tables, "shipments", _SHIPMENT, order_ids)
    return [
        _facts(one, lines.get(one, []), shipped.get(one, []), masker)
        for one in dict.fromkeys(order_ids)
    ]


def suppliers(tables: Tables, products: Iterable[str]) -> dict[str, str]:
    """Product id → the supplier who last delivered it, as far as the purchases tell."""
    if "purchases" not in tables:
        return {}
    bought = tables["purchases"]
    if not {"product_id", "supplier"} <= set(bought.columns):
        return {}
    wanted = sorted(set(products))
    found = bought.filter(bought.product_id.isin(wanted), bought.supplier.notnull())
    rows = found.select("product_id", "supplier", "purchased_at").to_pandas()
    rows = rows.sort_values(["purchased_at", "supplier"])
    return {row.product_id: plain(row.supplier) for row in each(rows)}


def appeal_deadline(tables: Tables, order_ids: Sequence[str], now: pd.Timestamp) -> date | None:
    """The next day until which an appeal of one of the orders can be made; None if none is told."""
    days = pd.to_datetime(_noticed(tables, "appeal_deadline", order_ids))
    ahead = days[days >= now]
    return None if ahead.empty else ahead.min().date()


def platform_name(tables: Tables, order_ids: Sequence[str]) -> str:
    """What the platform is called by its notice of these orders, else by its only notices."""
    for orders in (order_ids, None):
        names = {plain(name) for name in _noticed(tables, "platform", orders)}
        if len(names) == 1:
            return names.pop()
    return ""


def _noticed(tables: Tables, column: str, order_ids: Sequence[str] | None) -> pd.Series[Any]:
    """What the notices of these orders, or of none by number, say in a column (None: all)."""
    if "notices" not in tables or column not in tables["notices"].columns:
        return pd.Series(dtype=object)
    notices = tables["notices"]
    if order_ids is not None and "order_id" in notices.columns:
        wanted = notices.order_id.isin(list(order_ids)) | notices.order_id.isnull()
        notices = notices.filter(wanted)
    return notices[column].to_pandas().dropna()


def plain(text: Any) -> str:
    """One line of a stranger's text: no control or direction signs, no contact details."""
    if text is None or pd.isna(text):
        return ""
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in str(text))
    return scrub(" ".join(shown.split()).translate({ord("【"): "[", ord("】"): "]"}))


def _rows(
    tables: Tables, table: str, columns: Sequence[str], order_ids: Sequence[str]
) -> dict[str, list[Row]]:
    """Order → its rows with these columns, None where nothing is told."""
    if table not in tables or "order_id" not in tables[table].columns:
        return {}
    stored = tables[table]
    wanted = ibis.memtable(
        pd.DataFrame({"order_id": pd.Series(list(order_ids), dtype="str")}),
        schema={"order_id": "string"},
    )
    known = [name for name in columns if name in stored.columns]
    found = stored.semi_join(wanted, "order_id").select("order_id", *known, "source_row")
    frame = found.to_pandas().sort_values(["order_id", "source_row"])
    frame = frame.reindex(columns=["order_id", *columns]).astype(object)
    by_order: defaultdict[str, list[Row]] = defaultdict(list)
    for row in frame.where(frame.notna(), None).to_dict("records"):
        by_order[str(row["order_id"])].append({str(name): value for name, value in row.items()})
    return by_order


def _facts(
    order_id: str, lines: Sequence[Row], shipped: Sequence[Row], masker: Masker
) -> OrderFacts:
    items: dict[str, int] = {}
    for line in lines:
        title = plain(line["product_title"]) or plain(line["product_id"])
        if title:
            pieces = 1 if line["quantity"] is None else int(line["quantity"])
            items[title] = items.get(title, 0) + pieces
    name = _first(lines, "buyer_name")
    place = " ".join(part for part in (_first(lines, "province"), _first(lines, "city")) if part)
    days = [pd.Timestamp(line["created_at"]).date() for line in lines if line["created_at"]]
    return OrderFacts(
        order_id,
        min(days, default=None),
        tuple(items.items()),
        tuple(dict.fromkeys(str(line["product_id"]) for line in lines if line["product_id"])),
        _parcels([*shipped, *lines]),
        masker.name(name) if name else "",
        plain(place or _first(shipped, "receiver_city")),
    )


def _parcels(rows: Sequence[Row]) -> tuple[Parcel, ...]:
    """The waybills of an order, each once; what is told first of one counts."""
    found: dict[str, Parcel] = {}
    for row in rows:
        if row["tracking_no"] is None:
            continue
        number = " ".join(str(row["tracking_no"]).split())
        day = None if row["shipped_at"] is None else pd.Timestamp(row["shipped_at"]).date()
        known = found.get(number)
        carrier = (known.carrier if known else "") or plain(row["carrier"])
        found[number] = Parcel(number, carrier, (known.shipped_on if known else None) or day)
    return tuple(found.values())


def _first(rows: Sequence[Row], name: str) -> str:
    return next((str(row[name]) for row in rows if row[name]), "")
