"""Parcels that weigh less than one piece of their item ever does: empty ones, or trinkets.

Flag: weighed below the low end of the item's own single pieces (red flags L5; see
workbench.detect.low_end). Parcels of more pieces are held to the weight of one. Test: such
parcels crowd among an item's parcels (see workbench.detect.flagged).
"""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from workbench.detect.low_end import with_low_end
from workbench.detect.parcel_flags import as_flags, parcel_detector
from workbench.tables import Tables

__all__ = ["DETECTOR", "light"]

NAME = "light_parcels"


def light(tables: Tables) -> Table:
    """Parcels of one kind of item, flagged when they are too light for a single piece of it.

    Unknown for items with too few weighed single pieces, and for those so light that nothing
    could be lighter.
    """
    parcels = tables["parcels"]
    weighed = parcels.filter(
        parcels.grams.notnull(),
        parcels["items"] == 1,
        parcels.order_waybills == 1,
        parcels.waybill_orders == 1,
    )
    single = weighed.filter(weighed.pieces.fill_null(1.0) == 1)
    both = with_low_end(weighed, single, ["item"], "grams")
    known = both.least.notnull() & (both.least > 0)
    return as_flags(both, ibis.ifelse(known, both.grams < both.least, ibis.null("boolean")))


DETECTOR = parcel_detector(
    NAME,
    light,
    ("shipments.tracking_no", "shipments.weighed_weight_g"),
    (("orders.tracking_no", "shipments.order_id"),),
)
