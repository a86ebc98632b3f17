"""Proposed groups of which too many orders were not sent as they say, whatever the contradiction.

Flag: a waybill of strangers, a parcel too light, signed too early, not moved, never collected, or
money refunded in full for goods that stayed with the buyer. Test: the group's share of such orders
against the shop's others (see workbench.detect.flagged); detection.md, section 5 #15.
"""

from __future__ import annotations

import functools

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.detect import (
    light_parcels,
    never_collected,
    signed_too_early,
    unmoved_parcels,
    waybill_reuse,
)
from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import More, Suspects, flag_shares, report
from workbench.detect.flagged import flagged
from workbench.detect.opening import on_trade
from workbench.detect.parcel_flags import Flags
from workbench.engine import Keep, keeping
from workbench.tables import Tables

__all__ = ["DETECTOR"]

NAME = "fulfilment_contradiction"
_SCANS = ("shipment_events.tracking_no", "shipment_events.occurred_at")


def kept_goods(tables: Tables) -> Table:
    """Sent orders, flagged when all money went back and no parcel did."""
    parcels, refunds = tables["parcels"], tables["refunds"]
    price = tables["trade"].group_by("order").aggregate(price=tables["trade"].amount.sum())
    back = refunds.group_by("order_id").aggregate(
        refunded=refunds.refund_amount.sum().cast("float64"),
        returned=refunds.tracking_no.nullif("").count(),
    )
    both = parcels.join(price, "order").left_join(back, "order_id").drop("order_id_right")
    flag = (both.refunded >= both.price) & (both.price > 0) & (both.returned == 0)
    return both.select(
        "order",
        "order_id",
        "item",
        "second",
        stratum=both.carrier,
        flag=flag.fill_null(False),
        unit=both.waybill,
    )


KINDS: dict[str, tuple[Flags, tuple[str, ...]]] = {
    "reused": (waybill_reuse.reused, ()),
    "light": (light_parcels.light, ("shipments.weighed_weight_g",)),
    "early": (signed_too_early.early, _SCANS),
    "unmoved": (unmoved_parcels.unmoved, _SCANS),
    "uncollected": (never_collected.uncollected, _SCANS),
    "kept_goods": (kept_goods, ("refunds.refund_amount", "refunds.tracking_no")),
}
_FINDERS = (
    waybill_reuse.NAME,
    light_parcels.NAME,
    signed_too_early.NAME,
    unmoved_parcels.NAME,
    never_collected.NAME,
)


def find(tables: Tables) -> pd.DataFrame:
    """Proposed groups with too many contradictory parcels; see docs/detectors.md."""
    if "candidates" not in tables or "parcels" not in tables:
        return no_findings(reviewed=0)
    with keeping(tables["trade"].get_backend()) as keep:
        kinds = _kinds(tables, keep)
        if not kinds:
            return no_findings(reviewed=0, reason="no_parcels")
        both = functools.reduce(
            lambda one, other: one.union(other),
            [rows.mutate(kind=ibis.literal(kind)) for kind, rows in kinds.items()],
        )
        alone = ["order", "order_id", "item", "second", "stratum", "unit"]
        known = flagged(both.group_by(alone).aggregate(flag=both.flag.any()), keep)
        found, reviewed = flag_shares(tables["candidates"], known, _FINDERS)
        facts = _facts(both.filter(both.flag).select("order_id", "kind"), found)
        return report(NAME, tables, found, facts, reviewed=reviewed, kinds=sorted(kinds))


def _kinds(tables: Tables, keep: Keep) -> dict[str, Table]:
    """The known flags of each kind that the shop's tables tell of."""
    kinds = {}
    for kind, (flags, needs) in KINDS.items():
        told = all(
            column in tables[table].columns if table in tables else False
            for table, column in (need.split(".") for need in needs)
        )
        rows = flags(tables) if told else None
        if rows is not None:
            kinds[kind] = keep(rows.filter(rows.flag.notnull()))
    return kinds


def _facts(flags: Table, found: list[Suspects]) -> More:
    """How many orders of the group have each kind of contradiction."""
    if not found:
        return lambda one: {}
    ids = pd.DataFrame({"order_id": sorted({order for one in found for order in one.orders})})
    wanted = ibis.memtable(ids.astype("object"), schema={"order_id": "string"})
    rows = flags.semi_join(wanted, "order_id").distinct().to_pandas()

    def facts(one: Suspects) -> dict[str, object]:
        own = rows[rows.order_id.isin(one.orders)].kind.value_counts()
        return {"contradictions": {kind: int(own[kind]) for kind in sorted(own.index)}}

    return facts


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        ("orders.tracking_no", "shipments.tracking_no"),
        ("orders.tracking_no", "shipments.order_id"),
    ),
    find=on_trade(find, buyers=False),
    stage="test",
)
