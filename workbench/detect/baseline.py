"""What is ordinary in this shop where few figures have to be drawn to the shop's own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from workbench.detect.constants import (
    SHARING_FLOOR,
    SHARING_PRIOR,
    SHARING_PRIOR_WEIGHT,
)

__all__ = ["sharing_tail", "shrunk"]


def shrunk(own: np.ndarray, weight: np.ndarray, shop: float, shop_weight: float) -> np.ndarray:
    """Averages of own figures and a shop-wide one; the shop's alone where the own is unknown."""
    drawn = (own * weight + shop * shop_weight) / (weight + shop_weight)
    return np.where(np.isnan(own) | (weight <= 0), shop, drawn)


def sharing_tail(sizes: Mapping[int, int]) -> tuple[float, float]:
    """Chance that a shared value has a third account, and that a larger one has one more.

    Ratio of the values with exactly three accounts to those with exactly two, and of those with
    four to those with three, from the shop's shared values (`sizes`: how many have so many
    accounts, the group left out), drawn to a prior while they are few. Larger values do not
    enter: rings elsewhere in the shop would pass for its households.
    """
    two, three, four = (sizes.get(size, 0) for size in (2, 3, 4))
    return _step(three, two), _step(four, three)


def _step(more: int, fewer: int) -> float:
    prior = SHARING_PRIOR * SHARING_PRIOR_WEIGHT
    return min(1.0, max(SHARING_FLOOR, (more + prior) / (fewer + SHARING_PRIOR_WEIGHT)))
