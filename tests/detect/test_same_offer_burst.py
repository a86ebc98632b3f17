"""Bursts in a shop whose expectation can be worked out by hand."""

from math import comb, exp, factorial

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
    assert found.rows.group_id.nunique() == 1
    # the shop's own order of item A at 200:30 lies within the hour as well
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(30)} | {"S0200"}
    assert found.rows.window_start.iloc[0] == START + pd.Timedelta(hours=200, minutes=30)


def test_expectation_and_both_tests_by_hand(found: Findings) -> None:
    (facts,) = facts_of(found)
    # 200 orders of A at 10.00 in 399 hours; the other 199 and one prior order spread over the
    # traffic without the burst. Window: one hour around 200:30-201:04, that is 200:17-201:17,
    # with 43 minutes of an hour whose only order was in the burst, and 17 of one with one order.
    inside, whole = 17 / 60, 398.5 - 0.5 - 1
    share = 0.95 * inside / whole + 0.05 * 1 / 398
    assert facts["expected"] == pytest.approx((199 + 1) * share, rel=0.02)
    assert facts["phi"] == 1.0  # the regular shop is less scattered than Poisson
    mean = facts["expected"]
    tail = sum(exp(-mean) * mean**n / factorial(n) for n in range(31, 60))
    assert facts["p1"] == pytest.approx(tail, rel=1e-4, abs=0)
    # one of the 31 buyers (r0 of order 200) has another order; half of the others' orders have
    assert (facts["known_buyers"], facts["returning"]) == (31, 1)
    assert facts["rho"] == pytest.approx(0.5, abs=0.01)
    half = facts["rho"] / 2
    p2 = (1 - half) ** 31 + comb(31, 1) * half * (1 - half) ** 30
    assert facts["p2"] == pytest.approx(p2, rel=1e-4, abs=0)
    assert facts["tried2"] == 1


def test_facts_for_the_innocent_tests(run: Run) -> None:
    cheap = with_burst(paid_amount="6.00")
    (facts,) = facts_of(run(DETECTOR, cheap))
    assert facts["amount"] == facts["unit_amount"] == 6.0
    assert facts["price_quantile"] == 0.0  # never sold so cheaply otherwise
    assert facts["item_price_p05"] == facts["item_price_median"] == 10.0
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


def test_spread_over_the_day_is_no_burst(run: Run) -> None:
    slow = with_burst(created_at=lambda n: START + pd.Timedelta(hours=100 + 9 * n, minutes=35))
    assert run(DETECTOR, slow).rows.empty


def test_lines_of_one_order_count_once(run: Run) -> None:
    invoice = with_burst(order_id="X", buyer_id="wholesaler")
    assert run(DETECTOR, invoice).rows.empty


def test_unpaid_orders_are_no_trade(run: Run) -> None:
    assert run(DETECTOR, with_burst(status="pending")).rows.empty
    never_paid = with_burst(status="closed").assign(paid_at=pd.NaT)
    assert run(DETECTOR, never_paid).rows.empty
    refunded = with_burst(status="closed").assign(paid_at=START)
    assert run(DETECTOR, refunded).rows.order_id.nunique() == 31


def test_unknown_buyers_never_match_and_accuse_nobody(run: Run) -> None:
    assert run(DETECTOR, with_burst(buyer_id=None)).rows.empty


def test_all_orders_in_one_second(run: Run) -> None:
    at_once = with_burst(created_at=START + pd.Timedelta(hours=200, minutes=35))
    found = run(DETECTOR, at_once)
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(30)} | {"S0200"}


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
