"""Every look-alike shows the innocent pattern its recipe claims."""

from __future__ import annotations

import pandas as pd

from workbench.simulate import Shop

from .conftest import Groups, with_truth


def recorded(shops: list[Shop], kind: str) -> pd.DataFrame:
    campaigns = pd.concat([shop.campaigns for shop in shops])
    return campaigns[campaigns["kind"] == kind]


def inside(orders: pd.DataFrame, campaigns: pd.DataFrame) -> bool:
    """Whether one campaign covers the item and all times of the orders."""
    same = campaigns[campaigns["product_id"] == orders["product_id"].iloc[0]]
    covers = (same["starts_at"] <= orders["created_at"].min()) & (
        same["ends_at"] >= orders["created_at"].max()
    )
    return bool(covers.any())


def test_flash_sale_is_cheaper_and_on_record(groups: Groups, plain_shops: list[Shop]):
    everything = pd.concat([shop.orders for shop in plain_shops])
    for sale in groups("flash_sale"):
        same = everything[everything["product_id"] == sale["product_id"].iloc[0]]
        assert float(sale["unit_price"].max()) < 0.95 * float(same["unit_price"].median())
        assert inside(sale, recorded(plain_shops, "flash_sale"))


def test_one_live_stream_is_on_record_and_one_is_not(groups: Groups, plain_shops: list[Shop]):
    shows = recorded(plain_shops, "livestream")
    for stream in groups("livestream"):
        assert inside(stream, shows)
        assert stream["created_at"].max() - stream["created_at"].min() < pd.Timedelta(hours=3)
    for stream in groups("livestream_unrecorded"):
        assert not inside(stream, shows)
        assert stream["product_id"].nunique() == 1
        assert stream["created_at"].max() - stream["created_at"].min() < pd.Timedelta(hours=3)


def test_campaign_crowds_hold_buyers_who_come_back(groups: Groups, plain_shops: list[Shop]):
    orders = pd.concat([shop.orders.drop_duplicates("order_id") for shop in plain_shops])
    often = orders["buyer_id"].value_counts()
    for kind in ("flash_sale", "new_product"):
        crowd = pd.concat(groups(kind))
        assert (often[crowd["buyer_id"]] > 1).mean() > 0.25


def test_new_product_was_not_sold_before(groups: Groups, plain_shops: list[Shop]):
    for shop in plain_shops:
        known = with_truth(shop)
        launch = known[known["kind"] == "new_product"]
        item = launch["product_id"].iloc[0]
        first = known.loc[known["product_id"] == item, "created_at"].min()
        assert launch["created_at"].min() - first < pd.Timedelta(days=1)
        assert inside(launch, recorded([shop], "new_product"))


def test_group_buy_goes_to_one_door_in_one_evening(groups: Groups, plain_shops: list[Shop]):
    for buy in groups("group_buy"):
        assert buy["buyer_id"].nunique() > 6
        assert buy[["city", "district"]].drop_duplicates().shape[0] == 1
        assert buy["created_at"].dt.date.nunique() == 1
        assert inside(buy, recorded(plain_shops, "group_buy"))


def test_company_orders_many_pieces_to_one_address(groups: Groups):
    for bulk in groups("company_bulk"):
        assert bulk["address"].nunique() == 1
        assert bulk["quantity"].min() >= 6
        assert bulk["buyer_id"].nunique() <= 3
        assert bulk["created_at"].dt.hour.between(9, 17).all()


def test_dormitory_and_locker_take_mixed_items_all_year(groups: Groups):
    for kind in ("dormitory", "parcel_locker"):
        for site in groups(kind):
            people = site["buyer_id"].nunique()
            assert people >= 15
            assert site["phone"].nunique() == people
            assert site["product_title"].value_counts(normalize=True).iloc[0] < 0.4
            assert site["created_at"].max() - site["created_at"].min() > pd.Timedelta(days=200)
    for hall in groups("dormitory"):
        assert hall["address"].str.contains("宿舍楼").all()
        assert hall["address"].nunique() > 5
        assert not hall["created_at"].dt.month.isin([2, 7, 8]).any()
    for locker in groups("parcel_locker"):
        assert locker["address"].nunique() == 1


def test_family_is_two_or_three_accounts_at_one_door(groups: Groups):
    families = groups("family")
    assert len(families) >= 60
    for family in families:
        assert 2 <= family["buyer_id"].nunique() <= 3
        assert family[["province", "city", "district"]].drop_duplicates().shape[0] == 1
    with_one_phone = sum(family["phone"].nunique() == 1 for family in families)
    assert 0.5 < with_one_phone / len(families) < 0.9


def test_subscriber_is_regular_and_slow(groups: Groups):
    for subscriber in groups("loyal_subscriber"):
        assert subscriber["buyer_id"].nunique() == 1
        assert subscriber["product_title"].nunique() == 1
        assert subscriber["created_at"].diff().median() >= pd.Timedelta(days=6)
        assert subscriber["created_at"].max() - subscriber["created_at"].min() > pd.Timedelta(
            days=150
        )


def test_reseller_buys_several_pieces_of_several_items(groups: Groups):
    for reseller in groups("reseller"):
        assert reseller["buyer_id"].nunique() == 1
        assert reseller["quantity"].min() >= 4
        assert reseller["product_title"].nunique() >= 5
