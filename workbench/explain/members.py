"""The order lines of the groups, and the few figures of the shop that several steps need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import ibis
import pandas as pd
from ibis.expr.types import Table as Expression

from workbench.detect.text_values import text_hash
from workbench.engine import once_per_table
from workbench.tables import Tables

__all__ = ["Period", "member_lines", "others", "period", "top_items"]

_READ = (
    *("order_id", "created_at", "paid_at", "shipped_at", "status", "product_id", "quantity"),
    *("unit_price", "paid_amount", "discount_amount", "refund_amount", "influencer_id"),
    *("buyer_id", "buyer_account", "phone", "address", "city", "device", "ip"),
)
_NUMBERS = ("paid_amount", "unit_price", "quantity")


@dataclass(frozen=True)
class Period:
    """How many orders there are, and between which times."""

    orders: int
    start: pd.Timestamp
    end: pd.Timestamp

    @property
    def days(self) -> float:
        """Length in days."""
        return (self.end - self.start) / pd.Timedelta(days=1)


def period(tables: Tables) -> Period:
    """Number of distinct orders, and the time of the first and the last one."""
    return _period(tables["orders"])


@once_per_table
def _period(orders: Expression) -> Period:
    row = orders.aggregate(
        orders=text_hash(orders.order_id).nunique(),
        start=orders.created_at.min(),
        end=orders.created_at.max(),
    ).to_pandas()
    return Period(int(row.orders[0]), pd.Timestamp(row.start[0]), pd.Timestamp(row.end[0]))


def member_lines(tables: Tables, order_ids: Iterable[str]) -> pd.DataFrame:
    """The order lines of `order_ids` (columns _READ), amounts as numbers, in a fixed order."""
    orders = tables["orders"]
    known = _among(orders.select(*(c for c in _READ if c in orders.columns)), order_ids)
    amounts = [c for c in known.columns if c in _NUMBERS or known[c].type().is_decimal()]
    # By way of Arrow: ibis' own way takes each decimal and each gap through a Python object.
    lines = known.mutate(**{c: known[c].cast("float64") for c in amounts}).to_pyarrow().to_pandas()
    if "product_id" in lines:
        lines["product_id"] = lines.product_id.fillna("")
    by = [c for c in ("created_at", "order_id", "product_id", "paid_amount") if c in lines]
    return lines.sort_values(by, kind="stable").reset_index(drop=True)


def others(tables: Tables, members: pd.DataFrame) -> Expression:
    """The shop's order lines outside every group: what its ordinary trade looks like."""
    return tables["orders"].anti_join(_ids(members.order_id), "order_id")


def top_items(lines: pd.DataFrame) -> pd.DataFrame:
    """Per group, the item most of its lines are of; the smaller id where two are level.

    `lines` have `group` and `product_id`; gives `item` and its `share` of the lines, by group.
    """
    counts = lines.groupby(["group", "product_id"]).size().rename("lines").reset_index()
    first = counts.sort_values(["group", "lines", "product_id"], ascending=[True, False, True])
    top = first.drop_duplicates("group").set_index("group")
    return pd.DataFrame(
        {"item": top.product_id, "share": top.lines / lines.groupby("group").size()}
    )


def _among(orders: Expression, order_ids: Iterable[str]) -> Expression:
    return orders.semi_join(_ids(order_ids), "order_id")


def _ids(order_ids: Iterable[str]) -> Expression:
    unique = pd.DataFrame({"order_id": pd.Series(sorted(set(order_ids)), dtype="str")})
    return ibis.memtable(unique, schema={"order_id": "string"})
