"""Bursts in a shop whose expectation can be worked out by hand."""

from math import comb, exp, factorial, log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.conftest import START, Run, extra, facts_of, regular_shop, review_of
from workbench.detect import Findings
from workbench.detect.same_offer_burst import DETECTOR


def with_burst(**columns: object) -> pd.DataFrame:
    """The regular shop and thirty orders more; addresses cost time and are not looked at."""
    rows = pd.concat([regular_shop(), extra(30, **columns)], ignore_index=True)
    return rows.drop(columns="address")


ROWS = with_burst()


@pytest.fixture(scope="module")
def found(run: Run) -> Findings:
    """What is found in ROWS."""
    return run(DETECTOR, ROWS)


def test_burst_of_strangers_is_found_with_its_members_alone(found: Findings) -> None:
    # Searched at one amount and at any: both give the same orders, which are one group.
    assert found.rows.group_id.nunique() == 1
    # The shop's own order of item A at 200:30 follows in the burst's rhythm as little as any.
    assert set(found.rows.order_id) - {"S0200"} == {f"X{n:04d}" for n in range(30)}


def test_both_oddities_by_hand(found: Findings) -> None:
    (facts,) = facts_of(found)
    assert facts["phi"] == 1.0  # the regular shop is less scattered than Poisson
    mean, count = facts["expected"], facts["orders"]
    tail = sum(exp(-mean) * mean**n / factorial(n) for n in range(count, count + 40))
    assert facts["p1"] == pytest.approx(tail, rel=1e-3, abs=0)
    # Half of the others' orders are from a buyer with another order.
    assert facts["known_buyers"] == count
    assert facts["rho"] == pytest.approx(0.5, abs=0.01)
    half, back = facts["rho"] / 2, facts["returning"]
    p2 = sum(comb(count, r) * half**r * (1 - half) ** (count - r) for r in range(back + 1))
    assert facts["p2"] == pytest.approx(p2, rel=1e-3, abs=0)
    # Fisher's method, paid for with the windows of both searches.
    both = facts["p1"] * facts["p2"]
    paid = both * (1 - log(both)) * facts["tried1"]
    assert found.rows.p_value.iloc[0] == pytest.approx(paid, rel=1e-3, abs=0)


def test_a_ring_over_two_days_is_found(run: Run) -> None:
    slow = with_burst(
        created_at=lambda n: START + pd.Timedelta(hours=200 + 1.6 * n, minutes=7), product_id="C"
    )
    # Item C sells once in twenty hours.
    slow.loc[slow.order_id.str.startswith("S") & (slow.index % 20 == 0), "product_id"] = "C"
    slow.loc[slow.product_id == "C", "paid_amount"] = "10.00"
    found = run(DETECTOR, slow)
    assert {f"X{n:04d}" for n in range(30)} <= set(found.rows.order_id)


def test_coupons_do_not_hide_a_ring(run: Run) -> None:
    mixed = with_burst(paid_amount=lambda n: f"{9 + n % 4 / 10:.2f}")
    assert {f"X{n:04d}" for n in range(30)} <= set(run(DETECTOR, mixed).rows.order_id)


def test_facts_for_the_innocent_tests(run: Run) -> None:
    cheap = with_burst(paid_amount="6.00")
    facts = next(f for f in facts_of(run(DETECTOR, cheap)) if f["orders"] == 30)
    assert facts["amount"] == 6.0
    # Never sold so cheaply otherwise: its own 30 of the item's 230 orders are at most 6.00.
    assert facts["price_quantile"] == pytest.approx(30 / 230, rel=1e-4)
    assert (facts["offer_orders"], facts["item_orders"]) == (30, 230)
    assert (facts["item"], facts["item_key"]) == ("Item A", "A")
    assert facts["other_items_bursting"] == 0


def test_promotion_that_regulars_come_to_is_no_finding(run: Run) -> None:
    regulars = with_burst(buyer_id=lambda n: f"r{n * 4}" if n % 2 else f"x{n}")
    assert run(DETECTOR, regulars).rows.empty


def test_shop_to_which_nobody_returns_accuses_nobody(run: Run) -> None:
    shop = with_burst()
    shop["buyer_id"] = [f"b{n}" for n in range(len(shop))]
    assert run(DETECTOR, shop).rows.empty


def test_spread_over_the_shops_whole_time_is_no_burst(run: Run) -> None:
    slow = with_burst(created_at=lambda n: START + pd.Timedelta(hours=13 * n, minutes=35))
    assert run(DETECTOR, slow).rows.empty


def test_lines_of_one_order_count_once(run: Run) -> None:
    invoice = with_burst(order_id="X", buyer_id="wholesaler")
    assert run(DETECTOR, invoice).rows.empty


def test_unpaid_orders_are_no_trade(run: Run) -> None:
    assert run(DETECTOR, with_burst(status="pending")).rows.empty
    never_paid = with_burst(status="closed").assign(paid_at=pd.NaT)
    assert run(DETECTOR, never_paid).rows.empty
    refunded = with_burst(status="closed").assign(paid_at=START)
    assert {f"X{n:04d}" for n in range(30)} <= set(run(DETECTOR, refunded).rows.order_id)


def test_unknown_buyers_never_match_and_accuse_nobody(run: Run) -> None:
    assert run(DETECTOR, with_burst(buyer_id=None)).rows.empty


def test_all_orders_in_one_second(run: Run) -> None:
    at_once = with_burst(created_at=START + pd.Timedelta(hours=200, minutes=35))
    found = run(DETECTOR, at_once)
    assert {f"X{n:04d}" for n in range(30)} <= set(found.rows.order_id)


def test_says_why_it_cannot_look(run: Run) -> None:
    tiny = run(DETECTOR, regular_shop(40))
    assert tiny.runs.state.item() == "found_nothing"
    assert review_of(tiny) == {"reviewed": 0, "reason": "too_few_orders"}
    nobody = run(DETECTOR, ROWS.drop(columns=["buyer_id", "phone"]))
    assert nobody.runs.state.item() == "not_available"
    assert nobody.runs.needs.item() == "orders.buyer_id | orders.buyer_account | orders.phone"


def test_without_account_the_phone_stands_for_the_buyer(run: Run) -> None:
    (facts,) = facts_of(run(DETECTOR, ROWS.drop(columns="buyer_id")))
    assert facts["buyer_key"] == "phone"


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(len(ROWS))))
def test_order_of_the_rows_does_not_matter(run: Run, found: Findings, places: list[int]) -> None:
    mixed = run(DETECTOR, ROWS.iloc[places].reset_index(drop=True))
    pd.testing.assert_frame_equal(mixed.rows, found.rows)
