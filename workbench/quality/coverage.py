"""Whether the other tables tell of the time that the orders tell of."""

from __future__ import annotations

from datetime import datetime

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.language import words
from workbench.quality.bounds import first_plausible_day
from workbench.quality.headings import share_text, table_word
from workbench.quality.values import moment_of
from workbench.rows import each
from workbench.tables import Tables

__all__ = ["coverage_data", "coverage_table"]

_SPANNED = ["refunds", "shipments", "shipment_events", "reviews", "messages", "payments"]
_SPANNED += ["traffic", "purchases"]
_LITTLE = 0.95


def coverage_data(tables: Tables, now: datetime) -> pd.DataFrame:
    """The span of each table of events against that of the orders.

    Columns: table, rows, first, last (times of its rows), orders_inside (share of the orders that
    were placed between first and last), orders_named (share of the orders that at least one row
    names by order or waybill number; missing where rows name none), state: covers (at least 95 %
    of the orders inside), partly, apart (none inside), no_time.
    """
    columns = ["table", "rows", "first", "last", "orders_inside", "orders_named", "state"]
    if "orders" not in tables:
        return pd.DataFrame(columns=columns)
    orders = tables["orders"]
    since = first_plausible_day(orders, now)
    placed = orders.filter((orders.created_at >= since) & (orders.created_at <= now))
    total = int(placed.order_id.nunique().to_pyarrow().as_py() or 0)
    rows = [
        _one(name, tables[name], tables, placed, total)
        for name in ["orders", *_SPANNED]
        if name in tables
    ]
    return pd.DataFrame(rows, columns=columns)


def coverage_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The spans as a reader sees them."""
    say = words("quality", language)
    states = {
        "covers": say("covers the orders' time"),
        "partly": say("covers only a part of the orders' time"),
        "apart": say("tells of another time than the orders"),
        "no_time": say("has no times"),
    }
    records = [
        {
            say("Table"): table_word(row.table, language),
            say("Rows"): row.rows,
            say("From"): "" if pd.isna(row.first) else f"{row.first:%Y-%m-%d}",
            say("To"): "" if pd.isna(row.last) else f"{row.last:%Y-%m-%d}",
            say("Orders placed in that time"): share_text(row.orders_inside),
            say("Orders it names"): (
                "" if pd.isna(row.orders_named) else share_text(row.orders_named)
            ),
            say("State"): states[row.state],
        }
        for row in each(rows)
    ]
    return pd.DataFrame(records)


def _one(name: str, table: Table, tables: Tables, placed: Table, total: int) -> dict[str, object]:
    moment = moment_of(name, table)
    timed = placed if name == "orders" else table
    when = None if moment is None else timed[moment].cast("timestamp")
    ends = timed.aggregate(
        rows=timed.count(),
        first=ibis.null("timestamp") if when is None else when.min(),
        last=ibis.null("timestamp") if when is None else when.max(),
    ).to_pandas()
    first, last = (pd.Timestamp(ends[one].iloc[0]) for one in ("first", "last"))
    inside = 0.0
    if total and not pd.isna(first):
        # A scan or review comes after its order: the order's day may lie before the first of them.
        last_day = last.normalize() + pd.Timedelta(days=1)
        within = placed.filter(
            (placed.created_at >= first.normalize()) & (placed.created_at < last_day)
        )
        inside = int(within.order_id.nunique().to_pyarrow().as_py()) / total
    state = "covers" if inside >= _LITTLE else "partly" if inside > 0 else "apart"
    return {
        "table": name,
        "rows": int(ends.rows.iloc[0]),
        "first": first,
        "last": last,
        "orders_inside": inside,
        "orders_named": _named(name, table, tables, placed, total),
        "state": "no_time" if pd.isna(first) else state,
    }


def _named(name: str, table: Table, tables: Tables, placed: Table, total: int) -> float:
    """Share of the orders that a row of the table names; NaN where no row names any."""
    if name == "orders" or not total:
        return float("nan")
    if "order_id" in table.columns:
        ids = table.select("order_id")
    elif "tracking_no" in table.columns:
        pairs = [
            other.select("tracking_no", "order_id")
            for other in (tables.get("shipments"), tables["orders"])
            if other is not None and {"tracking_no", "order_id"} <= set(other.columns)
        ]
        if not pairs:
            return float("nan")
        both = ibis.union(*pairs) if len(pairs) > 1 else pairs[0]
        ids = both.semi_join(table.filter(table.tracking_no != ""), "tracking_no").select(
            "order_id"
        )
    else:
        return float("nan")
    named = placed.semi_join(ids, "order_id").order_id.nunique().to_pyarrow().as_py()
    return int(named or 0) / total
