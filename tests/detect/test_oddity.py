"""The second oddity by hand: shares leave the group out, relatives are what it is held against."""

from math import log

import numpy as np
import pandas as pd
import pytest

from workbench.detect.days import Days
from workbench.detect.oddity import coincidences, oddities
from workbench.detect.relatives import Relatives
from workbench.detect.value_tests import crowd_share

TEN = pd.DataFrame({"day": range(10), "n": [14] + [10] * 9})
SOLD = pd.DataFrame({"item": [7] * 10, "day": range(10), "n": [6] + [2] * 9})
DAYS = Days.from_counts(TEN, np.array([7]), SOLD)
STRANGERS = Relatives(0, 0.1, np.array([]), {"phone": 0.1})


def group(**columns: object) -> pd.DataFrame:
    made = {"group": 0, "buyer": [1, 2, 3, 4], "item": 7, "second": [10, 20, 30, 40], **columns}
    return pd.DataFrame({"known": True, "name": 1, **made})


def test_days_by_hand() -> None:
    start, end = np.array([10, 86400]), np.array([40, 3 * 86400 - 1])
    assert DAYS.lines(start, end).tolist() == [14, 20]
    assert DAYS.lines_of(np.array([7, 7]), start, end).tolist() == [6, 4]
    assert (DAYS.total, DAYS.total_of(np.array([7])).tolist()) == (104, [24])
    assert DAYS.time_share(start[:1], end[:1], 4) == pytest.approx((10 + 1) / (104 - 4 + 1))


def test_the_group_is_left_out_of_what_its_item_is_compared_with() -> None:
    (row,) = oddities(group(), [STRANGERS], DAYS).groups.itertuples()
    # near by, 6 - 4 + 1 of 14 - 4 + 1 lines; over all, 24 - 4 + 1 of 104 - 4 + 1
    share = max(3 / 11, 21 / 101)
    assert row.core_share == pytest.approx(share)
    day = 11 / 101
    near = max(day, (2 + 20 * day) / (20 + 20))
    both = share**3 * (4 * near**3 - 3 * near**4)
    assert row.p_item == pytest.approx(both * (1 - log(both)))
    assert row.p_span == pytest.approx(4 * day**3 - 3 * day**4)
    assert row.p == pytest.approx(2 * row.p_item)


def test_relatives_who_buy_alike_make_it_less_odd() -> None:
    kin = Relatives(100, 0.6, np.full(100, 0.01), {})
    (row,) = oddities(group(), [kin], DAYS).groups.itertuples()
    (plain,) = oddities(group(), [STRANGERS], DAYS).groups.itertuples()
    assert row.p_item > plain.p_item
    # all pairs lie closer together than these four: time says nothing
    assert row.p_span > 0.5


def test_coincidences_in_a_second_field_by_hand() -> None:
    rows = group(buyer=[1, 2, 3, 4], phone=[8, 8, 8, 8])
    rows = pd.concat([rows, group(buyer=[5], item=7, second=5, phone=[9])])
    odd = coincidences(rows, [STRANGERS])
    # five known, two different: three of four others coincide: 4 x 0.1^3 x 0.9 + 0.1^4
    assert odd.p_second.tolist() == pytest.approx([0.0037])
    assert odd.second_field.tolist() == ["phone"]


def test_camouflage_does_not_hide_the_core() -> None:
    rows = pd.concat(
        [group(), group(buyer=[1, 2, 3], item=[8, 9, 10], second=[400000, 500000, 80000])]
    )
    rows["name"] = rows["item"]
    days = Days.from_counts(
        TEN,
        np.array([7, 8, 9, 10]),
        pd.concat([SOLD] + [SOLD.assign(item=n) for n in (8, 9, 10)]),
    )
    odd = oddities(rows, [STRANGERS], days)
    assert odd.core.tolist() == odd.members.tolist() == [True] * 4 + [False] * 3
    assert odd.groups.core_accounts.tolist() == [4]


def test_sizes_at_which_nothing_else_is_odd_say_nothing() -> None:
    values = pd.DataFrame(
        {"field": "ip", "accounts": [5, 5, 5, 9], "shared_values": 10, "p2": [1, 1, 0.001, 0.001]}
    )
    assert crowd_share(values).tolist() == [0.2, 0.2, 0.2, 0.0]
