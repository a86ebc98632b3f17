"""One waybill on the orders of different people.

Flag: the waybill stands on orders of two buyers or more at two places or more (red flags L1,
K5). One buyer's orders, or orders to one place, packed into one parcel are ordinary; a number that
comes back after months was issued again by the carrier. Test: orders of one waybill, or an item's
orders in time, are flagged far beyond the usual of the shop, where clerks mistype (see
workbench.detect.flagged).
"""

from __future__ import annotations

import ibis
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import REISSUE_DAYS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.flag_groups import More, Suspects, crowded, dearer, linked, report
from workbench.detect.flagged import flagged
from workbench.detect.opening import on_trade
from workbench.detect.parcel_flags import as_flags
from workbench.detect.shop import DAY
from workbench.engine import keeping
from workbench.tables import Tables

__all__ = ["DETECTOR", "reused"]

NAME = "waybill_reuse"
PEOPLE = ("buyer", "address")


def reused(tables: Tables) -> Table | None:
    """Orders with a waybill, flagged when strangers share it.

    Unknown for a waybill whose orders lie so far apart that the carrier may have issued its
    number again. None where neither buyers nor places are known.
    """
    parcels = tables["parcels"]
    told = [name for name in PEOPLE if name in parcels.columns]
    if not told:
        return None
    shared = parcels.filter(parcels.waybill_orders > 1)
    strangers = shared.group_by("waybill").aggregate(
        people=ibis.least(*(shared[name].nunique() for name in told)),
        days=(shared.second.max() - shared.second.min()) / DAY,
    )
    both = parcels.left_join(strangers, "waybill").drop("waybill_right")
    flag = ibis.ifelse(
        both.people.fill_null(0) < 2,
        ibis.literal(False),
        ibis.ifelse(both.days > REISSUE_DAYS, ibis.null("boolean"), ibis.literal(True)),
    )
    return as_flags(both, flag)


def find(tables: Tables) -> pd.DataFrame:
    """Waybills and runs of orders with waybills of strangers; see docs/detectors.md."""
    rows = reused(tables) if "parcels" in tables else None
    if rows is None:
        return no_findings(reviewed=0, reason="no_parcels")
    with keeping(tables["trade"].get_backend()) as keep:
        by_order = flagged(rows.drop("unit"), keep)
        shared = rows.filter(rows.flag).to_pandas()
        if shared.empty:
            return no_findings(reviewed=by_order.usual.orders)
        shared["day"] = shared.second // int(DAY)
        found = linked(by_order, shared.sort_values(["second", "order_id"]), "unit")
        found += crowded(flagged(rows, keep))
        # By waybill, and by item in time.
        found = [one for one in (dearer(one, 2) for one in found) if one]
        return report(NAME, tables, found, _facts(shared), reviewed=by_order.usual.orders)


def _facts(shared: pd.DataFrame) -> More:
    waybills = shared.drop_duplicates("order_id").set_index("order_id").unit

    def facts(one: Suspects) -> dict[str, object]:
        own = waybills[waybills.index.isin(one.orders)]
        return {"waybills": int(own.nunique()), "orders_per_waybill": len(own) / own.nunique()}

    return facts


DETECTOR = Detector(
    name=NAME,
    family="proof",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        ("orders.tracking_no", "shipments.tracking_no"),
        ("orders.tracking_no", "shipments.order_id"),
        ("orders.buyer_id", "orders.buyer_account", "orders.phone", "orders.address"),
    ),
    find=on_trade(find, buyers=False),
)
