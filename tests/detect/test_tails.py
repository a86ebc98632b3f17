"""Tails against their definitions, summed term by term."""

from math import comb, exp, factorial, lgamma, log

import pytest

from workbench.detect.tails import at_least, at_most, count_tail, number_to_pay_for, range_tail


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


def test_binomial_tails_count_their_own_point() -> None:
    def term(k: int) -> float:
        return comb(8, k) * 0.3**k * 0.7 ** (8 - k)

    assert at_least(5, 8, 0.3) == pytest.approx(sum(term(k) for k in range(5, 9)))
    assert at_most(2, 8, 0.3) == pytest.approx(sum(term(k) for k in range(3)))
    assert at_least(0, 8, 0.3) == 1.0


def test_three_points_within_a_tenth() -> None:
    assert range_tail(3, 0.1) == pytest.approx(3 * 0.1**2 - 2 * 0.1**3)
    assert range_tail(1, 0.1) == 1.0
    assert range_tail(5, 1.0) == 1.0


def test_nothing_is_as_likely_as_can_be() -> None:
    assert count_tail(0, 1.0, 1.0) == 1.0
    assert count_tail(3, 0.0, 1.0) == 0.0


@pytest.mark.parametrize(
    ("best", "paid"),
    [
        ([0.001, 0.2, 0.3, 0.9], 1),  # three tests could never pass: they cost nothing
        ([0.001, 0.002, 0.02], 3),  # three can reach .05 and .05/2, and .05/3 only two: pay 3
        ([0.001, 0.002, 0.03], 2),  # at .05/2 only two can
        ([], 1),
    ],
)
def test_only_tests_that_could_pass_are_paid_for(best: list[float], paid: int) -> None:
    assert number_to_pay_for(best, 0.05) == paid
