"""Shuffled copies of a shop, and what they say of a list of groups."""

import math

import numpy as np
import pandas as pd
import pytest

from tests.explain.made import NOON, engine, orders, tables
from workbench.detect import Detector, Findings, no_findings, run_detectors
from workbench.detect.trade import prepared
from workbench.explain import null as null_room
from workbench.explain.null import Null, empirical_q, looks_at_orders, shuffled_null
from workbench.explain.shuffle import dealt_orders, read_dealt, shuffled
from workbench.simulate import simulate_shop


def chance(*p_values: float, shuffles: int = 20) -> Null:
    return Null(shuffles, p_values, 100, 100, 0, ("a",), 1.0)


def little_shop() -> pd.DataFrame:
    """240 orders of 60 buyers in two cities; every buyer has a phone of his own, items a price."""
    rows = []
    for n in range(240):
        buyer = n % 60
        rows.append(
            {
                "order_id": f"o{n:03d}", "created_at": NOON + pd.Timedelta(hours=7 * n),
                "buyer_id": f"b{buyer}", "phone": f"138000000{buyer:02d}",
                "city": "A" if buyer < 30 else "B", "product_id": f"i{n % 7}",
                "paid_amount": 10.0 + n % 7, "address": f"Road {buyer} No 1",
            }
        )  # fmt: skip
    return orders(rows)


def test_the_empirical_rate_by_hand():
    # p = 1e-6: (1 + 0)/20 of 1 group; 1e-3: (1 + 2)/20 of 2; 0.04: (1 + 5)/20 of 3 groups.
    nulls = [chance(1e-4, 1e-3, 0.01, 0.02, 0.03, 0.5)]
    q = empirical_q([0.04, 1e-6, 1e-3], nulls)
    assert q == pytest.approx([6 / 20 / 3, 1 / 20, 3 / 20 / 2])


def test_a_smaller_p_never_has_the_larger_rate():
    # 1/20 of 1 = .05 for the best, (1 + 0)/20 of 4 = .0125 for the last, and so for all.
    assert empirical_q([1e-9, 1e-8, 1e-7, 1e-6], [chance()]) == pytest.approx([0.0125] * 4)


def test_shuffles_of_several_shops_are_added_and_the_one_counts_once():
    # (1 + 1 + 2)/20 over one group
    q = empirical_q([0.01], [chance(0.001), chance(0.002, 0.01)])
    assert q == pytest.approx([4 / 20])


def test_the_rate_is_at_most_one_and_unknown_without_shuffles():
    assert empirical_q([0.5], [chance(*[0.1] * 60)]) == pytest.approx([1.0])
    assert math.isnan(empirical_q([0.5], [])[0])
    assert math.isnan(empirical_q([0.5], [chance(shuffles=0)])[0])
    assert len(empirical_q([], [chance()])) == 0


def test_only_detectors_of_what_is_dealt_are_run():
    def detector(*needs: str, choice: tuple[str, ...] = ()) -> Detector:
        return Detector("d", "time", needs, lambda _: no_findings(), (choice,) if choice else ())

    assert looks_at_orders(detector("orders.created_at", "orders.phone"))
    assert looks_at_orders(detector(choice=("orders.device", "payments.account")))
    assert not looks_at_orders(detector("orders.seller_memo"))
    assert not looks_at_orders(detector("orders.order_id", "shipments.weight"))
    assert not looks_at_orders(detector(choice=("payments.account",)))


def test_a_copy_has_the_same_people_items_and_times_in_other_company():
    frame = little_shop()
    with prepared(tables(orders=frame)) as ready:
        real = ready["trade"].to_pandas()
        dealt = read_dealt(ready, dealt_orders(ready))
        copy = shuffled(engine(), dealt, np.random.default_rng(1))
        dealt_rows, known = copy["trade"].to_pandas(), copy["orders"].to_pandas()
    for columns in (["order_id", "second"], ["buyer", "phone", "buyer_orders"], ["item", "amount"]):
        before = real[columns].sort_values(columns).reset_index(drop=True)
        after = dealt_rows[columns].sort_values(columns).reset_index(drop=True)
        pd.testing.assert_frame_equal(before, after)
    both = real.merge(dealt_rows, on="order_id", suffixes=("", "_dealt"))
    assert (both.buyer != both.buyer_dealt).mean() > 0.9
    assert (both.item != both.item_dealt).mean() > 0.5
    # The copy's orders tell the same as its trade, and nobody moved to another city.
    towns = known.merge(frame, on="order_id", suffixes=("", "_real"))
    assert (towns.city == towns.city_real).all()
    assert set(zip(known.buyer_id, known.phone, strict=True)) == set(
        zip(frame.buyer_id, frame.phone, strict=True)
    )
    assert set(zip(known.product_id, known.paid_amount, strict=True)) == {
        (f"i{n}", 10 + n) for n in range(7)
    }


def test_an_order_of_several_lines_is_dealt_as_a_whole():
    frame = little_shop()
    second = frame.iloc[:40].assign(product_id="extra", paid_amount=3.0)
    with prepared(tables(orders=pd.concat([frame, second], ignore_index=True))) as ready:
        dealt = read_dealt(ready, dealt_orders(ready))
        copy = shuffled(engine(), dealt, np.random.default_rng(2))["trade"].to_pandas()
    lines = copy.groupby("order_id").size()
    assert (lines.value_counts().to_dict()) == {1: 200, 2: 40}
    assert (copy.groupby("order_id").buyer.nunique() == 1).all()
    assert (copy[copy.line == 0].order_id.value_counts() == 1).all()
    assert len(copy[copy.line == 0]) == 240


def test_the_order_of_rows_and_of_runs_changes_nothing():
    copies = []
    for seed in (1, 2):
        frame = little_shop().sample(frac=1, random_state=seed).reset_index(drop=True)
        with prepared(tables(orders=frame)) as ready:
            dealt = read_dealt(ready, dealt_orders(ready))
            copy = shuffled(engine(), dealt, np.random.default_rng(7))["trade"].to_pandas()
        copies.append(copy.sort_values(["order_id", "item"], ignore_index=True))
    pd.testing.assert_frame_equal(*copies)


def test_a_larger_shop_is_dealt_in_stretches_that_cover_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(null_room, "NULL", {**null_room.NULL, "sample_orders": 80})
    seen: list[set[str]] = []

    def find(given):
        seen.append(set(given["trade"].order_id.to_pandas()))
        return no_findings()

    only = Detector("only", "time", ("orders.created_at",), find)
    monkeypatch.setattr(null_room, "detectors", lambda: [only])
    with prepared(tables(orders=little_shop())) as ready:
        found = run_detectors(ready, [only])
        seen.clear()
        null = shuffled_null(ready, found, left_out={"o000", "o001"}, shuffles=4)
    assert [len(dealt) for dealt in seen] == [80] * 4
    assert len(set().union(*seen)) == 238
    assert not {"o000", "o001"} & set().union(*seen)
    assert (null.orders, null.of, null.left_out, null.detectors) == (80, 240, 2, ("only",))


def test_two_processes_give_what_one_gives():
    with prepared(tables(orders=simulate_shop(5, orders=600).orders)) as ready:
        found = run_detectors(ready)
        one = shuffled_null(ready, found, shuffles=2)
        two = shuffled_null(ready, found, shuffles=2, processes=2)
    assert one.p_values == pytest.approx(two.p_values)
    assert len(one.p_values)


def test_nothing_is_shuffled_without_orders_or_detectors(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(null_room, "detectors", list)
    none = Findings(no_findings(), pd.DataFrame({"family": [], "state": []}))
    with prepared(tables(orders=little_shop())) as ready:
        assert shuffled_null(ready, none, shuffles=3).shuffles == 0
    assert shuffled_null({}, none, shuffles=3).shuffles == 0


def test_a_tie_between_buyers_and_items_does_not_survive():
    """A shop with rings: shuffled, next to nothing is left of what was found in it."""
    shop = simulate_shop(5, orders=1500)
    with prepared(tables(orders=shop.orders)) as ready:
        found = run_detectors(ready)
        null = shuffled_null(ready, found, shuffles=2)
    assert (found.rows.p_value < 1e-4).any()
    assert not [p for p in null.p_values if p < 1e-4]
