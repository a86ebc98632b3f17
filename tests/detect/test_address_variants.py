"""One flat in many spellings, against neighbours, families and a person's own typing."""

from math import exp, factorial

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.conftest import Run, extra, facts_of, regular_shop, review_of
from workbench.detect import Findings
from workbench.detect.address_variants import DETECTOR

SPELLINGS = (
    "橘灯公寓18号3栋2单元502室",
    "橘灯公寓18号3幢2单元502",
    "橘灯公寓18号3-2-502",
    "橘灯公寓１８号３栋２单元５０２室",
    "橘灯公寓十八号三栋二单元502室",
    "橘灯公寓18号 3栋 2单元 502",
    "橘灯公寓18号楼3栋2单元502室门口",
    "橘灯公寓18號3棟2單元502室",
)


def shop(spellings: tuple[str, ...], **columns: object) -> pd.DataFrame:
    ring = extra(len(spellings), address=list(spellings), **columns)
    return pd.concat([regular_shop(), ring], ignore_index=True)


FLAT = shop(SPELLINGS)


@pytest.fixture(scope="module")
def found(run: Run) -> Findings:
    """What is found in FLAT."""
    return run(DETECTOR, FLAT)


def test_eight_spellings_of_one_flat_by_hand(found: Findings) -> None:
    assert set(found.rows.order_id) == {f"X{n:04d}" for n in range(8)}
    (facts,) = facts_of(found)
    assert (facts["spellings"], facts["keys"], facts["value_accounts"]) == (8, 1, 8)
    # 100 buyers come back once and write their address as before: (0 + 1) / (100 + 10)
    assert facts["typing_rate"] == pytest.approx(1 / 110, rel=1e-4)
    mean = 7 / 110
    assert facts["expected"] == pytest.approx(1 + mean, rel=1e-4)
    tail = sum(exp(-mean) * mean**n / factorial(n) for n in range(7, 40))
    assert facts["p_spelling"] == pytest.approx(tail, rel=1e-3, abs=0)
    assert facts["p_sharing"] == pytest.approx(0.2 * 0.2**5)
    assert facts["p1"] == max(facts["p_spelling"], facts["p_sharing"])


def test_facts_hold_no_address(found: Findings) -> None:
    assert "橘灯" not in found.rows.facts.iloc[0]


def test_one_spelling_is_for_another_detector(run: Run) -> None:
    for few in (1, 2):
        found = run(DETECTOR, shop(SPELLINGS[:few] * (8 // few)))
        assert found.rows.empty
        assert review_of(found)["reviewed"] == 0


def test_neighbours_are_not_one_place(run: Run) -> None:
    house = tuple(f"橘灯公寓18号3栋2单元{500 + n}室" for n in range(8))
    assert run(DETECTOR, shop(house)).rows.empty


def test_one_person_who_types_differently_is_no_ring(run: Run) -> None:
    assert run(DETECTOR, shop(SPELLINGS, buyer_id="x")).rows.empty


def test_slips_in_a_long_name_are_joined(run: Run) -> None:
    slips = tuple(
        text.replace("橘灯公寓", "橘灯国际花园公寓" if n % 2 else "橘灯国标花园公寓")
        for n, text in enumerate(SPELLINGS)
    )
    (facts,) = facts_of(run(DETECTOR, shop(slips)))
    assert (facts["keys"], facts["value_accounts"]) == (2, 8)


def test_says_what_it_lacks(run: Run) -> None:
    bare = run(DETECTOR, regular_shop().drop(columns="address"))
    assert (bare.runs.state.item(), bare.runs.needs.item()) == ("not_available", "orders.address")
    empty = run(DETECTOR, regular_shop().assign(address=None))
    assert empty.runs.state.item() == "not_available"
    assert review_of(run(DETECTOR, regular_shop(40)))["reason"] == "too_few_orders"


def test_masked_addresses_name_no_place(run: Run) -> None:
    masked = run(DETECTOR, regular_shop().assign(address="浙江省杭州市西湖区***"))
    assert masked.rows.empty


@settings(max_examples=3, deadline=None)
@given(st.permutations(range(len(FLAT))))
def test_order_of_the_rows_does_not_matter(run: Run, found: Findings, places: list[int]) -> None:
    mixed = run(DETECTOR, FLAT.iloc[places].reset_index(drop=True))
    pd.testing.assert_frame_equal(mixed.rows, found.rows)
