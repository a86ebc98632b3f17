"""The shop as a whole: totals and days, counted in the engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import ibis
import pandas as pd
from ibis.expr.types import Table as Expression

from workbench.snapshot.plain import plain, plain_rows
from workbench.tables import Tables

__all__ = ["day_records", "shop_currency", "totals"]

_DAY_FIELDS = ("date", "orders", "evidence", "needs_documents")


def totals(
    tables: Tables,
    assessed: pd.DataFrame,
    groups: Sequence[Mapping[str, Any]],
    named: Collection[str],
    decided: Collection[str],
) -> dict[str, object]:
    """Figures over all orders.

    `orders` counts orders, not lines; `paid_amount` is what buyers paid for all lines, or None
    where the orders are in several currencies. `decided` counts orders that a decision reaches.
    """
    orders = tables["orders"]
    sums = orders.aggregate(
        orders=orders.order_id.nunique(),
        paid_amount=orders.paid_amount.sum(),
        first_day=orders.created_at.min().date(),
        last_day=orders.created_at.max().date(),
    ).to_pandas()
    verdicts = assessed.drop_duplicates("order_id")["assessment"].value_counts()
    found = pd.Series([group["assessment"] for group in groups], dtype="str").value_counts()
    in_groups = set(assessed.loc[assessed["group_id"].notna(), "order_id"])
    row = {name: plain(sums[name].iloc[0]) for name in sums.columns}
    if len(_currencies(tables)) > 1:
        row["paid_amount"] = None
    return {
        **row,
        "first_day": _day(row["first_day"]),
        "last_day": _day(row["last_day"]),
        "orders_evidence": int(verdicts.get("evidence", 0)),
        "orders_needs_documents": int(verdicts.get("needs_documents", 0)),
        "groups_evidence": int(found.get("evidence", 0)),
        "groups_needs_documents": int(found.get("needs_documents", 0)),
        "groups_none": int(found.get("none", 0)),
        "named": len(set(named)),
        "named_in_groups": len(set(named) & in_groups),
        "decided": len(set(decided)),
    }


def shop_currency(tables: Tables, fallback: str) -> str:
    """The currency of all orders; `fallback` where they name none, "" where they name several."""
    found = _currencies(tables)
    if not found:
        return fallback
    return found[0] if len(found) == 1 else ""


def day_records(tables: Tables, assessed: pd.DataFrame) -> list[dict[str, object]]:
    """One object per day that has orders, in order of date.

    `orders` were created on that local day of the shop; of these, `evidence` and
    `needs_documents` are assessed as such. An order counts once, on the day of its first line.
    """
    flagged = assessed.drop_duplicates("order_id")
    flagged = flagged[flagged["assessment"].isin(["evidence", "needs_documents"])]
    verdicts = ibis.memtable(flagged[["order_id", "assessment"]].astype("str"))
    orders = _per_order(tables["orders"]).left_join(verdicts, "order_id")
    days = orders.group_by(date=orders.created_at.date()).aggregate(
        orders=orders.count(),
        evidence=(orders.assessment == "evidence").sum().fill_null(0),
        needs_documents=(orders.assessment == "needs_documents").sum().fill_null(0),
    )
    frame = days.filter(days.date.notnull()).order_by("date").to_pandas()
    return [{**row, "date": _day(row["date"])} for row in plain_rows(frame, _DAY_FIELDS)]


def _per_order(lines: Expression) -> Expression:
    return lines.group_by("order_id").aggregate(created_at=lines.created_at.min())


def _currencies(tables: Tables) -> list[str]:
    orders = tables["orders"]
    if "currency" not in orders.columns:
        return []
    found = orders.filter(orders.currency.notnull()).select("currency").distinct().to_pandas()
    return sorted(found["currency"])


def _day(value: object) -> str | None:
    return None if value is None else str(value)[:10]
