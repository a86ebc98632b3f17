"""Tails against their definitions, summed term by term."""

from math import comb

import numpy as np
import pytest

from workbench.detect.tails import at_least, range_tails


def test_a_binomial_tail_counts_its_own_point() -> None:
    def term(k: int) -> float:
        return comb(8, k) * 0.3**k * 0.7 ** (8 - k)

    assert at_least(5, 8, 0.3) == pytest.approx(sum(term(k) for k in range(5, 9)))
    assert at_least(0, 8, 0.3) == 1.0


def test_three_points_within_a_tenth() -> None:
    tails = range_tails(np.array([3, 1, 5]), np.array([0.1, 0.1, 1.0]))
    assert tails == pytest.approx([3 * 0.1**2 - 2 * 0.1**3, 1.0, 1.0])
