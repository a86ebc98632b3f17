import numpy as np
import pytest
from ibis.backends import BaseBackend
from scipy import stats

from tests.detect.conftest import facts_of
from tests.detect.proof_shop import RING, looked_at, proposing
from tests.detect.text_shop import HOUR, reviews, shop
from workbench.detect.review_lockstep import DETECTOR, crowded_delays


def told(engine: BaseBackend, orders, given):
    found = looked_at(engine, {"orders": orders, "reviews": given}, proposing(*RING), DETECTOR)
    return found.rows[found.rows.detector == DETECTOR.name], found


def test_six_reviews_within_the_hour(engine: BaseBackend) -> None:
    orders = shop()
    ring = orders[orders.order_id.isin(RING)]
    rows, found = told(engine, orders, reviews(orders, posted_at=ring.completed_at.max() + HOUR))
    assert set(rows.order_id) == RING
    facts = next(one for one in facts_of(found) if "crowded" in one)
    assert (facts["flagged"], facts["known"]) == (6, 6)
    # Half of the shop's others review, a little less once drawn to the shop by 20 orders.
    assert facts["p1"] == pytest.approx(0.5**6, rel=0.1)
    # Nobody else reviews within two hours; five of six delays lie among none of 200 others.
    assert facts["usual_crowded"] == 0
    assert facts["p2"] == pytest.approx(2 * stats.beta.cdf(1 / 201, 4, 3), rel=1e-4)


def test_many_reviews_of_many_delays_are_ordinary(engine: BaseBackend) -> None:
    orders = shop()
    ring = orders[orders.order_id.isin(RING)]
    delays = np.array([12, 40, 80, 120, 160, 200]) * HOUR
    assert told(engine, orders, reviews(orders, posted_at=(ring.completed_at + delays).tolist()))[
        0
    ].empty


def test_one_buyer_who_reviews_in_one_go_is_one(engine: BaseBackend) -> None:
    orders = shop(buyer_id="x")
    ring = orders[orders.order_id.isin(RING)]
    given = reviews(orders, posted_at=ring.completed_at.max() + HOUR)
    assert told(engine, orders, given)[0].empty


def test_reviews_that_a_platform_posts_are_the_shops_usual(engine: BaseBackend) -> None:
    orders = shop()
    given = reviews(orders)
    given["posted_at"] = orders.set_index("order_id").completed_at[given.order_id].to_numpy()
    given["posted_at"] += 360 * HOUR
    assert told(engine, orders, given)[0].empty


def test_crowded_delays_by_hand() -> None:
    others = np.arange(1.0, 100.0)  # 1, 2, … 99
    # Of five delays four are looked at; 10 to 13 hold four of the others: (4 + 1) / (99 + 1).
    p, first, last = crowded_delays(np.array([10.0, 11, 12, 13, 90]), others)
    assert (first, last) == (10, 13)
    assert p == pytest.approx(2 * stats.beta.cdf(0.05, 3, 3))


def test_no_reviews_of_these_orders(engine: BaseBackend) -> None:
    orders = shop()
    given = reviews(orders).assign(order_id="elsewhere")
    run = told(engine, orders, given)[1].runs.set_index("detector").loc[DETECTOR.name]
    assert run.state == "found_nothing"
