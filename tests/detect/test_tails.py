"""Tails against their definitions, summed term by term."""

from math import comb, exp, factorial, lgamma, log

import numpy as np
import pytest

from workbench.detect.tails import at_least, count_tail, range_tails, takers_tails


def test_count_tail_without_overdispersion_is_poisson() -> None:
    below = sum(exp(-2.5) * 2.5**n / factorial(n) for n in range(6))
    assert count_tail(6, 2.5, 1.0) == pytest.approx(1 - below)


def test_count_tail_with_overdispersion_has_the_stated_mean_and_variance() -> None:
    mean, phi = 3.0, 2.0
    size = mean / (phi - 1)  # variance = mean + mean^2 / size = phi x mean

    def term(n: int) -> float:
        ways = lgamma(n + size) - lgamma(n + 1) - lgamma(size)
        return exp(ways + size * log(1 / phi) + n * log(1 - 1 / phi))

    assert sum(n * term(n) for n in range(400)) == pytest.approx(mean)
    assert sum(n * n * term(n) for n in range(400)) - mean**2 == pytest.approx(phi * mean)
    assert count_tail(7, mean, phi) == pytest.approx(1 - sum(term(n) for n in range(7)))


def test_a_binomial_tail_counts_its_own_point() -> None:
    def term(k: int) -> float:
        return comb(8, k) * 0.3**k * 0.7 ** (8 - k)

    assert at_least(5, 8, 0.3) == pytest.approx(sum(term(k) for k in range(5, 9)))
    assert at_least(0, 8, 0.3) == 1.0


def test_three_points_within_a_tenth() -> None:
    tails = range_tails(np.array([3, 1, 5]), np.array([0.1, 0.1, 1.0]))
    assert tails == pytest.approx([3 * 0.1**2 - 2 * 0.1**3, 1.0, 1.0])


def test_nothing_is_as_likely_as_can_be() -> None:
    assert count_tail(0, 1.0, 1.0) == 1.0
    assert count_tail(3, 0.0, 1.0) == 0.0


def test_takers_are_counted_by_account_whatever_else_it_buys() -> None:
    group, bought = np.array([0, 0, 0, 1, 1]), np.array([1, 2, 1, 1, 3])
    share, least = np.array([0.1, 0.1]), np.array([0.0, 0.5])
    (three, two) = takers_tails(np.array([3, 2]), group, bought, share, least)
    # 0.1 twice and 1 - 0.9^2: 0.13 for each of two further accounts
    assert three == pytest.approx(((0.1 + 0.19 + 0.1) / 3) ** 2)
    # relatives take the same in one of two cases, more than 0.1 and 1 - 0.9^3
    assert two == pytest.approx(0.5)
