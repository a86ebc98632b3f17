"""Rings on one phone, device or flat, and the dormitories and families that look like them."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.conftest import START, Run, extra, facts_of, regular_shop, review_of
from workbench.detect import Findings
from workbench.detect.shared_identity import DETECTOR


def shop(orders: int, **columns: object) -> pd.DataFrame:
    return pd.concat([regular_shop(), extra(orders, **columns)], ignore_index=True)


def over_the_year(n: int) -> pd.Timestamp:
    return START + pd.Timedelta(hours=10 + 29 * n, minutes=7)


def test_ring_on_one_phone_by_hand(run: Run) -> None:
    found = run(DETECTOR, shop(9, phone="138 0013 8000"))
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(9)}
    (facts,) = facts_of(found)
    assert (facts["field"], facts["accounts"], facts["value_accounts"]) == ("phone", 9, 9)
    # no other phone is shared: both steps of the tail are the prior, (0 + 0.2 x 5) / (0 + 5)
    assert facts["q_third"] == facts["q"] == 0.2
    assert facts["p1"] == pytest.approx(0.2 * 0.2**6, rel=1e-5, abs=0)
    assert facts["tried1"] == 1 * 2  # one shared phone; two fields, phone and address
    # all nine took item A within a day in which others ordered 24 lines: 25 of 401 with one more
    # counted; the range of nine points
    day = (24 + 1) / (400 + 1)
    assert facts["p_span"] == pytest.approx(9 * day**8 - 8 * day**9, rel=1e-3, abs=0)
    assert facts["second_field"] == "address"
    assert facts["distinct_share"] == {"address": 1.0}
    assert found.rows.p_value.iloc[0] == pytest.approx(2 * 0.2**7, rel=1e-3)


def test_family_is_not_accused(run: Run) -> None:
    assert run(DETECTOR, shop(3, phone="13800138000")).rows.empty


def test_two_accounts_are_baseline_only(run: Run) -> None:
    assert run(DETECTOR, shop(2, phone="13800138000", created_at=START)).rows.empty


def dormitory(**columns: object) -> pd.DataFrame:
    """Thirteen accounts at one address over the year: many items, own phones."""
    rows = {
        "address": "Campus 7",
        "created_at": over_the_year,
        "product_id": lambda n: "AB"[n % 2],
        "paid_amount": lambda n: ("10.00", "20.00")[n % 2],
    }
    return shop(13, **(rows | columns))


def test_dormitory_is_not_accused_but_a_ring_at_its_address_is(run: Run) -> None:
    assert run(DETECTOR, dormitory()).rows.empty
    ring = run(DETECTOR, dormitory(created_at=lambda n: START + pd.Timedelta(hours=200 + n // 5)))
    assert set(ring.rows.order_id) == {f"X{n:04d}" for n in range(13)}


def test_strangers_at_the_address_of_a_ring_are_left_out(run: Run) -> None:
    rare = {"product_id": "C", "product_title": "Item C"}
    mixed = dormitory(order_id=lambda n: f"D{n:04d}", buyer_id=lambda n: f"d{n}")
    ring = extra(9, address="Campus 7", created_at=over_the_year, **rare)
    found = run(DETECTOR, pd.concat([mixed, ring], ignore_index=True))
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(9)}
    (facts,) = facts_of(found)
    assert (facts["core_accounts"], facts["value_accounts"]) == (9, 22)
    assert facts["core_items"] == ["Item C"]


def test_large_values_with_nothing_else_odd_tell_that_size_says_nothing(run: Run) -> None:
    """Exits of a mobile network: many accounts each. One more such exit is not odd by size."""
    rows = regular_shop().assign(ip=lambda d: [f"exit {n // 2 % 10}" for n in range(len(d))])
    ring = extra(12).assign(ip="exit 99")
    found = run(DETECTOR, pd.concat([rows, ring], ignore_index=True))
    assert found.rows.empty
    alone = run(DETECTOR, pd.concat([rows.assign(ip=rows.buyer_id), ring], ignore_index=True))
    assert alone.rows.order_id.nunique() == 12


def test_nulls_and_blanks_never_match(run: Run) -> None:
    for nothing in (None, "", "   "):
        assert run(DETECTOR, shop(12, phone=nothing, address=nothing)).rows.empty


def test_phone_of_the_whole_shop_identifies_nobody(run: Run) -> None:
    one_phone = shop(12).assign(phone="4008001234").drop(columns="address")
    assert run(DETECTOR, one_phone).rows.empty


def test_masked_phones_count_with_their_chance_of_matching(run: Run) -> None:
    masked = shop(9, phone="138****8000")
    (facts,) = facts_of(run(DETECTOR, masked))
    assert facts["masked"] is True
    # only these nine accounts have a masked phone: one more pair of their 36 is counted
    assert facts["match_chance"] == pytest.approx(1 / 36, rel=1e-4)
    # where many strangers match anyway, nine accounts are nothing
    common = masked.copy()
    common.loc[:399, "phone"] = [f"138****800{n // 2 % 4}" for n in range(400)]
    assert run(DETECTOR, common).rows.empty


def test_masked_account_is_nobody(run: Run) -> None:
    assert run(DETECTOR, shop(9, phone="13800138000", buyer_id="t**1")).rows.empty


def test_same_orders_by_two_fields_are_one_group(run: Run) -> None:
    both = shop(9, phone="13800138000", address="7 Lonely Lane")
    found = run(DETECTOR, both)
    assert found.rows.group_id.nunique() == 1
    (facts,) = facts_of(found)
    assert {facts["field"], *facts["also_fields"]} == {"phone", "address"}


def test_says_what_it_lacks(run: Run) -> None:
    bare = run(DETECTOR, regular_shop().drop(columns=["phone", "address"]))
    assert bare.runs.state.item() == "not_available"
    assert bare.runs.needs.item().startswith("orders.phone | orders.device")
    empty = run(DETECTOR, regular_shop().drop(columns="address").assign(phone=None))
    assert empty.runs.state.item() == "not_available"
    assert review_of(run(DETECTOR, regular_shop()))["fields"] == ["phone", "address"]
    assert review_of(run(DETECTOR, regular_shop(40)))["reason"] == "too_few_orders"


RING = shop(9, phone="13800138000")


@pytest.fixture(scope="module")
def ring(run: Run) -> Findings:
    """What is found in RING."""
    return run(DETECTOR, RING)


def test_turned_rows_are_the_same(run: Run, ring: Findings) -> None:
    turned = RING.iloc[::-1].reset_index(drop=True)
    assert ring.rows.order_id.nunique() == 9
    pd.testing.assert_frame_equal(run(DETECTOR, turned).rows, ring.rows)


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(len(RING))))
def test_order_of_the_rows_does_not_matter(run: Run, ring: Findings, places: list[int]) -> None:
    mixed = run(DETECTOR, RING.iloc[places].reset_index(drop=True))
    pd.testing.assert_frame_equal(mixed.rows, ring.rows)
