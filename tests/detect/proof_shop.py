"""The regular shop with parcels, scans and six orders of a ring, for the detectors of proof."""

from __future__ import annotations

import pandas as pd
from ibis.backends import BaseBackend

from tests.detect.conftest import extra, regular_shop
from workbench.detect import Detector, Findings, no_findings, run_detectors
from workbench.detect.group import Group, findings
from workbench.tables import memory_tables

HOUR = pd.Timedelta(hours=1)
RING = {f"X{n:04d}" for n in range(6)}
Frames = dict[str, pd.DataFrame]


def looked_at(engine: BaseBackend, frames: Frames, *chosen: Detector) -> Findings:
    """What the detectors find in the frames."""
    return run_detectors(memory_tables(engine, frames), chosen)


def shop_with_ring(orders: int = 400, ring: int = 6, **columns: object) -> pd.DataFrame:
    """The regular shop and a ring: one order of item A a minute, from hour 200 on."""
    rows = pd.concat([regular_shop(orders), extra(ring, **columns)], ignore_index=True)
    rows["buyer_account"] = "pays " + rows.buyer_id
    rows["tracking_no"] = [f"YH{n:06d}" for n in range(len(rows))]
    rows["shipped_at"] = rows.created_at + 10 * HOUR
    rows["city"] = "杭州市"
    return rows


def with_parcels(orders: pd.DataFrame) -> Frames:
    """Orders, a parcel of 500 to 560 g for each, and four scans on its way of two days.

    Sent ten hours after the order, collected an hour later, moving from six hours on, signed for
    48 to 52 hours after collection in the buyer's city.
    """
    sent = orders.shipped_at
    step = pd.Series(range(len(orders)), index=orders.index)
    shipments = pd.DataFrame(
        {
            "tracking_no": orders.tracking_no,
            "order_id": orders.order_id,
            "carrier": "Swift",
            "shipped_at": sent,
            "weighed_weight_g": 500 + step % 7 * 10,
            "sender_city": "嘉兴市",
            "receiver_city": "杭州市",
        }
    )
    signed = sent + (49 + step % 5) * HOUR
    scans = [
        ("collected", sent + HOUR, "嘉兴市"),
        ("in_transit", sent + 6 * HOUR, "嘉兴市"),
        ("out_for_delivery", signed - 2 * HOUR, "杭州市"),
        ("signed", signed, "杭州市"),
    ]
    events = pd.concat(
        [
            pd.DataFrame(
                {
                    "tracking_no": orders.tracking_no,
                    "occurred_at": at,
                    "status": status,
                    "place": place,
                }
            )
            for status, at, place in scans
        ],
        ignore_index=True,
    )
    return {"orders": orders, "shipments": shipments, "shipment_events": events}


def ring_waybills(orders: pd.DataFrame) -> pd.Series:
    """The waybills of the ring's orders."""
    return orders.tracking_no[orders.order_id.isin(RING)]


def proposing(*orders: str) -> Detector:
    """A detector of another family that proposes one group."""

    def find(_tables: object) -> pd.DataFrame:
        if not orders:
            return no_findings()
        at = pd.Timestamp("2025-03-09")
        return findings("proposed", [Group(orders, "orders", 1.0, 1.0, 0.5, at, at, {})])

    return Detector(name="proposed", family="identity", needs=(), find=find)
