"""Parcels lighter than their item are found; light items and heavy parcels are not."""

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import facts_of
from tests.detect.proof_shop import RING, Frames, looked_at, shop_with_ring, with_parcels
from workbench.detect.light_parcels import DETECTOR


def weighed(grams: float, of: object = "ring", **columns: object) -> Frames:
    orders = shop_with_ring(**columns)
    frames = with_parcels(orders)
    chosen = orders.order_id.isin(RING) if of == "ring" else orders.index % 3 == 0
    shipments = frames["shipments"]
    frames["shipments"] = shipments.assign(
        weighed_weight_g=shipments.weighed_weight_g.where(~chosen, grams)
    )
    return frames


def test_empty_parcels_of_an_item(engine: BaseBackend):
    told = looked_at(engine, weighed(45), DETECTOR)
    assert set(told.rows.order_id) == RING
    (facts,) = facts_of(told)
    assert (facts["flagged"], facts["known"], facts["usual_rate"]) == (6, 6, 0.002)
    assert facts["p2"] == pytest.approx((0.002 / 0.5) ** 6, rel=1e-5, abs=0)
    assert facts["tried2"] == 406 * 2
    assert facts["item"] == "Item A"


@pytest.mark.parametrize(
    ("grams", "light"),
    [
        # of 500 to 560 the quartiles are 510 and 550: the fence lies at 510 - 1.5 x 40 = 450
        (449, True),
        (451, False),
    ],
)
def test_the_fence_by_hand(engine: BaseBackend, grams: float, light: bool):
    assert looked_at(engine, weighed(grams), DETECTOR).rows.empty != light


def test_more_pieces_are_held_to_the_weight_of_one(engine: BaseBackend):
    assert looked_at(engine, weighed(510, quantity=5), DETECTOR).rows.empty
    assert len(looked_at(engine, weighed(45, quantity=5), DETECTOR).rows) == 6


def test_where_a_third_is_light_the_item_is_so(engine: BaseBackend):
    assert looked_at(engine, weighed(45, of="a third"), DETECTOR).rows.empty


def test_parcels_of_several_orders_are_not_compared(engine: BaseBackend):
    frames = weighed(45)
    orders = frames["orders"]
    orders["tracking_no"] = orders.tracking_no.where(~orders.order_id.isin(RING), "ONE")
    frames["shipments"]["tracking_no"] = orders.tracking_no
    assert looked_at(engine, frames, DETECTOR).rows.empty


def test_light_goods_cannot_be_lighter(engine: BaseBackend):
    frames = weighed(1)
    shipments = frames["shipments"]
    light = (shipments.weighed_weight_g - 480).clip(lower=1)  # 20 to 80 g
    frames["shipments"] = shipments.assign(weighed_weight_g=light)
    assert looked_at(engine, frames, DETECTOR).rows.empty


def test_too_few_weighings_or_none(engine: BaseBackend):
    frames = weighed(45)
    shipments = frames["shipments"]
    few = shipments.weighed_weight_g.where((shipments.index < 18) | (shipments.index >= 400))
    frames["shipments"] = shipments.assign(weighed_weight_g=few)
    assert looked_at(engine, frames, DETECTOR).rows.empty
    frames["shipments"] = shipments.assign(weighed_weight_g=pd.NA)
    assert looked_at(engine, frames, DETECTOR).runs.state.item() == "found_nothing"
    frames["shipments"] = shipments.drop(columns="weighed_weight_g")
    told = looked_at(engine, frames, DETECTOR).runs.iloc[0]
    assert (told.state, told.needs) == ("not_available", "shipments.weighed_weight_g")
