"""Never collected, signed too early, not moved: found in a ring, not in the shop's own mishaps."""

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import facts_of
from tests.detect.proof_shop import (
    HOUR,
    RING,
    Frames,
    looked_at,
    ring_waybills,
    shop_with_ring,
    with_parcels,
)
from workbench.detect import never_collected, signed_too_early, unmoved_parcels

UNCOLLECTED, EARLY, UNMOVED = (
    module.DETECTOR for module in (never_collected, signed_too_early, unmoved_parcels)
)


def shop(**columns: object) -> Frames:
    return with_parcels(shop_with_ring(**columns))


def without(frames: Frames, waybills: pd.Series, *statuses: str) -> Frames:
    """The frames with the scans of these waybills (of these statuses) left out."""
    events = frames["shipment_events"]
    gone = events.tracking_no.isin(waybills)
    if statuses:
        gone &= events.status.isin(statuses)
    return frames | {"shipment_events": events[~gone]}


def signed(frames: Frames, waybills: pd.Series, **columns: object) -> Frames:
    """The frames with the signatures of these waybills changed."""
    events = frames["shipment_events"].copy()
    own = events.tracking_no.isin(waybills) & (events.status == "signed")
    for name, value in columns.items():
        changed = value(events.loc[own]) if callable(value) else value
        events.loc[own, name] = changed
    return frames | {"shipment_events": events}


def test_never_collected(engine: BaseBackend):
    frames = shop()
    told = looked_at(engine, without(frames, ring_waybills(frames["orders"])), UNCOLLECTED)
    assert set(told.rows.order_id) == RING
    (facts,) = facts_of(told)
    assert facts["flagged"] == facts["known"] == 6
    assert facts["p2"] == pytest.approx((0.002 / 0.5) ** 6, rel=1e-5, abs=0)


def test_late_is_not_collected_in_time(engine: BaseBackend):
    frames = shop()
    events = frames["shipment_events"].copy()
    own = events.tracking_no.isin(ring_waybills(frames["orders"])) & (events.status == "collected")
    events.loc[own, "occurred_at"] += 47 * HOUR  # an hour after sending and 47 more
    frames["shipment_events"] = events
    assert looked_at(engine, frames, UNCOLLECTED).rows.empty
    events.loc[own, "occurred_at"] += 2 * HOUR
    assert set(looked_at(engine, frames, UNCOLLECTED).rows.order_id) == RING


def test_weeks_without_an_export_accuse_nobody(engine: BaseBackend):
    frames = shop()
    orders = frames["orders"]
    exported = orders.created_at < pd.Timestamp("2025-03-08")  # the ring is of 9 March
    assert looked_at(engine, without(frames, orders.tracking_no[~exported]), UNCOLLECTED).rows.empty
    some = orders.tracking_no[orders.index % 3 > 0]  # a third of the parcels was exported
    assert looked_at(engine, without(frames, some), UNCOLLECTED).rows.empty


def test_a_carrier_s_bad_week_accuses_no_item(engine: BaseBackend):
    frames = shop()
    orders = frames["orders"]
    bad = orders.created_at.between("2025-03-09", "2025-03-11") & (orders.index % 5 < 2)
    waybills = pd.concat([orders.tracking_no[bad], ring_waybills(orders)[:3]])
    assert looked_at(engine, without(frames, waybills, "collected"), UNCOLLECTED).rows.empty


def test_cancelled_orders_need_no_collection(engine: BaseBackend):
    frames = shop(status="closed")
    told = looked_at(engine, without(frames, ring_waybills(frames["orders"])), UNCOLLECTED)
    assert told.rows.empty


def test_signed_sooner_than_the_route_takes(engine: BaseBackend):
    frames = shop()
    ring = ring_waybills(frames["orders"])
    told = signed(frames, ring, occurred_at=lambda e: e.occurred_at - 38 * HOUR)
    assert set(looked_at(engine, told, EARLY).rows.order_id) == RING
    # of 48 to 52 hours the quartiles are 49 and 51: the fence is 49 x (49/51)^1.5 = 46.1
    told = signed(frames, ring, occurred_at=lambda e: e.occurred_at - 1 * HOUR)
    assert looked_at(engine, told, EARLY).rows.empty


def test_sent_before_there_was_an_order(engine: BaseBackend):
    frames = shop()
    own = frames["shipment_events"].tracking_no.isin(ring_waybills(frames["orders"]))
    events = frames["shipment_events"].copy()
    events.loc[own, "occurred_at"] -= 12 * HOUR
    found = looked_at(engine, frames | {"shipment_events": events}, EARLY)
    assert set(found.rows.order_id) == RING
    # a clock that is wrong for all of the carrier is nobody's deed
    events = frames["shipment_events"].assign(
        occurred_at=frames["shipment_events"].occurred_at - 12 * HOUR
    )
    assert looked_at(engine, frames | {"shipment_events": events}, EARLY).rows.empty


def test_nothing_between_collection_and_signature(engine: BaseBackend):
    frames = shop()
    ring = ring_waybills(frames["orders"])
    bare = without(frames, ring, "in_transit", "out_for_delivery")
    assert set(looked_at(engine, bare, UNMOVED).rows.order_id) == RING
    every = without(frames, frames["orders"].tracking_no, "in_transit", "out_for_delivery")
    assert looked_at(engine, every, UNMOVED).rows.empty
    local = {"shipments": bare["shipments"].assign(sender_city="杭州")}
    assert looked_at(engine, bare | local, UNMOVED).rows.empty


def test_signed_in_another_city(engine: BaseBackend):
    frames = shop()
    ring = ring_waybills(frames["orders"])
    assert (
        set(looked_at(engine, signed(frames, ring, place="洛阳市"), UNMOVED).rows.order_id) == RING
    )
    assert looked_at(engine, signed(frames, ring, place=None), UNMOVED).rows.empty
    assert looked_at(engine, signed(frames, ring, place="【杭州】西湖站"), UNMOVED).rows.empty


def test_without_scans_they_say_so(engine: BaseBackend):
    frames = shop()
    del frames["shipment_events"]
    runs = looked_at(engine, frames, UNCOLLECTED, EARLY, UNMOVED).runs
    assert set(runs.state) == {"not_available"}
    assert all("shipment_events.tracking_no" in needs for needs in runs.needs)
