"""Sets of values by hand: how many could have been chosen, and how unusual so many are."""

from collections import Counter
from math import log

import pandas as pd
import pytest
from scipy import stats

from workbench.detect.pools import chosen, many_values, sets_of


def test_sets_are_paid_for() -> None:
    paid = sets_of(pd.Series([2, 3, 4]), pd.Series([4, 4, 4]))
    assert paid.tolist() == [6 * 2, 4 * 6, 1 * 12]


def test_so_many_values_of_so_many_accounts() -> None:
    pool = pd.DataFrame({"pool": [0, 0, 0], "accounts": [3, 3, 4]})
    (told,) = many_values(pool, Counter({2: 45, 3: 6, 4: 1})).itertuples()
    # without the set: 45 of two, four of three, none of four
    third = (4 + 1) / (45 + 5)
    assert (told.values, told.least, told.q_third) == (3, 3, pytest.approx(third))
    # just these: the product of their own tails, Fisher's; two ways to look
    more = (0 + 1) / (4 + 5)
    product = third * third * third * more
    each = product * (1 - log(product) + log(product) ** 2 / 2)
    assert each < stats.poisson.sf(2, 52 * third)
    assert told.p1 == pytest.approx(2 * each)


def test_a_value_is_in_one_group() -> None:
    held = pd.DataFrame(
        [(0, "phone", 1), (0, "phone", 2), (1, "phone", 2), (1, "phone", 3), (2, "ip", 2)],
        columns=["group", "field", "value"],
    )
    assert chosen(held, pd.Series({0: 0.01, 1: 0.001, 2: 0.5})) == [1, 2]
    assert chosen(held, pd.Series({0: 1.0, 1: 1.0, 2: 1.0})) == []
