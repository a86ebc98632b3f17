"""A proposed group of contradictory parcels is found, an ordinary one is not."""

import json

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.proof_shop import (
    RING,
    Frames,
    looked_at,
    proposing,
    ring_waybills,
    shop_with_ring,
    with_parcels,
)
from workbench.detect.finding import Findings
from workbench.detect.fulfilment_contradiction import DETECTOR
from workbench.detect.light_parcels import DETECTOR as LIGHT


def mixed() -> Frames:
    """Of the ring's six parcels two are light, one did not move, one was refunded and kept."""
    orders = shop_with_ring(product_id=lambda n: "AB"[n % 2])
    frames = with_parcels(orders)
    ring = ring_waybills(orders).tolist()
    shipments, events = frames["shipments"], frames["shipment_events"]
    light = shipments.tracking_no.isin(ring[:2])
    bare = events.tracking_no.eq(ring[2]) & events.status.isin(["in_transit", "out_for_delivery"])
    return {
        "orders": orders,
        "shipments": shipments.assign(
            weighed_weight_g=shipments.weighed_weight_g.where(~light, 45)
        ),
        "shipment_events": events[~bare],
        "refunds": pd.DataFrame(
            {
                "order_id": ["X0003", "X0004", "S0001"],
                "refund_amount": ["10.00", "10.00", "3.00"],
                "tracking_no": [None, "BACK1", None],
            }
        ),
    }


def of_the_detector(found: Findings) -> pd.DataFrame:
    return found.rows[found.rows.detector == DETECTOR.name]


def test_all_kinds_are_counted_at_once(engine: BaseBackend):
    told = of_the_detector(looked_at(engine, mixed(), proposing(*RING), DETECTOR))
    assert set(told.order_id) == RING
    facts = json.loads(told.facts.iloc[0])
    assert facts["contradictions"] == {"kept_goods": 1, "light": 2, "unmoved": 1}
    assert (facts["flagged"], facts["known"], facts["tried2"]) == (4, 6, 1)
    # at least 4 of 6 at the floor of 0.002: 15 x 0.002^4
    assert facts["p2"] == pytest.approx(15 * 0.002**4, rel=0.01, abs=0)


def test_an_ordinary_group_is_not_found(engine: BaseBackend):
    ordinary = [f"S{n:04d}" for n in range(12)]
    assert of_the_detector(looked_at(engine, mixed(), proposing(*ordinary), DETECTOR)).empty


def test_groups_chosen_by_the_flag_do_not_surprise_it(engine: BaseBackend):
    frames = with_parcels(shop_with_ring())
    shipments = frames["shipments"]
    light = shipments.tracking_no.isin(ring_waybills(frames["orders"]))
    frames["shipments"] = shipments.assign(
        weighed_weight_g=shipments.weighed_weight_g.where(~light, 45)
    )
    assert of_the_detector(looked_at(engine, frames, LIGHT, DETECTOR)).empty
    assert len(of_the_detector(looked_at(engine, frames, LIGHT, proposing(*RING), DETECTOR))) == 6


def test_waybills_alone_still_tell_of_reuse(engine: BaseBackend):
    orders = shop_with_ring()
    orders["tracking_no"] = orders.tracking_no.where(~orders.order_id.isin(RING), "ONE")
    # of one parcel one order counts: a single parcel is no group
    found = looked_at(engine, {"orders": orders}, proposing(*RING), DETECTOR)
    assert of_the_detector(found).empty
    assert json.loads(found.runs.review.iloc[0])["kinds"] == ["reused"]


def test_nothing_proposed_or_no_waybills(engine: BaseBackend):
    frames = mixed()
    assert of_the_detector(looked_at(engine, frames, proposing(), DETECTOR)).empty
    bare = {"orders": frames["orders"].drop(columns="tracking_no")}
    assert looked_at(engine, bare, DETECTOR).runs.state.item() == "not_available"
