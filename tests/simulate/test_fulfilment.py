"""The course of orders: what may follow what."""

from __future__ import annotations

from workbench.simulate import Shop
from workbench.simulate.shop import AS_OF


def test_times_follow_one_another_and_end_at_the_export(plain_shops: list[Shop]):
    orders = plain_shops[0].orders
    for earlier, later in (
        ("created_at", "paid_at"),
        ("paid_at", "shipped_at"),
        ("shipped_at", "completed_at"),
    ):
        both = orders.dropna(subset=[earlier, later])
        assert (both[earlier] <= both[later]).all()
        assert not (orders[earlier].isna() & orders[later].notna()).any()
    assert orders["completed_at"].max() <= AS_OF


def test_status_says_what_the_times_say(plain_shops: list[Shop]):
    orders = plain_shops[0].orders.drop_duplicates("order_id").set_index("status")
    assert orders.loc["completed", "completed_at"].notna().all()
    assert orders.loc["shipped", "completed_at"].isna().all()
    assert orders.loc["shipped", "shipped_at"].notna().all()
    assert orders.loc[["pending"], "paid_at"].isna().all()
    closed = orders.loc["closed"]
    assert closed["close_reason"].notna().all()
    unpaid = closed["close_reason"] == "买家未付款"
    assert closed.loc[unpaid, "paid_at"].isna().all()
    assert (closed.loc[~unpaid, "refund_amount"] == closed.loc[~unpaid, "paid_amount"]).all()
    assert closed["tracking_no"].isna().any()
    assert closed["tracking_no"].notna().any()


def test_a_waybill_exists_for_what_was_shipped(plain_shops: list[Shop]):
    shop = plain_shops[0]
    orders = shop.orders.drop_duplicates("order_id")
    assert (orders["tracking_no"].notna() == orders["shipped_at"].notna()).all()
    assert set(shop.shipments["tracking_no"]) == set(orders["tracking_no"].dropna())
    assert shop.shipments["tracking_no"].is_unique


def test_honest_parcels_are_nearly_all_signed_where_they_belong(plain_shops: list[Shop]):
    shop = plain_shops[0]
    honest = shop.truth.loc[shop.truth["fake"] == 0, "order_id"]
    parcels = shop.shipments[shop.shipments["order_id"].isin(honest)]
    signed = shop.shipment_events[shop.shipment_events["status"] == "signed"]
    both = parcels.merge(signed, on="tracking_no")
    assert 0.99 < (both["place"] == both["receiver_city"]).mean() < 1.0
    scans = shop.shipment_events.groupby("tracking_no")["occurred_at"]
    assert scans.apply(lambda times: times.is_monotonic_increasing).all()
    assert shop.shipment_events["occurred_at"].max() <= AS_OF


def test_purchases_cover_honest_sales_but_not_the_rings(plain_shops: list[Shop]):
    shop = plain_shops[0]
    shipped = shop.orders[shop.orders["shipped_at"].notna()]
    sold = shipped.merge(shop.truth, on="order_id")
    honest = sold[sold["fake"] == 0].groupby("product_id")["quantity"].sum()
    bought = shop.purchases.groupby("product_id")["quantity"].sum()
    assert (bought.reindex(honest.index).fillna(0) >= honest).all()
    item = sold[sold["kind"] == "repeat_account"]["product_id"].iloc[0]
    everything = sold.groupby("product_id")["quantity"].sum()
    assert bought[item] < everything[item]
