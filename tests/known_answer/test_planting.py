"""Planted rows are the shop's own in all but who ordered, and they come on top of it."""

import re

import numpy as np
import pandas as pd
import pytest

from workbench.engine import connect
from workbench.known_answer import KINDS, LEVELS, planted, shop_material
from workbench.tables import memory_tables

ITEM = ["product_id", "sku", "seller_sku", "product_title"]
PERSONAL = ["buyer_id", "buyer_account", "buyer_name", "device"]


def own_rows(table):
    return table.filter(table.source_file == "planted").to_pandas()


@pytest.fixture(scope="module")
def planting(shop_tables, material):
    return planted(shop_tables, material, list(KINDS), LEVELS["plain"], 1)


@pytest.fixture(scope="module")
def orders(planting):
    frame = own_rows(planting.tables["orders"])
    return frame.merge(planting.truth, on="order_id")


def test_the_shop_is_untouched(shop_tables, planting):
    for name, table in shop_tables.items():
        both = planting.tables[name]
        assert both.schema() == table.schema()
        kept = both.filter(both.source_file != "planted")
        by = ["source_row"]
        before = table.to_pandas().sort_values(by, ignore_index=True)
        pd.testing.assert_frame_equal(kept.to_pandas().sort_values(by, ignore_index=True), before)


def test_each_planted_order_is_in_the_truth_once(planting, orders):
    assert set(planting.truth.kind) == set(KINDS)
    assert planting.truth.order_id.is_unique
    assert len(orders) == len(planting.truth)


def test_items_and_prices_are_the_shops_own(material, orders):
    known = set(map(tuple, material.lines[ITEM].to_numpy().tolist()))
    assert set(map(tuple, orders[ITEM].to_numpy().tolist())) <= known
    lines = material.lines
    each = (lines.paid_amount.astype(float) / lines.quantity).round(2)
    paid = {(item, price) for item, price in zip(lines.product_id, each, strict=True)}
    bought = zip(orders.product_id, orders.paid_amount.astype(float), strict=True)
    assert {(item, round(price, 2)) for item, price in bought} <= paid
    assert set(orders.quantity) == {1}


def test_nobody_is_real(material, orders):
    for column in PERSONAL:
        assert orders[column].dropna().str.startswith("PLANTED").all()
        assert not set(orders[column].dropna()) & set(material.lines[column].dropna())
    assert orders.phone.str.fullmatch("100[0-9]{8}").all()
    assert orders.ip.dropna().str.startswith("240.").all()
    assert orders.address.str.contains("植|植入").all()
    assert set(orders.province) <= set(material.lines.province)


def test_orders_come_within_the_shops_time_and_hours(material, orders):
    seconds = orders.created_at.astype("datetime64[s]").astype("int64")
    assert seconds.min() >= material.first
    assert seconds.max() <= material.last + 86400  # a time of the day on the last day
    assert (orders.paid_at.dropna() >= orders.created_at[orders.paid_at.notna()]).all()


@pytest.mark.parametrize(
    ("kind", "column", "different"),
    [("slow_phone", "phone", 1), ("repeated_account", "buyer_id", 1), ("burst", "product_id", 1)],
)
def test_a_ring_shares_what_its_kind_says(orders, kind, column, different):
    assert orders[orders.kind == kind][column].nunique() == different


def test_accounts_of_different_rings_share_nothing(orders):
    for column in ("buyer_id", "phone", "device"):
        assert orders.groupby(column).kind.nunique().max() == 1


def test_a_burst_is_one_offer_within_hours(orders):
    burst = orders[orders.kind == "burst"]
    assert burst.created_at.max() - burst.created_at.min() <= pd.Timedelta(hours=1.5)
    assert burst.paid_amount.nunique() == 1
    assert burst.buyer_id.is_unique


def test_one_door_is_written_in_as_many_ways_as_there_are_orders(orders):
    variants = orders[orders.kind == "address_variants"]
    assert variants.address.is_unique
    assert variants.phone.is_unique
    numbers = {tuple(re.findall(r"[0-9]+", text)) for text in variants.address}
    assert len(numbers) > 1  # full-width and Chinese digits among them


def test_neighbours_in_a_chain_share_one_field(orders):
    chain = orders[orders.kind == "account_chain"]
    shared = [chain[c].duplicated(keep=False).any() for c in ("phone", "device", "buyer_account")]
    assert sum(shared) >= 2
    assert max(chain[c].value_counts().max() for c in ("phone", "device")) <= 3


def test_empty_parcels_are_light_and_have_no_scan_between(planting, orders, material):
    ids = orders[orders.kind == "empty_parcels"].order_id
    parcels = own_rows(planting.tables["shipments"])
    parcels = parcels[parcels.order_id.isin(ids)]
    lightest = material.parcels.weighed_weight_g.min()
    assert (parcels.weighed_weight_g.dropna() < 0.6 * lightest).all()
    scans = own_rows(planting.tables["shipment_events"])
    scans = scans[scans.tracking_no.isin(parcels.tracking_no)]
    assert scans.groupby("tracking_no").size().max() <= 2


def test_money_goes_back_with_a_commission(planting, orders):
    back = own_rows(planting.tables["payments"])
    back = back[back.direction == "out"]
    own = orders[orders.kind == "money_back"].set_index("order_id")
    assert len(back) == len(own)
    numbered = back.dropna(subset="order_id").set_index("order_id")
    ratio = numbered.amount.astype(float) / own.paid_amount.astype(float).loc[numbered.index]
    assert ratio.between(1.02, 1.11).all()


def test_a_ring_does_not_depend_on_its_company(shop_tables, material):
    alone = planted(shop_tables, material, ["burst"], LEVELS["hard"], 2)
    beside = planted(shop_tables, material, ["burst", "lockstep"], LEVELS["hard"], 2)
    one = own_rows(alone.tables["orders"]).drop(columns="source_row")
    two = own_rows(beside.tables["orders"]).drop(columns="source_row")
    two = two[two.order_id.isin(one.order_id)].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, two)


def test_what_the_shop_masks_is_masked_and_what_it_lacks_is_lacking(shop_tables):
    frame = shop_tables["orders"].to_pandas().drop(columns=["device", "source_file", "source_row"])
    frame["phone"] = frame.phone.str[:3] + "****" + frame.phone.str[-4:]
    frame["created_at"] = frame.created_at.dt.floor("min")
    tables = memory_tables(connect(), {"orders": frame})
    patterns = shop_material(tables)
    assert not patterns.known("phone")
    rows = own_rows(
        planted(tables, patterns, ["burst", "lockstep"], LEVELS["moderate"], 1).tables["orders"]
    )
    assert rows.phone.str.fullmatch(r"[0-9]{3}\*{4}[0-9]{4}").all()
    assert "device" not in rows
    assert (rows.created_at.dt.second == 0).all()


def test_a_cover_order_is_honest_trade_of_a_planted_account(shop_tables, material):
    truth = pd.concat(
        [
            planted(shop_tables, material, ["slow_phone"], LEVELS["hard"], seed).truth
            for seed in range(1, 6)
        ]
    )
    assert 0 < truth.cover.mean() < 0.5
    assert np.all(truth.groupby("ring").cover.sum() < truth.groupby("ring").size() / 2)


def test_what_was_worked_out_before_is_not_taken_for_true(shop_tables, material):
    ready = {**shop_tables, "trade": shop_tables["orders"]}
    tables = planted(ready, material, ["burst"], LEVELS["plain"], 1).tables
    assert set(tables) == set(shop_tables)
