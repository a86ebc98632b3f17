"""A team that shares nothing but its timetable, and buyers who only look like one."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.conftest import START, Run, extra, facts_of, regular_shop, review_of
from workbench.detect import Findings
from workbench.detect.lockstep import DETECTOR


def items_of(n: int) -> str:
    return "CDEF"[n % 4]


def team(accounts: int, days_apart: float = 3.0, **columns: object) -> pd.DataFrame:
    """Each account buys C, D, E and F, three days apart, among strangers who buy one of them."""
    rows = {
        "buyer_id": lambda n: f"team {n // 4}",
        "product_id": items_of,
        "created_at": lambda n: (
            START + pd.Timedelta(days=2, minutes=n + 360 + int(days_apart * 1440) * (n % 4))
        ),
    }
    strangers = extra(
        80,
        order_id=lambda n: f"Y{n:04d}",
        buyer_id=lambda n: f"stranger {n}",
        product_id=items_of,
        created_at=lambda n: START + pd.Timedelta(hours=5 * n, minutes=17),
    )
    return pd.concat(
        [regular_shop(), extra(4 * accounts, **(rows | columns)), strangers], ignore_index=True
    )


TEAM = team(5)


@pytest.fixture(scope="module")
def found(run: Run) -> Findings:
    """What is found in TEAM."""
    return run(DETECTOR, TEAM)


def test_team_is_found_and_nobody_else(found: Findings) -> None:
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(20)}
    (facts,) = facts_of(found)
    assert (facts["accounts"], facts["met_accounts"], facts["rounds"]) == (5, 5, 3)
    assert (facts["meetings"], facts["window_days"]) == (4, 1)
    assert found.rows.p_value.iloc[0] == pytest.approx(facts["p1"] * facts["tried1"], rel=1e-4)


def test_a_couple_is_no_team(run: Run) -> None:
    assert run(DETECTOR, team(2)).rows.empty


def test_a_bundle_on_one_trip_is_no_lockstep(run: Run) -> None:
    assert run(DETECTOR, team(5, days_apart=0.0125)).rows.empty


def test_same_wishes_at_different_times_are_no_lockstep(run: Run) -> None:
    apart = team(
        5,
        created_at=lambda n: START + pd.Timedelta(hours=60 * (n // 4) + 70 * (n % 4), minutes=n),
    )
    assert run(DETECTOR, apart).rows.empty


def test_says_what_it_lacks(run: Run) -> None:
    bare = run(DETECTOR, regular_shop().drop(columns=["product_id", "product_title"]))
    assert bare.runs.state.item() == "not_available"
    assert review_of(run(DETECTOR, regular_shop(40)))["reason"] == "too_few_orders"
    one_item = regular_shop().assign(product_id="A")
    assert run(DETECTOR, one_item).runs.state.item() == "found_nothing"
    same_time = team(5, created_at=START)
    assert run(DETECTOR, same_time).rows.empty


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(len(TEAM))))
def test_order_of_the_rows_does_not_matter(run: Run, found: Findings, places: list[int]) -> None:
    mixed = run(DETECTOR, TEAM.iloc[places].reset_index(drop=True))
    pd.testing.assert_frame_equal(mixed.rows, found.rows)
