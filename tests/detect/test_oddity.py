"""The second oddity by hand: shares leave the group out, coincidences are counted among pairs."""

from types import SimpleNamespace

import pandas as pd
import pytest

from workbench.detect.oddity import Days, second_oddity
from workbench.detect.running_total import RunningTotal
from workbench.detect.shared_identity import unusual

TEN = pd.Series(range(10))


def days() -> Days:
    """Ten lines a day and two of item 7; on day 0 four more, all of item 7."""
    return Days(
        RunningTotal.of(TEN, pd.Series([14] + [10] * 9)),
        {7: RunningTotal.of(TEN, pd.Series([6] + [2] * 9))},
        number_of_items=2,
    )


def group(**columns: object) -> pd.DataFrame:
    made = {"buyer": [1, 2, 3, 4], "item": 7, "second": [10, 20, 30, 40], **columns}
    return pd.DataFrame(made).astype("Int64")


def test_the_group_is_left_out_of_what_its_item_is_compared_with() -> None:
    # near by, 6 - 4 + 1 of 14 - 4 + 1 lines; over all, 24 - 4 + 1 of 104 - 4 + 1
    assert days().item_share([7], group()) == pytest.approx(max(3 / 11, 21 / 101))
    assert days().time_share(group()) == pytest.approx((10 + 1) / (104 - 4 + 1))


def test_coincidences_in_a_second_field_by_hand() -> None:
    counts = {"phone_known": 5, "phone_distinct": 2}
    odd = second_oddity(group(), counts, {"phone": 0.1}, days())
    # three of four others coincide: 4 x 0.1^3 x 0.9 + 0.1^4
    assert odd.p_second == pytest.approx(0.0037)
    assert odd.second_field == "phone"


def test_core_is_what_the_oddity_of_one_item_rests_on() -> None:
    odd = second_oddity(group(), {}, {}, days())
    assert (odd.core_items, odd.core_accounts, len(odd.members)) == ([7], 4, 4)


def test_only_values_larger_than_the_plain_ones_are_paid_for() -> None:
    def one(accounts: int, p: float) -> tuple:
        told = {"field": "phone", "accounts": accounts, "shared_values": 10, "p1": 1e-4}
        return told | {"tried1": 1}, None, SimpleNamespace(p=p)

    ((kept, _, _),) = unusual([one(5, 1.0), one(5, 1.0), one(5, 0.001), one(9, 0.001)])
    assert (kept["accounts"], kept["crowd_share"], kept["tried2"]) == (9, 0.0, 1)
    assert kept["p"] == pytest.approx(0.001)
