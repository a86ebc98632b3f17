"""Transfers, visitors, stock and staff of a made-up shop."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.simulate import Shop, simulate_shop
from workbench.simulate.transfers import PAID_BACK
from workbench.simulate.visits import DAYS_KEPT


@pytest.fixture(scope="module")
def shop() -> Shop:
    return simulate_shop(7, 6000)


def test_hired_buyers_get_the_price_and_a_commission_without_an_order_number(shop: Shop):
    back = shop.payments[shop.payments.kind == "转账"]
    fake = int(shop.truth.fake.sum())
    assert back.order_id.isna().all()
    assert abs(len(back) / fake - PAID_BACK) < 0.1
    orders = shop.orders[shop.orders.order_id.isin(shop.truth.order_id[shop.truth.fake == 1])]
    orders = orders.assign(amount=orders.paid_amount.astype(float))
    paid = orders.groupby("order_id").agg(
        account=("buyer_account", "first"), amount=("amount", "sum")
    )
    both = back.merge(paid, left_on="counterparty_account", right_on="account")
    commission = (both.amount_x.astype(float) - both.amount_y).round(2)
    assert both[commission.between(5, 15)].entry_id.nunique() == len(back)


def test_compensations_name_an_honest_order_and_stay_small(shop: Shop):
    comfort = shop.payments[shop.payments.kind == "售后补偿"].merge(shop.truth, on="order_id")
    assert len(comfort) > 20
    assert (comfort.fake == 0).all()
    assert comfort.amount.astype(float).max() <= 15


def test_visitors_are_told_for_the_last_month_and_cover_the_honest_orders(shop: Shop):
    days = pd.to_datetime(shop.traffic.date)
    assert (days.max() - days.min()).days == DAYS_KEPT - 1
    assert (shop.traffic.visitors >= shop.traffic.orders).all()


def test_every_item_was_counted_once(shop: Shop):
    assert set(shop.orders.product_id) <= set(shop.stock.product_id)
    assert shop.stock.product_id.is_unique


def test_three_of_the_staff_are_honest_buyers(shop: Shop):
    own = shop.orders[shop.orders.buyer_id.isin(shop.staff.buyer_id)].merge(
        shop.truth, on="order_id"
    )
    assert own.buyer_id.nunique() == 3
    assert (own.fake == 0).all()


def test_a_shop_without_rings_pays_nobody_back():
    honest = simulate_shop(8, 2000, rings=False)
    assert set(honest.payments.kind) <= {"售后补偿"}
