"""Exact tail probabilities, each with the question it answers."""

from __future__ import annotations

import numpy as np
from scipy import stats

__all__ = [
    "at_least",
    "count_tail",
    "fisher",
    "range_tails",
    "takers_tails",
]


def at_least(successes: int, trials: int, chance: float) -> float:
    """P(X >= successes) for X ~ Binom(trials, chance)."""
    if successes <= 0:
        return 1.0
    return float(stats.binom.sf(successes - 1, trials, min(max(chance, 0.0), 1.0)))


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


def range_tails(points: np.ndarray, share: np.ndarray) -> np.ndarray:
    """P(range <= share) of `points` independent uniform points on 0..1, of many at once.

    n s^(n-1) - (n-1) s^n, the distribution of the sample range.
    """
    tail = points * share ** np.maximum(points - 1, 0) - (points - 1) * share**points
    return np.where((points < 2) | (share >= 1.0), 1.0, np.clip(tail, 0.0, 1.0))


def fisher(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Two independent p-values as one (Fisher): x (1 - ln x) with x their product."""
    both = np.maximum(one * other, 1e-300)
    return np.minimum(1.0, both * (1 - np.log(both)))


def takers_tails(
    takers: np.ndarray,
    group: np.ndarray,
    bought: np.ndarray,
    share: np.ndarray,
    least: np.ndarray,
) -> np.ndarray:
    """Chance that so many accounts of a group took one item, one of them taken as given.

    An account takes the item or not, whatever else it buys: of `bought` different items it is one
    with 1 - (1 - share)^bought. Binomial with the mean of these, or with `least` where that is
    higher: beyond its mean, its tail is the heavier one (Hoeffding 1956, Annals of Mathematical
    Statistics 27:713). `group` and `bought` by account, the others by group.
    """
    accounts = np.bincount(group, minlength=len(share))
    chance = np.bincount(group, 1 - (1 - share[group]) ** bought, len(share)) / accounts
    return stats.binom.sf(takers - 2, accounts - 1, np.clip(chance, least, 1.0))
