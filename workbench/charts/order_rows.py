"""One row per order with its assessment: what every chart counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
from ibis.expr.types import Table as Expression

from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["ASSESSMENTS", "order_rows"]

ASSESSMENTS = ("evidence", "needs_documents", "none")
"""The worst first, which is also the order in which charts stack them from the axis up."""

# Canonical column → how its lines become one value of the order.
_FIRST = ("status", "buyer_id", "currency", "phone", "address", "device", "buyer_account")
_SUMS = ("paid_amount", "refund_amount")


def order_rows(tables: Tables, assessment: Assessment) -> Expression:
    """One row per order: order_id, created_at, assessment, group_id and what the shop provides.

    An order is dated by its first line; amounts are summed over its lines; of text columns
    (status, buyer_id, currency, phone, address, device, buyer_account) the first value in
    alphabetical order stands. Columns that the shop's files lack are absent. An order that
    screening did not see counts as `none`.
    """
    orders = tables["orders"]
    values = {"created_at": orders.created_at.min()}
    values |= {name: orders[name].min() for name in _FIRST if name in orders.columns}
    values |= {name: orders[name].sum() for name in _SUMS if name in orders.columns}
    rows = orders.group_by("order_id").agg(**values)
    verdicts = ibis.memtable(
        assessment.orders[["order_id", "assessment", "group_id"]].astype("string"),
        schema={"order_id": "string", "assessment": "string", "group_id": "string"},
    )
    joined = rows.left_join(verdicts, "order_id").drop("order_id_right")
    return joined.mutate(assessment=joined.assessment.fill_null("none"))
