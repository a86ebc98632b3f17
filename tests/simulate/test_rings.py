"""Every ring shows what its recipe claims, read off the finished tables only."""

from __future__ import annotations

import re

import pandas as pd

from workbench.simulate import Shop

from .conftest import Groups, with_truth


def span(orders: pd.DataFrame) -> pd.Timedelta:
    return orders["created_at"].max() - orders["created_at"].min()


def test_burst_ring_is_one_offer_in_little_time_by_one_time_buyers(
    groups: Groups, plain_shops: list[Shop]
):
    for ring in groups("burst_ring"):
        assert 26 <= len(ring) <= 46
        assert span(ring) <= pd.Timedelta(minutes=101)
        assert ring["product_title"].nunique() == 1
        assert ring["unit_price"].nunique() == 1
        assert ring["buyer_id"].nunique() == len(ring)
        assert 3 <= ring["phone"].nunique() <= 6
        assert ring["address"].nunique() > len(ring) - 3
    everybody = plain_shops[0].orders.drop_duplicates("order_id")["buyer_id"].value_counts()
    assert (everybody[groups("burst_ring")[0]["buyer_id"]] == 1).all()


def test_slow_ring_shares_phones_over_weeks(groups: Groups):
    for ring in groups("slow_phone_ring"):
        assert 1 <= ring["phone"].nunique() <= 3
        assert ring["buyer_id"].nunique() == len(ring) >= 15
        assert span(ring) > pd.Timedelta(days=14)
        assert ring["product_title"].nunique() <= 2
        assert ring.groupby(ring["created_at"].dt.date).size().max() <= 6


def test_address_ring_writes_one_door_in_many_ways(groups: Groups):
    for ring in groups("address_variant_ring"):
        size = len(ring)
        assert ring["address"].nunique() == size >= 15
        assert ring[["province", "city", "district"]].drop_duplicates().shape[0] == 1
        for own in ("buyer_id", "phone"):
            assert ring[own].nunique() == size
        numerals = str.maketrans("零一二三四五六七八九０１２３４５６７８９", "0123456789" * 2)
        doors = ring["address"].str.translate(numerals).map(lambda a: re.findall(r"\d+", a))
        assert doors.map(tuple).nunique() == 1


def test_repeat_account_orders_one_piece_round_the_clock(groups: Groups):
    for ring in groups("repeat_account"):
        assert ring["buyer_id"].nunique() == 1
        assert ring["product_title"].nunique() == 1
        assert (ring["quantity"] == 1).all()
        gaps = ring["created_at"].diff().dropna()
        assert pd.Timedelta(hours=1) < gaps.median() < pd.Timedelta(hours=4)
        assert ring["created_at"].dt.hour.between(1, 5).any()


def test_payer_ring_is_many_names_and_one_or_two_purses(groups: Groups):
    for ring in groups("payer_ring"):
        assert ring["buyer_account"].nunique() <= 2
        for own in ("buyer_id", "phone", "address"):
            assert ring[own].nunique() == len(ring) >= 18


def test_empty_parcels_contradict_a_delivery(groups: Groups, plain_shops: list[Shop]):
    scans = pd.concat([shop.shipment_events for shop in plain_shops])
    weights = pd.concat([shop.shipments for shop in plain_shops])
    for ring in groups("empty_parcel_ring"):
        parcels = ring.dropna(subset=["tracking_no"]).set_index("tracking_no")
        assert len(parcels) >= 20
        seen = scans[scans["tracking_no"].isin(parcels.index)]
        nodes = seen.groupby("tracking_no").size()
        signed = seen[seen["status"] == "signed"].set_index("tracking_no")["place"]
        bare = (nodes == 2).reindex(parcels.index)
        elsewhere = (signed != parcels["city"].reindex(signed.index)).reindex(parcels.index)
        assert (bare | elsewhere).all()
        weighed = weights[weights["tracking_no"].isin(parcels.index)]["weighed_weight_g"].dropna()
        assert weighed.between(44, 48).all()


def test_lockstep_team_meets_on_the_same_items(groups: Groups):
    for ring in groups("lockstep_ring"):
        rounds = ring.groupby("product_title")
        assert 3 <= len(rounds) <= 4
        for _, meeting in rounds:
            assert span(meeting) <= pd.Timedelta(days=3)
            assert set(meeting["buyer_id"]) == set(ring["buyer_id"])


def test_account_chain_hangs_together_by_pairs(groups: Groups):
    for ring in groups("account_chain"):
        by_value: dict[tuple[str, str], set[str]] = {}
        for column in ("phone", "device", "address"):
            for account, value in zip(ring["buyer_id"], ring[column], strict=True):
                by_value.setdefault((column, value), set()).add(account)
        shared = [accounts for accounts in by_value.values() if len(accounts) > 1]
        assert all(len(accounts) == 2 for accounts in shared)
        reached = set(shared[0])
        for _ in ring.index:
            for pair in shared:
                reached |= pair if pair & reached else set()
        assert reached == set(ring["buyer_id"])
        assert ring["product_title"].nunique() == 1


def test_what_a_ring_shares_differs_between_seeds(groups: Groups):
    spans = {int(span(ring).total_seconds()) for ring in groups("burst_ring")}
    sizes = {len(ring) for kind in ("burst_ring", "payer_ring") for ring in groups(kind)}
    assert len(spans) == 3
    assert len(sizes) >= 4


def test_hard_rings_are_smaller_and_their_accounts_buy_for_real_too(
    hard_shop: Shop, groups: Groups
):
    known = with_truth(hard_shop)
    for kind in ("burst_ring", "slow_phone_ring", "payer_ring"):
        plain = min(len(ring) for ring in groups(kind))
        assert (known["kind"] == kind).sum() < plain
    cover = known[known["kind"] == "camouflage"]
    ring = known[known["fake"] == 1]
    assert len(cover) >= 10
    assert cover["buyer_id"].isin(ring["buyer_id"]).all()
    assert (cover["fake"] == 0).all()
