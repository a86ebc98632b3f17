"""Buyers whom no visitor explains are found; sales and busy days are not."""

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import START, facts_of, review_of
from tests.detect.proof_shop import Frames, looked_at, shop_with_ring
from workbench.detect.beyond_traffic import DETECTOR

RING_DAY = pd.Timestamp("2025-03-09")  # hour 200


def shop(ring: int = 20, **columns: object) -> Frames:
    """Twelve buyers of each item every day, 120 visitors; the ring on 9 March."""
    orders = shop_with_ring(ring=ring, **columns)
    days = [START + pd.Timedelta(days=n) for n in range(16)]
    traffic = pd.DataFrame(
        [(day.date(), item, 120) for day in days for item in "AB"],
        columns=["date", "product_id", "visitors"],
    )
    return {"orders": orders, "traffic": traffic}


def busy(frames: Frames, items: str, visitors: int) -> Frames:
    traffic = frames["traffic"]
    own = (traffic.date == RING_DAY.date()) & traffic.product_id.isin(list(items))
    return frames | {"traffic": traffic.assign(visitors=traffic.visitors.where(~own, visitors))}


def test_twenty_more_buyers_and_no_more_visitors(engine: BaseBackend):
    found = looked_at(engine, shop(), DETECTOR)
    (facts,) = facts_of(found)
    assert (facts["flagged"], facts["known"], facts["days"]) == (32, 120, 1)
    assert facts["window_start"].startswith("2025-03-09")
    # 10 % of the visitors of the other days (a rule of succession on the shop's rate)
    assert facts["usual_rate"] == pytest.approx(0.1, abs=0.02)
    assert {f"X{n:04d}" for n in range(20)} <= set(found.rows.order_id)
    assert found.runs.ambiguous.item()


def test_visitors_came_along(engine: BaseBackend):
    assert looked_at(engine, busy(shop(), "A", 320), DETECTOR).rows.empty


def test_a_sale_converts_everything(engine: BaseBackend):
    both = shop(ring=40, product_id=lambda n: "AB"[n % 2])
    assert looked_at(engine, both, DETECTOR).rows.empty


def test_few_more_buyers_are_chance(engine: BaseBackend):
    assert looked_at(engine, shop(ring=4), DETECTOR).rows.empty


def test_days_without_visitors_were_not_measured(engine: BaseBackend):
    assert looked_at(engine, busy(shop(), "A", 0), DETECTOR).rows.empty


def test_traffic_of_other_items_says_nothing(engine: BaseBackend):
    frames = shop()
    other = frames["traffic"].assign(product_id="C" + frames["traffic"].product_id)
    assert review_of(looked_at(engine, frames | {"traffic": other}, DETECTOR)) == {
        "reviewed": 0,
        "reason": "no_traffic",
    }
