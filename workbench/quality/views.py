"""What rules look at: rows of one table, with what other tables say of the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

import ibis
from ibis.expr.types import Table

from workbench.quality.kept import kept
from workbench.tables import Tables

__all__ = ["TABLE_OF", "views"]

_AMOUNTS = ("goods_amount", "shipping_amount", "discount_amount", "paid_amount", "refund_amount")

TABLE_OF: Mapping[str, str] = {
    "orders": "orders",
    "whole_orders": "orders",
    "waybills": "orders",
    "scans": "shipment_events",
    "parcels": "shipments",
    "reviews_of_orders": "reviews",
    "refunds_of_orders": "refunds",
    "payments_of_orders": "payments",
}
"""Which canonical table the rows of a view come from."""


@contextmanager
def views(tables: Tables) -> Iterator[dict[str, Table]]:
    """The views that the loaded tables allow, and each canonical table under "*<name>".

    orders: order lines as they are.
    whole_orders: one row per order, amounts added up, first and last times, `status` where all
        lines agree, `parts_gap` = |goods + shipping − discount − paid| where goods are told.
    waybills: one row per waybill number of the orders, with `orders_on_it`.
    scans, parcels, reviews_of_orders, refunds_of_orders, payments_of_orders: the rows of a table
        with `order_created_at` and `order_shipped_at` of the order they name (the first of
        several); rows of an unknown order are left out.
    All have source_file and source_row: of the first row where several are one. What several
    rules need is worked out once and given up at the end.
    """
    made: dict[str, Table] = {f"*{name}": table for name, table in tables.items()}
    with ExitStack() as stack:
        if "orders" in tables:
            orders = tables["orders"]
            made["orders"] = orders
            whole = stack.enter_context(kept(_whole_orders(orders)))
            made["whole_orders"] = whole
            if "tracking_no" in orders.columns:
                made["waybills"] = _waybills(orders)
            for name, make in _OF_ORDERS.items():
                found = make(tables, whole)
                if found is not None:
                    made[name] = found
        yield made


def _whole_orders(orders: Table) -> Table:
    known = orders.columns
    figures = {name: orders[name].sum() for name in _AMOUNTS if name in known}
    firsts = ("created_at", "paid_at", "shipped_at")
    times = {name: orders[name].min() for name in firsts if name in known}
    one = orders.status.max() if "status" in known else ibis.null("string")
    if "status" in known:
        one = ibis.ifelse(orders.status.min() == one, one, ibis.null("string"))
    whole = orders.group_by("order_id").aggregate(
        source_file=orders.source_file.argmin(orders.source_row),
        source_row=orders.source_row.min(),
        status=one,
        **times,
        **figures,
    )
    return whole.mutate(parts_gap=_parts_gap(whole))


def _parts_gap(whole: Table) -> ibis.Value:
    if "goods_amount" not in whole.columns or "paid_amount" not in whole.columns:
        return ibis.null("float64")

    def part(name: str) -> ibis.Value:
        return whole[name].fill_null(0) if name in whole.columns else ibis.literal(0)

    parts = whole.goods_amount + part("shipping_amount") - part("discount_amount")
    return (parts - whole.paid_amount).abs().cast("float64")


def _waybills(orders: Table) -> Table:
    shipped = orders.filter(orders.tracking_no.strip() != "")
    return shipped.group_by("tracking_no").aggregate(
        source_file=shipped.source_file.argmin(shipped.source_row),
        source_row=shipped.source_row.min(),
        order_id=shipped.order_id.min(),
        orders_on_it=shipped.order_id.nunique(),
    )


def _times(whole: Table) -> Table:
    shipped = whole.shipped_at if "shipped_at" in whole.columns else ibis.null("timestamp")
    return whole.select(
        named_order=whole.order_id, order_created_at=whole.created_at, order_shipped_at=shipped
    )


def _of_order(name: str) -> Callable[[Tables, Table], Table | None]:
    def make(tables: Tables, whole: Table) -> Table | None:
        table = tables.get(name)
        if table is None or "order_id" not in table.columns:
            return None
        times = _times(whole)
        return table.join(times, table.order_id == times.named_order)

    return make


def _scans(tables: Tables, whole: Table) -> Table | None:
    scans, orders, parcels = (
        tables.get(name) for name in ("shipment_events", "orders", "shipments")
    )
    if scans is None or orders is None:
        return None
    pairs = []
    for table in (orders, parcels):
        if table is not None and {"tracking_no", "order_id"} <= set(table.columns):
            pairs.append(table.select(waybill=table.tracking_no, order=table.order_id))
    if not pairs:
        return None
    named = (ibis.union(*pairs) if len(pairs) > 1 else pairs[0]).filter(lambda t: t.waybill != "")
    times = _times(whole)
    joined = named.join(times, named.order == times.named_order)
    first = joined.group_by("waybill").aggregate(
        order_id=joined.order.min(),
        order_created_at=joined.order_created_at.min(),
        order_shipped_at=joined.order_shipped_at.min(),
    )
    told = [scans[name].nullif("") for name in ("status", "text") if name in scans.columns]
    said = ibis.coalesce(*told) if told else ibis.null("string")
    return scans.mutate(said=said).join(first, scans.tracking_no == first.waybill)


_OF_ORDERS: Mapping[str, Callable[[Tables, Table], Table | None]] = {
    "scans": _scans,
    "parcels": _of_order("shipments"),
    "reviews_of_orders": _of_order("reviews"),
    "refunds_of_orders": _of_order("refunds"),
    "payments_of_orders": _of_order("payments"),
}
