"""Orders said to be sent whose waybill no carrier ever collected.

Flag: no collection scan within two days of sending (red flags L2). Only where scans were exported
at all: the carrier has scans of most of its parcels sent in the days before and in the days after.
Test: such orders crowd among an item's orders, far beyond the usual of their carrier (see
workbench.detect.flagged).
"""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import COLLECT_HOURS, COVERED_DAYS, COVERED_SHARE
from workbench.detect.parcel_flags import as_flags, parcel_detector
from workbench.detect.shop import DAY
from workbench.tables import Tables

__all__ = ["DETECTOR", "uncollected"]

NAME = "never_collected"
HOUR = 3600


def uncollected(tables: Tables) -> Table | None:
    """Parcels sent while scans were exported, flagged when none of them is a collection."""
    parcels = tables["parcels"]
    sent = parcels.filter(parcels.sent.notnull(), parcels.status != "closed")
    sent = sent.mutate(day=(sent.sent / DAY).floor().cast("int64"))
    counts = sent.group_by(["carrier", "day"]).aggregate(
        parcels=sent.count(), scanned=(sent.scans > 0).cast("int64").sum()
    )
    last = sent.aggregate(last=sent.collected.max()).to_pandas()["last"].iloc[0]
    if pd.isna(last):
        return None
    covered = _covered(counts.to_pandas())
    days = ibis.memtable(covered, schema={"carrier": "string", "day": "int64"})
    seen = sent.semi_join(days, ["carrier", "day"])
    due = seen.filter(seen.sent + COLLECT_HOURS * HOUR <= int(last))
    late = due.collected > due.sent + COLLECT_HOURS * HOUR
    return as_flags(due, due.collected.isnull() | late.fill_null(False))


def _covered(counts: pd.DataFrame) -> pd.DataFrame:
    """Carriers and days with scans of most parcels sent in the days before, and after."""
    kept = [pd.DataFrame({"carrier": pd.Series(dtype="object"), "day": pd.Series(dtype="int64")})]
    for carrier, own in counts.sort_values("day").groupby("carrier"):
        days = own.day.to_numpy("int64")
        totals = {
            name: np.concatenate([[0], np.cumsum(own[name].to_numpy("int64"))])
            for name in ("parcels", "scanned")
        }
        here = np.ones(len(days), dtype=bool)
        for before, after in ((COVERED_DAYS, 0), (0, COVERED_DAYS)):
            first = np.searchsorted(days, days - before, side="left")
            end = np.searchsorted(days, days + after, side="right")
            sent, scanned = (totals[name][end] - totals[name][first] for name in totals)
            here &= scanned >= COVERED_SHARE * sent
        kept.append(pd.DataFrame({"carrier": str(carrier), "day": days[here]}))
    return pd.concat(kept, ignore_index=True).astype({"carrier": "object", "day": "int64"})


DETECTOR = parcel_detector(
    NAME,
    uncollected,
    ("shipment_events.tracking_no", "shipment_events.occurred_at"),
    (
        ("orders.tracking_no", "shipments.order_id"),
        ("shipment_events.status", "shipment_events.text"),
        ("orders.shipped_at", "shipments.shipped_at"),
    ),
)
