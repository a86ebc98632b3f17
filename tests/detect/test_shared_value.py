"""Rings on one phone, device or flat, and the dormitories and families that look like them."""

from math import log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.conftest import START, Run, extra, facts_of, regular_shop, review_of
from workbench.detect import Findings
from workbench.detect.shared_address import DETECTOR as ADDRESS
from workbench.detect.shared_device import DETECTOR as DEVICE
from workbench.detect.shared_phone import DETECTOR as PHONE


def shop(orders: int, **columns: object) -> pd.DataFrame:
    return pd.concat([regular_shop(), extra(orders, **columns)], ignore_index=True)


def over_the_year(n: int) -> pd.Timestamp:
    return START + pd.Timedelta(hours=10 + 29 * n, minutes=7)


def test_ring_on_one_phone_by_hand(run: Run) -> None:
    found = run(PHONE, shop(9, phone="138 0013 8000"))
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(9)}
    (facts,) = facts_of(found)
    assert (facts["field"], facts["accounts"], facts["value_accounts"]) == ("phone", 9, 9)
    # no other phone is shared: both steps of the tail are the prior, (0 + 0.2 x 5) / (0 + 5)
    assert facts["q_third"] == facts["q"] == 0.2
    assert facts["p1"] == pytest.approx(0.2 * 0.2**6, rel=1e-5, abs=0)
    # all nine took item A within a day in which others ordered 24 lines: 25 of 401 with one more
    # counted; no pair is known, so relatives are as near as strangers; the range of nine points
    day = (24 + 1) / (400 + 1)
    assert facts["p_span"] == pytest.approx(9 * day**8 - 8 * day**9, rel=1e-3, abs=0)
    # on that day 13 of 25 lines are item A: the eight after the first fall on it
    item = (13 / 25) ** 8
    near = (12 + 20 * day) / (200 + 20)
    time = 9 * max(day, near) ** 8 - 8 * max(day, near) ** 9
    both = item * time
    assert facts["p_item"] == pytest.approx(both * (1 - log(both)), rel=1e-3, abs=0)
    assert facts["second_field"] == "address"
    assert facts["distinct_share"] == {"address": 1.0}
    # three oddities were looked for, in one value
    assert facts["p2"] == pytest.approx(3 * min(facts["p_item"], facts["p_span"]), rel=1e-5, abs=0)
    assert found.rows.p_value.iloc[0] == pytest.approx(facts["p2"], rel=1e-5, abs=0)


def test_family_is_not_accused(run: Run) -> None:
    assert run(PHONE, shop(3, phone="13800138000")).rows.empty


def test_two_accounts_are_baseline_only(run: Run) -> None:
    assert run(PHONE, shop(2, phone="13800138000", created_at=START)).rows.empty


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
    assert run(ADDRESS, dormitory()).rows.empty
    ring = run(ADDRESS, dormitory(created_at=lambda n: START + pd.Timedelta(hours=200 + n // 5)))
    assert set(ring.rows.order_id) == {f"X{n:04d}" for n in range(13)}


def test_strangers_at_the_address_of_a_ring_are_left_out(run: Run) -> None:
    rare = {"product_id": "C", "product_title": "Item C"}
    mixed = dormitory(order_id=lambda n: f"D{n:04d}", buyer_id=lambda n: f"d{n}")
    ring = extra(9, address="Campus 7", created_at=over_the_year, **rare)
    found = run(ADDRESS, pd.concat([mixed, ring], ignore_index=True))
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(9)}
    (facts,) = facts_of(found)
    assert (facts["core_accounts"], facts["value_accounts"]) == (9, 22)
    assert facts["core_items"] == ["Item C"]


def test_large_values_with_nothing_else_odd_tell_that_size_says_nothing(run: Run) -> None:
    """Exits of a mobile network: many accounts each. One more such exit is not odd by size."""
    rows = regular_shop().assign(ip=lambda d: [f"exit {n // 2 % 10}" for n in range(len(d))])
    ring = extra(12).assign(ip="exit 99")
    found = run(DEVICE, pd.concat([rows, ring], ignore_index=True))
    assert found.rows.empty
    alone = run(DEVICE, pd.concat([rows.assign(ip=rows.buyer_id), ring], ignore_index=True))
    assert alone.rows.order_id.nunique() == 12


def test_nulls_and_blanks_never_match(run: Run) -> None:
    for nothing in (None, "", "   "):
        assert run(PHONE, shop(12, phone=nothing, address=nothing)).rows.empty


def test_phone_of_the_whole_shop_identifies_nobody(run: Run) -> None:
    one_phone = shop(12).assign(phone="4008001234").drop(columns="address")
    assert run(PHONE, one_phone).rows.empty


def test_masked_phones_count_with_their_chance_of_matching(run: Run) -> None:
    masked = shop(9, phone="138****8000")
    (facts,) = facts_of(run(PHONE, masked))
    assert facts["masked"] is True
    # only these nine accounts have a masked phone: one more pair of their 36 is counted
    assert facts["match_chance"] == pytest.approx(1 / 36, rel=1e-4)
    # where many strangers match anyway, nine accounts are nothing
    common = masked.copy()
    common.loc[:399, "phone"] = [f"138****800{n // 2 % 4}" for n in range(400)]
    assert run(PHONE, common).rows.empty


def test_masked_account_is_nobody(run: Run) -> None:
    assert run(PHONE, shop(9, phone="13800138000", buyer_id="t**1")).rows.empty


def test_same_orders_by_two_fields_are_one_group(run: Run) -> None:
    both = shop(9).assign(device=lambda d: d.buyer_id, ip=lambda d: d.buyer_id)
    both.loc[400:, ["device", "ip"]] = "one"
    found = run(DEVICE, both)
    assert found.rows.group_id.nunique() == 1
    (facts,) = facts_of(found)
    assert {facts["field"], *facts["also_fields"]} == {"device", "ip"}


def test_family_at_one_address_with_one_phone_each_time_is_not_odd_by_its_second_field(
    run: Run,
) -> None:
    """Households of this shop share both: that a larger one does as well is nothing new."""
    rows = regular_shop()
    for n in range(40):
        pair = (rows.buyer_id == f"n{4 * n + 2}") | (rows.buyer_id == f"n{4 * n + 203 - n % 2}")
        rows.loc[pair, ["phone", "address"]] = [f"home {n}", f"{20000 + n} Home Road"]
    family = extra(
        5,
        phone="13800138000",
        address="77 Family Lane",
        created_at=over_the_year,
        product_id=lambda n: "AB"[n % 2],
    )
    found = run(PHONE, pd.concat([rows, family], ignore_index=True))
    assert found.rows.empty or found.rows.p_value.min() > 0.05


def test_ring_on_many_phones_is_one_group_of_values(run: Run) -> None:
    """Six phones with three accounts each: none is odd by itself, together they are."""
    rows = regular_shop().assign(product_id=lambda d: [f"P{n % 40}" for n in range(len(d))])
    ring = extra(
        18,
        phone=lambda n: f"phone {n // 3}",
        product_id=lambda n: f"P{n % 2}",
        created_at=lambda n: START + pd.Timedelta(hours=100 + 3 * n, minutes=7),
    )
    found = run(PHONE, pd.concat([rows, ring], ignore_index=True))
    best = found.rows[found.rows.p_value == found.rows.p_value.min()]
    assert set(best.order_id) == {f"X{n:04d}" for n in range(18)}
    facts = facts_of(found)[0]
    assert (facts["values"], facts["value_accounts"]) == (6, 18)
    # one set of six out of six, six sizes, and three searches: 3 x 6 x 5 / 1
    assert facts["tried2"] == 90
    mixed = ring.assign(product_id=[f"P{7 * n % 40}" for n in range(18)])
    mixed["created_at"] = [
        START + pd.Timedelta(hours=(n * 151) % 390, minutes=7) for n in range(18)
    ]
    honest = run(PHONE, pd.concat([rows, mixed], ignore_index=True))
    assert honest.rows.empty or honest.rows.p_value.min() > 0.05


def test_orders_without_an_item_are_no_item_of_their_own(run: Run) -> None:
    orders = shop(9, phone="13800138000")
    orders.loc[orders.index % 2 == 0, ["product_id", "product_title"]] = None
    (facts,) = facts_of(run(PHONE, orders))
    # of nine accounts the four with a known item took item A
    assert (facts["core_accounts"], facts["items"], facts["core_items"]) == (4, 1, ["Item A"])
    nothing = orders.assign(product_id=None, product_title=None)
    (facts,) = facts_of(run(PHONE, nothing))
    assert (facts["p_item"], facts["item"], facts["core_items"]) == (None, None, [])


def test_says_what_it_lacks(run: Run) -> None:
    bare = run(PHONE, regular_shop().drop(columns=["phone", "address"]))
    assert (bare.runs.state.item(), bare.runs.needs.item()) == ("not_available", "orders.phone")
    empty = run(PHONE, regular_shop().assign(phone=None))
    assert empty.runs.state.item() == "not_available"
    none = run(DEVICE, regular_shop())
    assert none.runs.needs.item().startswith("orders.device | orders.ip")
    assert review_of(run(ADDRESS, regular_shop()))["fields"] == ["address"]
    assert review_of(run(PHONE, regular_shop(40)))["reason"] == "too_few_orders"


RING = shop(9, phone="13800138000")


@pytest.fixture(scope="module")
def ring(run: Run) -> Findings:
    """What is found in RING."""
    return run(PHONE, RING)


def test_turned_rows_are_the_same(run: Run, ring: Findings) -> None:
    turned = RING.iloc[::-1].reset_index(drop=True)
    assert ring.rows.order_id.nunique() == 9
    pd.testing.assert_frame_equal(run(PHONE, turned).rows, ring.rows)


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(len(RING))))
def test_order_of_the_rows_does_not_matter(run: Run, ring: Findings, places: list[int]) -> None:
    mixed = run(PHONE, RING.iloc[places].reset_index(drop=True))
    pd.testing.assert_frame_equal(mixed.rows, ring.rows)
