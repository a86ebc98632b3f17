"""How well planted brushing hides: sizes, pace and company, level by level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

__all__ = ["LEVELS", "Level"]


@dataclass(frozen=True)
class Level:
    """One level of stealth.

    `least` and `most` orders in a ring; `pace` times the usual duration; `holders` phones,
    devices or purses among whom the accounts are shared out; `brisk`: it lifts an item that sells
    well anyway, else any item alike; `cover`: share of the accounts that also shop honestly;
    `careful`: share of the tell-tale papers (empty parcels, order numbers of payouts) left out.
    """

    name: str
    least: int
    most: int
    pace: float
    holders: int
    brisk: bool
    cover: float
    careful: float

    def size(self, rng: np.random.Generator, orders: int) -> int:
        """Orders of one ring in a shop of so many: never more than a twentieth, at least five."""
        drawn = int(rng.integers(self.least, self.most + 1))
        return max(5, min(drawn, orders // 20))


_ALL = (
    Level("plain", 24, 40, 1.0, 1, False, 0.0, 0.0),
    Level("moderate", 14, 24, 1.5, 2, True, 0.15, 0.25),
    Level("hard", 8, 14, 2.5, 3, True, 0.3, 0.5),
)
LEVELS: Mapping[str, Level] = MappingProxyType({level.name: level for level in _ALL})
"""Levels by name, the easiest first."""
