"""One account that orders by the hour, against loyal buyers and split invoices."""

from math import comb

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.conftest import START, Run, extra, facts_of, regular_shop, review_of
from workbench.detect import Findings
from workbench.detect.rapid_repeat import DETECTOR


def shop(orders: int, **columns: object) -> pd.DataFrame:
    """The regular shop, twenty buyers who come four times, and one account of its own."""
    loyal = extra(
        80,
        order_id=lambda n: f"L{n:04d}",
        buyer_id=lambda n: f"l{n % 20}",
        created_at=lambda n: START + pd.Timedelta(hours=96 * (n // 20) + n % 20 * (1 + n // 20)),
        product_id=lambda n: f"P{n // 20}",
    )
    account = extra(orders, **{"buyer_id": "x", "created_at": every(2), **columns})
    rows = pd.concat([regular_shop(), loyal, account], ignore_index=True)
    return rows.drop(columns="address")


def every(hours: float):
    return lambda n: START + pd.Timedelta(hours=100 + hours * n, minutes=7)


@pytest.fixture(scope="module")
def found(run: Run) -> Findings:
    """What is found where the account orders twelve times."""
    return run(DETECTOR, shop(12))


def test_every_two_hours_the_same_item(found: Findings) -> None:
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(12)}
    (facts,) = facts_of(found)
    assert facts["median_gap_hours"] == 2.0
    assert facts["steady"] == 1.0
    # 100 buyers have one gap, 20 have three, the account its eleven; none of the others' is as
    # short, and one is counted: 1 / (160 + 1). All eleven gaps are at most the median.
    assert facts["shop_gap_share"] == pytest.approx(1 / 161, rel=1e-4)
    assert facts["p_gap"] == pytest.approx((1 / 161) ** 11, rel=1e-3, abs=0)
    # the twenty never took an item twice in 60 further orders: (0 + 1) / (60 + 2)
    assert facts["rebuy_rate"] == pytest.approx(1 / 62, rel=1e-4)
    assert facts["p2"] == pytest.approx((1 / 62) ** 11, rel=1e-3, abs=0)
    assert (facts["top_item_orders"], facts["account_orders"]) == (12, 12)
    assert facts["tried2"] == 1


def test_half_of_the_gaps_short_by_hand(run: Run) -> None:
    uneven = [START + pd.Timedelta(hours=h, minutes=7) for h in (100, 101, 102, 103, 133, 173, 223)]
    found = run(DETECTOR, shop(7, created_at=uneven))
    # gaps 1, 1, 1, 30, 40, 50 hours: the median is 15.5, three of six are shorter
    share = 1 / (160 + 1)
    tail = sum(comb(6, k) * share**k * (1 - share) ** (6 - k) for k in range(3, 7))
    for facts in facts_of(found):
        assert facts["p_gap"] == pytest.approx(tail, rel=1e-3, abs=0)
        assert facts["gaps_short"] == 3


def test_as_often_as_others_is_no_finding(run: Run) -> None:
    assert run(DETECTOR, shop(8, created_at=every(90))).rows.empty


def test_many_items_are_a_reseller_not_a_ring(run: Run) -> None:
    assert run(DETECTOR, shop(12, product_id=lambda n: f"Q{n}")).rows.empty


def test_five_orders_are_too_few(run: Run) -> None:
    assert run(DETECTOR, shop(5)).rows.empty


def test_split_invoice_is_one_purchase(run: Run) -> None:
    assert run(DETECTOR, shop(12, created_at=START + pd.Timedelta(hours=100))).rows.empty
    assert run(DETECTOR, shop(12, order_id="X")).rows.empty


def test_masked_accounts_are_not_taken_for_one(run: Run) -> None:
    masked = shop(12, buyer_id="t**1").drop(columns="phone")
    assert run(DETECTOR, masked).rows.empty


def test_says_why_it_cannot_look(run: Run) -> None:
    assert review_of(run(DETECTOR, regular_shop(40)))["reason"] == "too_few_orders"
    assert review_of(run(DETECTOR, regular_shop())) == {"reviewed": 0}
    bare = regular_shop().drop(columns=["buyer_id", "phone"])
    assert run(DETECTOR, bare).runs.state.item() == "not_available"


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(len(shop(12)))))
def test_order_of_the_rows_does_not_matter(run: Run, found: Findings, places: list[int]) -> None:
    mixed = run(DETECTOR, shop(12).iloc[places].reset_index(drop=True))
    pd.testing.assert_frame_equal(mixed.rows, found.rows)


def test_where_few_come_back_the_number_of_orders_is_odd(run: Run) -> None:
    rows = pd.concat(
        [regular_shop(), extra(12, buyer_id="x", created_at=every(2))], ignore_index=True
    )
    (facts,) = facts_of(run(DETECTOR, rows))
    # 100 buyers have two orders, none three: (0 + 0.2 * 5) / (100 + 5), but at least 0.02.
    assert facts["p_between"] == pytest.approx(0.02**10, rel=1e-3, abs=0)
    # nobody else has a further purchase to tell from: (0 + 1) / (0 + 2)
    assert facts["rebuy_rate"] == pytest.approx(0.5)
    assert facts["p2"] == pytest.approx(0.5**11, rel=1e-3, abs=0)
