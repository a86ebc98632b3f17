"""The collision probability, by hand and by counting pairs."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.quality.chance import match_chance


def test_the_collision_probability_by_hand():
    # Five strangers: 3 show x, 2 show y. Pairs that match: 3 + 1, of 10.
    assert match_chance(pd.Series([3, 2])) == pytest.approx(0.4)
    assert match_chance(pd.Series([1, 1, 1])) == 0
    assert match_chance(pd.Series([1])) == match_chance(pd.Series([], dtype="int64")) == 0


@given(st.lists(st.integers(1, 50), min_size=2, max_size=20))
def test_the_collision_probability_counts_pairs(counts):
    strangers = [value for value, n in enumerate(counts) for _ in range(n)]
    pairs = [
        strangers[i] == strangers[j]
        for i in range(min(len(strangers), 60))
        for j in range(i)
        if len(strangers) <= 60
    ]
    if pairs:
        assert match_chance(pd.Series(counts)) == pytest.approx(sum(pairs) / len(pairs))
