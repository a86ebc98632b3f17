"""The shop as a whole: sizes, truth, and the same answer for the same seed."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.errors import BadInput
from workbench.simulate import Shop, simulate_shop
from workbench.simulate.draft import KINDS, RING_KINDS
from workbench.tables import TABLES

from .conftest import with_truth


def test_truth_covers_every_order_once(plain_shops: list[Shop], hard_shop: Shop):
    for shop in [*plain_shops, hard_shop]:
        assert len(shop.truth) == 5000
        assert shop.truth["order_id"].is_unique
        assert set(shop.truth["order_id"]) == set(shop.orders["order_id"])


def test_order_and_line_together_are_unique(plain_shops: list[Shop]):
    for shop in plain_shops:
        assert not shop.orders.duplicated(["order_id", "line_id"]).any()
        assert set(shop.orders["line_id"]) == {"1", "2"}
        assert shop.orders["created_at"].is_monotonic_increasing


def test_every_kind_is_there_and_only_rings_are_fake(plain_shops: list[Shop]):
    for shop in plain_shops:
        fake = shop.truth.groupby("kind")["fake"].agg(["min", "max", "size"])
        assert set(fake.index) == set(KINDS) - {"camouflage"}
        assert fake["size"].sum() == 5000
        assert set(fake.index[fake["max"] == 1]) == set(RING_KINDS)
        assert (fake["min"] == fake["max"]).all()
        assert 0.02 < shop.truth["fake"].mean() < 0.06
        ordinary = shop.truth["kind"] == "ordinary"
        assert (shop.truth["group"].isna() == ordinary).all()


def test_all_columns_are_canonical_and_the_required_ones_are_filled(plain_shops: list[Shop]):
    for name, table in plain_shops[0].tables().items():
        known = {column.name for column in TABLES[name].columns}
        assert set(table.columns) <= known
        for column in TABLES[name].required:
            assert table[getattr(column, "name", column)].notna().all()
    assert {"device", "ip"} <= set(plain_shops[0].orders.columns)


def test_phones_begin_with_a_prefix_nobody_has(plain_shops: list[Shop], hard_shop: Shop):
    for shop in [*plain_shops, hard_shop]:
        assert shop.orders["phone"].str.fullmatch(r"100\d{8}").all()
        plain_numbers = shop.orders["buyer_account"].str.fullmatch(r"\d+")
        assert shop.orders.loc[plain_numbers, "buyer_account"].str.startswith("100").all()
        assert (
            shop.orders.loc[~plain_numbers, "buyer_account"].str.fullmatch(r"u\d{7}@\w+\.example")
        ).all()


def test_money_adds_up(plain_shops: list[Shop]):
    orders = plain_shops[0].orders
    paid = orders["paid_at"].notna()
    due = orders["goods_amount"] - orders["discount_amount"] + orders["shipping_amount"]
    assert (orders.loc[paid, "paid_amount"] == due[paid]).all()
    assert (orders.loc[~paid, "paid_amount"] == 0).all()
    pieces = orders["quantity"].astype("int64") * orders["unit_price"].astype("float64")
    assert ((orders["goods_amount"].astype("float64") - pieces).abs() < 0.005).all()
    assert (orders["refund_amount"] <= orders["paid_amount"]).all()


def test_returning_buyers_season_and_variety_look_like_a_shop(plain_shops: list[Shop]):
    for shop in plain_shops:
        orders = shop.orders.drop_duplicates("order_id")
        visits = orders["buyer_id"].value_counts()
        assert 0.35 < (visits[orders["buyer_id"]] > 1).mean() < 0.6
        assert 40 <= orders["product_id"].nunique() <= 80
        months = orders["created_at"].dt.month.value_counts()
        assert months[11] > months[2]
        hours = orders["created_at"].dt.hour.value_counts()
        assert hours[21] > 5 * hours[4]
        assert orders["province"].nunique() > 12
        assert orders["paid_amount"].nunique() > 500


def test_some_honest_buyers_write_their_address_differently(plain_shops: list[Shop]):
    known = with_truth(plain_shops[0])
    honest = known[known["kind"] == "ordinary"]
    honest = honest.drop_duplicates(["buyer_id", "phone", "address"])
    both = honest.groupby(["buyer_id", "phone"])["address"].nunique()
    assert 0.005 < (both > 1).mean() < 0.1


def test_an_honest_shop_has_no_fake_order(honest_shop: Shop):
    assert len(honest_shop.truth) == 2500
    assert honest_shop.truth["fake"].sum() == 0
    assert not honest_shop.truth["kind"].isin(RING_KINDS).any()
    assert honest_shop.truth["kind"].nunique() > 8


def test_another_seed_gives_another_shop(plain_shops: list[Shop]):
    first, second = plain_shops[:2]
    assert not set(first.orders["order_id"]) & set(second.orders["order_id"])
    pd.testing.assert_frame_equal(simulate_shop(1).orders, second.orders)


def test_the_number_of_rings_grows_with_the_shop():
    shop = simulate_shop(1, orders=20_000)
    groups = shop.truth.dropna(subset=["group"]).groupby("kind")["group"].nunique()
    assert (groups[list(RING_KINDS)] >= 4).all()
    assert (groups[list(RING_KINDS)] <= 5).all()


def test_a_small_shop_has_few_groups():
    truth = simulate_shop(1, orders=400).truth
    assert truth.loc[truth["fake"] == 1, "group"].nunique() == 1
    assert (truth["kind"] == "ordinary").mean() > 0.6


@pytest.mark.parametrize(("orders", "level"), [(10, "plain"), (5000, "soft")])
def test_impossible_wishes_are_refused(orders: int, level: str):
    with pytest.raises(BadInput, match="cannot be simulated"):
        simulate_shop(1, orders=orders, level=level)  # type: ignore[arg-type]
