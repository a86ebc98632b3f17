"""When a shop sells: the year, the week and the hours of the day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.simulate.shop import DAYS, YEAR_START
from workbench.simulate.streams import Ints

__all__ = ["SALES", "draw_days", "draw_times", "month_of"]

_MONTHS = (1.05, 0.62, 0.9, 0.92, 1.0, 1.15, 0.9, 0.88, 0.98, 1.0, 1.45, 1.2)
_WEEK = (1.04, 1.0, 0.98, 1.0, 0.97, 1.02, 1.08)  # Monday first
_HOURS = (
    22, 10, 5, 3, 2, 3, 7, 15, 28, 42, 52, 50, 46, 48, 50, 52, 50, 45, 44, 55, 70, 76, 68, 42,
)  # fmt: skip
SALES = (
    ("年货节", 6, 14, 0.92),
    ("春季焕新", 66, 4, 0.93),
    ("618大促", 166, 5, 0.86),
    ("99划算节", 250, 3, 0.93),
    ("双11大促", 313, 4, 0.82),
    ("双12", 344, 3, 0.9),
)
"""Shop-wide sales: name, first day of the year (0 = 1 January), days, share of the price left."""


def _day_weights() -> NDArray[np.float64]:
    days = np.arange(DAYS)
    weights = np.asarray(_MONTHS)[month_of(days)]
    weights = weights * np.asarray(_WEEK)[(days + YEAR_START.weekday()) % 7]
    for _, first, length, _ in SALES:
        weights[first : first + length] *= 1.9
    spring_festival = slice(27, 35)  # 28 January to 4 February 2025: carriers stand still
    weights[spring_festival] *= 0.35
    return weights


def month_of(days: Ints) -> Ints:
    """Month (0..11) of days counted from 1 January."""
    moments = np.datetime64(YEAR_START.date(), "D") + days
    return moments.astype("datetime64[M]").astype(np.int64) % 12


def draw_days(rng: np.random.Generator, size: int, low: int = 0, high: int = DAYS) -> Ints:
    """Days in [low, high) as the shop sells over the year."""
    weights = _day_weights()[low:high]
    edges = np.cumsum(weights) / weights.sum()
    return low + np.searchsorted(edges[:-1], rng.random(size), side="right")


def draw_times(rng: np.random.Generator, days: Ints) -> Ints:
    """Seconds after the start of the year on those days, by the shop's hours."""
    weights = np.asarray(_HOURS, dtype=np.float64)
    edges = np.cumsum(weights) / weights.sum()
    hours = np.searchsorted(edges[:-1], rng.random(len(days)), side="right")
    return days * 86400 + hours * 3600 + rng.integers(0, 3600, len(days))
