"""Exact tail probabilities, each with the question it answers."""

from __future__ import annotations

from collections.abc import Sequence

from scipy import stats

__all__ = ["at_least", "at_most", "count_tail", "number_to_pay_for", "range_tail"]


def count_tail(count: int, mean: float, dispersion: float) -> float:
    """P(X >= count) for counts with this mean and variance = dispersion x mean.

    Negative binomial; Poisson where the dispersion is at most 1.
    """
    if count <= 0:
        return 1.0
    if dispersion <= 1.0 or mean <= 0.0:
        return float(stats.poisson.sf(count - 1, max(mean, 0.0)))
    size = mean / (dispersion - 1.0)
    return float(stats.nbinom.sf(count - 1, size, 1.0 / dispersion))


def at_least(successes: int, trials: int, chance: float) -> float:
    """P(X >= successes) for X ~ Binom(trials, chance)."""
    if successes <= 0:
        return 1.0
    return float(stats.binom.sf(successes - 1, trials, min(max(chance, 0.0), 1.0)))


def at_most(successes: int, trials: int, chance: float) -> float:
    """P(X <= successes) for X ~ Binom(trials, chance)."""
    return float(stats.binom.cdf(successes, trials, min(max(chance, 0.0), 1.0)))


def number_to_pay_for(best: Sequence[float], alpha: float) -> int:
    """How many of several discrete tests must be paid for (Tarone 1990).

    `best` holds the least p-value each test could give. A test that could not pass anyway
    costs nothing: the least m such that at most m tests can reach alpha / m.
    """
    for paid in range(1, len(best) + 1):
        if sum(p <= alpha / paid for p in best) <= paid:
            return paid
    return max(1, len(best))


def range_tail(points: int, share: float) -> float:
    """P(range <= share) of `points` independent uniform points on 0..1.

    n s^(n-1) - (n-1) s^n, the distribution of the sample range.
    """
    if points < 2 or share >= 1.0:
        return 1.0
    return min(1.0, points * share ** (points - 1) - (points - 1) * share**points)
