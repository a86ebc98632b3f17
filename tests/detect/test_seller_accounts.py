"""Staff who buy like a ring are found; staff who shop are not."""

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import facts_of
from tests.detect.proof_shop import RING, looked_at, shop_with_ring
from workbench.detect.seller_accounts import DETECTOR


def staff(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"staff_id": [f"s{n}" for n in range(8)], **columns})


ACCOUNTS = staff(buyer_id=[f"x{n}" for n in range(8)])


def found(engine: BaseBackend, orders: pd.DataFrame, people: pd.DataFrame):
    return looked_at(engine, {"orders": orders, "staff": people}, DETECTOR)


def test_staff_buy_one_item_together(engine: BaseBackend):
    told = found(engine, shop_with_ring(), ACCOUNTS)
    assert set(told.rows.order_id) == RING
    (facts,) = facts_of(told)
    assert (facts["staff"], facts["staff_members"], facts["staff_orders"]) == (8, 6, 6)
    # six in a row of 406 orders; two shares of flags, by item and by account
    assert facts["p2"] == pytest.approx((0.002 / 0.5) ** 6, rel=1e-5, abs=0)
    assert facts["tried2"] == 406 * 2 * 2


def test_by_phone_or_by_name_and_address(engine: BaseBackend):
    phones = [f"1380013800{n}" for n in range(8)]
    orders = shop_with_ring(phone=lambda n: f"+86 138-0013-800{n}")
    assert set(found(engine, orders, staff(phone=phones)).rows.order_id) == RING
    orders["buyer_name"] = "name of " + orders.buyer_id
    people = staff(name=[f"name of x{n}" for n in range(8)])
    assert found(engine, orders, people).rows.empty
    people["address"] = [f"{9000 + n} Other Road" for n in range(8)]
    assert set(found(engine, orders, people).rows.order_id) == RING


def test_masked_values_are_nobody_s(engine: BaseBackend):
    orders = shop_with_ring(phone="138****8000")
    assert found(engine, orders, staff(phone="138****8000")).rows.empty


@pytest.mark.parametrize("ring", [1, 2])
def test_a_genuine_purchase_is_no_finding(engine: BaseBackend, ring: int):
    assert found(engine, shop_with_ring(ring=ring), ACCOUNTS).rows.empty


def test_purchases_of_many_things_over_time_are_no_finding(engine: BaseBackend):
    apart = [pd.Timestamp("2025-03-01") + pd.Timedelta(hours=60 * n) for n in range(6)]
    orders = shop_with_ring(created_at=apart, product_id=lambda n: f"P{n}")
    assert found(engine, orders, ACCOUNTS).rows.empty


def test_one_account_with_more_orders_than_any_buyer(engine: BaseBackend):
    apart = [pd.Timestamp("2025-03-01") + pd.Timedelta(hours=60 * n) for n in range(6)]
    orders = shop_with_ring(created_at=apart, product_id=lambda n: f"P{n}", buyer_id="x0")
    (facts,) = facts_of(found(engine, orders, ACCOUNTS))
    # none of the 300 other buyers has six orders
    assert facts["p2"] == pytest.approx(1 / 301)
    assert (facts["tried2"], facts["staff_members"], facts["flagged"]) == (16, 1, 6)


def test_nobody_of_the_list_bought(engine: BaseBackend):
    told = found(engine, shop_with_ring(), staff(buyer_id=[f"z{n}" for n in range(8)]))
    assert told.runs.state.item() == "found_nothing"
    assert found(engine, shop_with_ring(), staff()).runs.state.item() == "not_available"
