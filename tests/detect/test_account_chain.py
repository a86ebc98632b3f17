"""Chains of accounts by hand, and the households and offices that look like them."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.conftest import START, Run, extra, facts_of, regular_shop, review_of
from workbench.detect import Findings
from workbench.detect.account_chain import DETECTOR, links, without_weakest
from workbench.detect.shared_rows import SharedRows


def chain(accounts: int, **columns: object) -> pd.DataFrame:
    """Accounts 0-1, 2-3, … share a phone, 1-2, 3-4, … an address."""
    rows = {
        "phone": lambda n: f"link {n // 2}",
        "address": lambda n: f"{30000 + (n + 1) // 2} Link Road",
    }
    ring = extra(accounts, **(rows | columns))
    return pd.concat([regular_shop(), ring], ignore_index=True)


RING = chain(12)


@pytest.fixture(scope="module")
def found(run: Run) -> Findings:
    """What is found in RING."""
    return run(DETECTOR, RING)


def test_chain_by_hand(found: Findings) -> None:
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(12)}
    (facts,) = facts_of(found)
    assert (facts["accounts"], facts["links"], facts["largest_link"]) == (12, 11, 2)
    assert facts["link_fields"] == ["address", "phone"]
    # without the link in the middle, six and six: 0.2 for a third, 0.2 for each of three more
    assert (facts["kept"], facts["components"]) == (6, 0)
    assert facts["p1"] == pytest.approx(0.2**4)
    # the first takes item A, eleven follow, 13 of 25 lines of that day are item A
    assert facts["core_expected_share"] == pytest.approx(13 / 25)


def test_one_value_for_all_is_for_another_detector(run: Run) -> None:
    shared = run(DETECTOR, chain(9, phone="one", address=lambda n: f"{9000 + n} Own Road"))
    assert shared.rows.empty
    assert review_of(shared)["reviewed"] == 0


def test_family_of_many_wishes_is_not_found(run: Run) -> None:
    mixed = chain(
        5,
        created_at=lambda n: START + pd.Timedelta(hours=10 + 70 * n, minutes=7),
        product_id=lambda n: "AB"[n % 2],
    )
    found = run(DETECTOR, mixed)
    assert found.rows.empty or found.rows.p_value.min() > 0.05


def ties(*pairs: tuple[int, int]) -> SharedRows:
    """Accounts and the values they hold."""
    frame = pd.DataFrame(pairs, columns=["buyer", "value"])
    return SharedRows("phone", frame.assign(order=range(len(frame)), masked=False), 1000, 0)


def test_two_households_with_one_link_are_not_one_chain() -> None:
    homes = [(n, 0) for n in range(4)] + [(n, 1) for n in range(4, 8)] + [(3, 2), (4, 2)]
    assert without_weakest(links([ties(*homes)])).tolist() == [4]


def test_where_every_loss_leaves_it_whole_nothing_is_weak() -> None:
    both = [(n, value) for n in range(5) for value in (0, 1)]
    assert without_weakest(links([ties(*both)])).tolist() == [5]


def test_a_single_value_is_its_own_weakest_link() -> None:
    assert without_weakest(links([ties((1, 0), (2, 0), (3, 0))])).tolist() == [1]


def test_crowded_values_link_nobody() -> None:
    assert links([ties(*((n, 0) for n in range(13)))]).empty
    assert len(links([ties(*((n, 0) for n in range(12)))])) == 12


def test_says_what_it_lacks(run: Run) -> None:
    bare = run(DETECTOR, regular_shop().drop(columns=["phone", "address"]))
    assert bare.runs.state.item() == "not_available"
    assert bare.runs.needs.item().startswith("orders.phone | orders.device")
    assert review_of(run(DETECTOR, regular_shop(40)))["reason"] == "too_few_orders"
    for nothing in (None, "", "138****8000"):
        assert run(DETECTOR, chain(12, phone=nothing, address=None)).rows.empty


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(len(RING))))
def test_order_of_the_rows_does_not_matter(run: Run, found: Findings, places: list[int]) -> None:
    mixed = run(DETECTOR, RING.iloc[places].reset_index(drop=True))
    pd.testing.assert_frame_equal(mixed.rows, found.rows)
