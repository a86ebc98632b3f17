"""One waybill of strangers is found; merged parcels, typing errors and reissued numbers are not."""

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import facts_of
from tests.detect.proof_shop import RING, looked_at, shop_with_ring
from workbench.detect.waybill_reuse import DETECTOR


def one_waybill(orders: pd.DataFrame, chosen: set[str] = RING) -> pd.DataFrame:
    shared = orders.order_id.isin(chosen)
    return orders.assign(tracking_no=orders.tracking_no.where(~shared, "YH999"))


def found(engine: BaseBackend, orders: pd.DataFrame):
    return looked_at(engine, {"orders": orders}, DETECTOR)


def test_six_strangers_on_one_waybill(engine: BaseBackend):
    told = found(engine, one_waybill(shop_with_ring()))
    assert set(told.rows.order_id) == RING
    (facts,) = facts_of(told)
    assert (facts["waybills"], facts["orders_per_waybill"]) == (1, 6.0)
    # the first of them could be anybody's, five more share it by chance
    assert facts["p2"] == pytest.approx(0.002**5, rel=1e-5, abs=0)
    assert facts["tried2"] == 6 * 2


@pytest.mark.parametrize(
    "columns",
    [
        {"buyer_id": "one", "phone": "one"},
        {"address": "9000 Other Road"},
        {"created_at": [pd.Timestamp("2025-03-09") + pd.Timedelta(days=50 * n) for n in range(6)]},
    ],
    ids=["one buyer", "one place", "issued again"],
)
def test_ordinary_reasons_to_share(engine: BaseBackend, columns: dict):
    assert found(engine, one_waybill(shop_with_ring(**columns))).rows.empty


def test_two_mistyped_numbers_are_no_group(engine: BaseBackend):
    assert found(engine, one_waybill(shop_with_ring(), {"X0000", "X0001"})).rows.empty


def test_pairs_that_crowd_on_one_item(engine: BaseBackend):
    orders = shop_with_ring(ring=8)
    ring = orders.order_id.str.startswith("X")
    pairs = [f"P{n // 2}" for n in range(len(orders))]
    told = found(engine, orders.assign(tracking_no=orders.tracking_no.where(~ring, pairs)))
    # of the two orders of a parcel one counts
    assert sorted(told.rows.order_id) == ["X0000", "X0002", "X0004", "X0006"]


def test_without_buyers_or_places_it_cannot_know(engine: BaseBackend):
    orders = one_waybill(shop_with_ring()).drop(
        columns=["buyer_id", "buyer_account", "phone", "address"]
    )
    assert found(engine, orders).runs.state.item() == "not_available"
