"""What the detectors of proof report is what is documented, and bad input makes them quiet."""

import json
from collections.abc import Iterator

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect import test_beyond_stock, test_beyond_traffic
from tests.detect.conftest import documented_facts
from tests.detect.proof_shop import (
    HOUR,
    RING,
    Frames,
    looked_at,
    proposing,
    ring_waybills,
    shop_with_ring,
    with_parcels,
)
from tests.detect.test_money_back import paid_out, ring_of
from tests.detect.test_registry import OF_OTHER_TABLES
from workbench.detect import detectors

PROOF = [detector for detector in detectors() if detector.name in OF_OTHER_TABLES]


def everything() -> Iterator[Frames]:
    """Shops in which the ring is found by each detector of proof."""
    orders = shop_with_ring()
    frames = with_parcels(orders)
    ring = ring_waybills(orders)
    shipments, events = frames["shipments"], frames["shipment_events"].copy()
    light = shipments.weighed_weight_g.where(~shipments.tracking_no.isin(ring), 45)
    of_ring = events.tracking_no.isin(ring)
    events.loc[of_ring & (events.status == "signed"), "occurred_at"] -= 38 * HOUR
    bare = of_ring & events.status.isin(["in_transit", "out_for_delivery"])
    yield {
        "orders": orders,
        "shipments": shipments.assign(weighed_weight_g=light),
        "shipment_events": events[~bare],
        "payments": paid_out(ring_of(orders)),
        "staff": pd.DataFrame({"buyer_id": [f"x{n}" for n in range(6)]}),
    }
    yield frames | {"shipment_events": events[~of_ring]}
    yield {"orders": orders.assign(tracking_no=orders.tracking_no.where(~ring_rows(orders), "ONE"))}
    yield test_beyond_stock.shop()
    yield test_beyond_traffic.shop()


def ring_rows(orders: pd.DataFrame) -> pd.Series:
    return orders.order_id.isin(RING)


def test_every_fact_is_documented_and_every_documented_fact_is_there(engine: BaseBackend):
    listed, seen = documented_facts(), set()
    for frames in everything():
        rows = looked_at(engine, frames, proposing(*RING), *PROOF).rows
        for detector, own in rows[rows.detector != "proposed"].groupby("detector"):
            facts = json.loads(own.facts.iloc[0])
            assert set(facts) == listed["All detectors"] | listed[str(detector)], detector
            seen.add(detector)
    assert seen == set(OF_OTHER_TABLES)


def same(**columns: object) -> Frames:
    """The shop of the ring with a column the same in all rows."""
    frames = next(everything())
    return frames | {"orders": frames["orders"].assign(**columns)}


@pytest.mark.parametrize(
    "frames",
    [
        same(created_at=pd.Timestamp("2025-03-09")),
        same(created_at=lambda t: t.created_at.dt.normalize()),
        same(buyer_id="one", buyer_account="one", phone="one"),
        same(product_id="one", paid_amount="-1"),
        same(order_id="one"),
        same(order_id=None),
        same(tracking_no=None, product_id=None),
        {name: frame.iloc[:30] for name, frame in next(everything()).items()},
        {name: frame.iloc[:0] for name, frame in next(everything()).items()},
    ],
    ids=[
        "all at one time", "day only", "one buyer", "one item, negative", "one order",
        "no order ids", "no waybills, no items", "thirty orders", "nothing",
    ],
)  # fmt: skip
def test_bad_input_gives_an_answer(engine: BaseBackend, frames: Frames):
    runs = looked_at(engine, frames, *PROOF).runs
    assert set(runs.state) <= {"ran", "found_nothing", "not_available"}
    assert len(runs) == len(PROOF)
    few = len(frames["orders"]) <= 30 or frames["orders"].order_id.nunique() <= 1
    assert not (few and (runs.state == "ran").any())
