"""Why an order left a group or came into one: what the newer files say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

import pandas as pd

from workbench.tables import Tables

__all__ = ["REASONS", "order_reasons"]

# The first that holds is told: what became of an order says more than what was written of it.
REASONS = (
    "absent",
    "refunded",
    "closed",
    "waybill",
    "amount",
    "status",
    "aftersale",
    "address",
    "lines",
    "carrier",
    "new",
    "others",
)
_BY_COLUMN = {
    "tracking_no": "waybill",
    "paid_amount": "amount",
    "status": "status",
    "aftersale_status": "aftersale",
    "address": "address",
    "lines": "lines",
    "carrier": "carrier",
}


def order_reasons(
    order_ids: Collection[str],
    changes: pd.DataFrame,
    tables: Tables,
    *,
    since: Collection[str] | None,
    known: Collection[str],
) -> dict[str, tuple[str, date | None]]:
    """Per order the reason (one of REASONS) and the day it happened, where the data tell it.

    `changes` is what `workbench.tables.order_changes` gives; of it only what came with files
    outside `since` counts (all of it where that is None). `known` are the orders that were
    screened before. "others" means that nothing in this order's own rows changed: what it is
    measured against did.
    """
    wanted = set(order_ids)
    fresh = changes[changes["order_id"].isin(wanted)]
    if since is not None:
        fresh = fresh[~fresh["after_file"].isin(set(since))]
    said: dict[str, set[str]] = {order: set() for order in wanted}
    for row in fresh.to_dict("records"):
        said[row["order_id"]].update(_reasons(row))
    present = _present(tables, wanted)
    refunds = _refund_days(tables, wanted)
    found = {}
    for order in sorted(wanted):
        if order not in present:
            said[order].add("absent")
        elif order not in known:
            said[order].add("new")
        reason = next((one for one in REASONS if one in said[order]), "others")
        found[order] = (reason, refunds.get(order) if reason == "refunded" else None)
    return found


def _reasons(row: dict[object, object]) -> Iterable[str]:
    column, after = str(row["column"]), row["after"]
    if column == "refund_amount":
        return ["refunded"] if _is_more(row["before"], after) else ["amount"]
    if column == "status" and after == "closed":
        return ["closed"]
    return [_BY_COLUMN[column]] if column in _BY_COLUMN else []


def _is_more(before: object, after: object) -> bool:
    return _amount(after) > _amount(before)


def _amount(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def _present(tables: Tables, wanted: set[str]) -> set[str]:
    if "orders" not in tables:
        return set()
    orders = tables["orders"]
    found = orders.filter(orders["order_id"].isin(sorted(wanted)))
    return set(found.select("order_id").distinct().to_pandas()["order_id"])


def _refund_days(tables: Tables, wanted: set[str]) -> dict[str, date]:
    """The last day on which money went out for an order."""
    payments = tables.get("payments")
    if payments is None or not wanted or "order_id" not in payments.columns:
        return {}
    out = payments.filter(
        payments["order_id"].isin(sorted(wanted)) & (payments["direction"] == "out")
    )
    rows = out.group_by("order_id").agg(at=out["posted_at"].max()).to_pandas()
    return {order: at.date() for order, at in zip(rows["order_id"], rows["at"], strict=True)}
