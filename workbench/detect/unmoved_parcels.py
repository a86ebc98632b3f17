"""Parcels that were collected and signed for without a way between, or in another city.

Waybills can be bought: their scans belong to a parcel that went elsewhere, or to none (red flags
L4, K5). Test: such parcels crowd among an item's parcels, far beyond the usual of their carrier;
small carriers scan little (see workbench.detect.flagged).
"""

from __future__ import annotations

from ibis.expr.types import Table

from workbench.detect.parcel_flags import as_flags, parcel_detector
from workbench.tables import Tables

__all__ = ["DETECTOR", "unmoved"]

NAME = "unmoved_parcels"


def unmoved(tables: Tables) -> Table:
    """Signed parcels, flagged when nothing lies between, or when another city signed."""
    parcels = tables["parcels"]
    signed = parcels.filter(parcels.signed.notnull(), parcels.collected.notnull())
    far = (signed.sender != signed.receiver) | (signed.receiver == "")
    bare = far & ~signed.moved.fill_null(False)
    told = (signed.receiver != "") & (signed.signed_at != "")
    return as_flags(signed, bare | (told & ~signed.signed_at.contains(signed.receiver)))


DETECTOR = parcel_detector(
    NAME,
    unmoved,
    ("shipment_events.tracking_no", "shipment_events.occurred_at"),
    (
        ("orders.tracking_no", "shipments.order_id"),
        ("shipment_events.status", "shipment_events.text"),
    ),
)
