"""Money that goes back to buyers is found; refunds, compensations and strangers are not."""

import json

import pandas as pd
import pytest
from ibis.backends import BaseBackend

from tests.detect.conftest import facts_of, review_of
from tests.detect.proof_shop import HOUR, RING, looked_at, proposing, shop_with_ring
from workbench.detect.money_back import DETECTOR, SHARE


def paid_out(orders: pd.DataFrame, **columns: object) -> pd.DataFrame:
    """15.00 to the payment account of each order, two days later, and a rent before and after."""
    out = pd.DataFrame(
        {
            "posted_at": orders.created_at + 48 * HOUR,
            "amount": "15.00",
            "direction": "out",
            "counterparty": orders.buyer_id,
            "counterparty_account": orders.buyer_account,
            "kind": "转账",
            **columns,
        }
    )
    rent = out.iloc[:1].assign(amount="900.00", counterparty="rent", counterparty_account="r")
    start = rent.assign(posted_at=pd.Timestamp("2025-03-01"))
    end = rent.assign(posted_at=pd.Timestamp("2025-04-01"))
    return pd.concat([start, out, end], ignore_index=True)


def ring_of(orders: pd.DataFrame) -> pd.DataFrame:
    return orders[orders.order_id.isin(RING)]


def found(engine: BaseBackend, orders: pd.DataFrame, payments: pd.DataFrame, **more: pd.DataFrame):
    return looked_at(engine, {"orders": orders, "payments": payments, **more}, DETECTOR)


def test_price_and_commission_back_to_the_payers(engine: BaseBackend):
    orders = shop_with_ring()
    told = found(engine, orders, paid_out(ring_of(orders)))
    assert set(told.rows.order_id) == RING
    (facts,) = facts_of(told)
    assert (facts["flagged"], facts["known"], facts["usual_rate"]) == (6, 6, 0.002)
    # six in a row of 406 orders, each with the floor's chance; two shares of flags were tried,
    # and prices by item, prices by payee, small sums by item
    assert facts["p2"] == pytest.approx((0.002 / 0.5) ** 6, rel=1e-5, abs=0)
    assert facts["tried2"] == 406 * 2 * 3
    assert told.rows.p_value.iloc[0] == pytest.approx(facts["p2"] * facts["tried2"], rel=1e-5)
    assert (facts["paid_back"], facts["extra_median"], facts["payees"]) == (6, 5.0, 6)
    assert (facts["paid_back_amount"], facts["orders_amount"]) == (90.0, 60.0)
    assert facts["days_median"] == 2.0


@pytest.mark.parametrize(
    "columns",
    [
        {"amount": "9.00", "kind": "售后补偿"},
        {"amount": "10.00", "kind": "退款"},
        {"amount": "40.01"},
        {"direction": "in"},
        {"posted_at": pd.Timestamp("2025-02-28")},
        {"posted_at": pd.Timestamp("2025-04-20")},
        {"counterparty": "t**1", "counterparty_account": "1**8"},
    ],
)
def test_other_payments_are_no_money_back(engine: BaseBackend, columns: dict):
    orders = shop_with_ring()
    assert found(engine, orders, paid_out(ring_of(orders), **columns)).rows.empty


def test_a_refund_on_record_is_not_secret(engine: BaseBackend):
    orders = shop_with_ring()
    refunds = pd.DataFrame({"order_id": sorted(RING)})
    assert found(engine, orders, paid_out(ring_of(orders)), refunds=refunds).rows.empty
    orders["refund_amount"] = orders.paid_amount.where(orders.order_id.isin(RING), "0")
    assert found(engine, orders, paid_out(ring_of(orders))).rows.empty


def test_a_shop_that_pays_many_back_is_used_to_it(engine: BaseBackend):
    orders = shop_with_ring()
    every = orders[(orders.order_id.isin(RING)) | (orders.index % 5 == 0)]
    payments = paid_out(every, amount=(every.paid_amount.astype(float) + 1).astype(str))
    assert found(engine, orders, payments).rows.empty


def test_two_orders_are_no_group(engine: BaseBackend):
    orders = shop_with_ring()
    assert found(engine, orders, paid_out(ring_of(orders)[:2])).rows.empty


def test_small_sums_to_many_buyers(engine: BaseBackend):
    orders = shop_with_ring()
    told = found(engine, orders, paid_out(ring_of(orders), amount="5.00"))
    (facts,) = facts_of(told)
    assert (facts["small_sums"], facts["small_sum_median"], facts["paid_back"]) == (6, 5.0, 0)


def test_one_payment_speaks_for_one_order(engine: BaseBackend):
    orders = shop_with_ring(buyer_id="again")
    assert found(engine, orders, paid_out(ring_of(orders)[:1])).rows.empty
    told = found(engine, orders, paid_out(ring_of(orders)))
    assert set(told.rows.order_id) == RING


def test_one_payee_for_many_buyers(engine: BaseBackend):
    orders = shop_with_ring(product_id=lambda n: f"P{n}")
    orders["buyer_name"] = "name of " + orders.buyer_id
    payments = paid_out(ring_of(orders), counterparty_account="organiser")
    payments["order_id"] = [None, *sorted(RING), None]
    (facts,) = facts_of(found(engine, orders, payments))
    assert (facts["flagged"], facts["payees"], facts["items"]) == (6, 1, 6)


def test_a_name_that_two_have_names_nobody(engine: BaseBackend):
    orders = shop_with_ring()
    orders["buyer_name"] = ["王伟" if i in RING else f"n{i}" for i in orders.order_id]
    payments = paid_out(ring_of(orders), counterparty="王伟", counterparty_account=None)
    assert found(engine, orders, payments).rows.empty
    orders["buyer_name"] = "name of " + orders.buyer_id
    payments = paid_out(ring_of(orders), counterparty=ring_of(orders).buyer_name)
    payments["counterparty_account"] = None
    assert set(found(engine, orders, payments).rows.order_id) == RING


def test_without_payments_out_it_says_so(engine: BaseBackend):
    orders = shop_with_ring()
    told = found(engine, orders, paid_out(ring_of(orders)).assign(direction="in"))
    assert review_of(told)["reason"] == "no_payments_out"
    assert looked_at(engine, {"orders": orders}, DETECTOR).runs.state.item() == "not_available"


def test_share_of_a_proposed_group(engine: BaseBackend):
    orders = shop_with_ring()
    payments = paid_out(ring_of(orders)[:4])
    frames = {"orders": orders, "payments": payments}
    told = looked_at(engine, frames, proposing(*RING, "S0000"), SHARE).rows
    told = told[told.detector == "money_back_share"]
    assert set(told.order_id) == {*RING, "S0000"}
    facts = json.loads(told.facts.iloc[0])
    assert (facts["flagged"], facts["known"], facts["tried2"]) == (4, 7, 1)
    # P(at least 4 of 7) at 0.002
    assert told.p_value.iloc[0] == pytest.approx(35 * 0.002**4, rel=0.02, abs=0)


def test_its_own_groups_do_not_surprise_it(engine: BaseBackend):
    orders = shop_with_ring()
    frames = {"orders": orders, "payments": paid_out(ring_of(orders))}
    runs = looked_at(engine, frames, DETECTOR, SHARE).runs.set_index("detector")
    assert runs.state.to_dict() == {"money_back": "ran", "money_back_share": "found_nothing"}
