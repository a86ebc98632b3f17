"""The platform's notice accuses some rings rightly and some honest groups wrongly."""

from __future__ import annotations

import pandas as pd

from workbench.simulate import Shop


def test_notice_holds_rings_and_innocents(plain_shops: list[Shop]):
    for shop in plain_shops:
        named = shop.notices.merge(shop.truth, on="order_id", validate="one_to_one")
        fake = named[named["fake"] == 1]
        assert fake["group"].nunique() >= 3
        assert {"dormitory", "livestream_unrecorded", "flash_sale"} <= set(named["kind"])
        assert 0.2 < named["fake"].mean() < 0.8
        assert len(fake) < shop.truth["fake"].sum()


def test_notice_is_one_notice_with_a_deadline(plain_shops: list[Shop]):
    notices = plain_shops[0].notices
    assert notices["order_id"].is_unique
    assert notices["notice_id"].nunique() == 1
    issued = notices["issued_at"].iloc[0]
    assert pd.Timestamp("2026-01-01") <= issued < pd.Timestamp("2026-01-05")
    assert notices["appeal_deadline"].iloc[0] > issued
    assert (notices["attempts_allowed"] >= 1).all()


def test_only_paid_orders_are_named(plain_shops: list[Shop]):
    shop = plain_shops[0]
    named = shop.orders[shop.orders["order_id"].isin(shop.notices["order_id"])]
    assert named["paid_at"].notna().all()
