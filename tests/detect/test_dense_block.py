"""Accounts that share much in many ways; households and dormitories, which share one thing."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.conftest import START, Run, extra, facts_of, regular_shop, review_of
from workbench.detect import Findings
from workbench.detect.dense_block import DETECTOR


def shop(accounts: int, **columns: object) -> pd.DataFrame:
    """Households of two share a phone; the rest is given. A new buyer has a device of his own."""
    rows = regular_shop().assign(device=lambda d: d.buyer_id)
    for n in range(60):
        pair = rows.buyer_id.isin([f"n{4 * n + 2}", f"n{4 * n + 3}"])
        rows.loc[pair, "phone"] = f"home {n}"
    columns = {"device": lambda n: f"own {n}", **columns}
    return pd.concat([rows, extra(accounts, **columns)], ignore_index=True)


BLOCK = shop(12, phone=lambda n: f"p{n % 3}", device=lambda n: f"d{n // 3}")


@pytest.fixture(scope="module")
def found(run: Run) -> Findings:
    """What is found in BLOCK."""
    return run(DETECTOR, BLOCK)


def test_block_is_found_and_does_not_accuse(found: Findings) -> None:
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(12)}
    (facts,) = facts_of(found)
    # three phones, four devices, one hour of twelve purchases
    assert (facts["accounts"], facts["links"]) == (12, 8)
    assert facts["link_fields"] == ["device", "offer_hour", "phone"]
    assert found.rows.p_value.iloc[0] == pytest.approx(1 / 21)
    assert facts["density"] > facts["expected"]


def test_family_that_shares_everything_is_one_value(run: Run) -> None:
    family = shop(
        5,
        phone="home",
        device="tablet",
        address="7 Family Lane",
        created_at=lambda n: START + pd.Timedelta(hours=10 + 70 * n, minutes=7),
    )
    assert run(DETECTOR, family).rows.empty


def test_dormitory_is_a_place(run: Run) -> None:
    place = {"address": "Campus 7", "device": "campus network"}
    hour = {"created_at": lambda n: START + pd.Timedelta(hours=10 + 29 * (n // 2), minutes=7)}
    assert run(DETECTOR, shop(20, **place, **hour)).rows.empty


def test_says_what_it_lacks(run: Run) -> None:
    bare = run(DETECTOR, regular_shop().drop(columns=["phone", "address"]))
    assert bare.runs.state.item() == "not_available"
    nobody = run(DETECTOR, regular_shop())
    assert nobody.runs.state.item() == "found_nothing"
    assert review_of(nobody)["reviewed"] == 0
    assert review_of(run(DETECTOR, regular_shop(40)))["reason"] == "too_few_orders"


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(len(BLOCK))))
def test_order_of_the_rows_does_not_matter(run: Run, found: Findings, places: list[int]) -> None:
    mixed = run(DETECTOR, BLOCK.iloc[places].reset_index(drop=True))
    pd.testing.assert_frame_equal(mixed.rows, found.rows)
