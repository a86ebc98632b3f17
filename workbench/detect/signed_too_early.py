"""Parcels signed for sooner than the route allows, or sent before there was an order.

Flag: from collection (or sending) to signature in less time than the low end of its route (city
of sender and receiver; red flags L3; logarithms of the time, see workbench.detect.low_end); or
sent, collected or signed before the order was placed (L11). Test:
such parcels crowd among an item's parcels, far beyond the usual of their carrier, whose clock may
be wrong (see workbench.detect.flagged).
"""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from workbench.detect.low_end import with_low_end
from workbench.detect.parcel_flags import as_flags, parcel_detector
from workbench.tables import Tables

__all__ = ["DETECTOR", "early"]

NAME = "signed_too_early"


def early(tables: Tables) -> Table:
    """Signed parcels, flagged when the times of their way cannot be.

    Unknown on routes with too few parcels, unless something came before the order.
    """
    parcels = tables["parcels"]
    signed = parcels.filter(parcels.signed.notnull())
    began = ibis.coalesce(signed.collected, signed.sent)
    signed = signed.mutate(
        log_took=(signed.signed - began).cast("float64").nullif(0.0).abs().ln(),
        impossible=(signed.signed < signed.second)
        | (began < signed.second).fill_null(False)
        | (signed.signed < began).fill_null(False),
    )
    travelled = signed.filter(~signed.impossible, signed.log_took.notnull(), signed.receiver != "")
    both = with_low_end(signed, travelled, ["sender", "receiver"], "log_took")
    fast = ibis.ifelse(both.least.notnull(), both.log_took < both.least, ibis.null("boolean"))
    return as_flags(both, ibis.ifelse(both.impossible, ibis.literal(True), fast))


DETECTOR = parcel_detector(
    NAME,
    early,
    ("shipment_events.tracking_no", "shipment_events.occurred_at"),
    (
        ("orders.tracking_no", "shipments.order_id"),
        ("shipment_events.status", "shipment_events.text"),
    ),
)
