"""Counts along a line (days, steps) of which many ranges are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["RunningTotal"]


@dataclass(frozen=True)
class RunningTotal:
    """Counts by place, in order, as their total before each place and after the last."""

    place: np.ndarray
    upto: np.ndarray

    @classmethod
    def of(cls, places: pd.Series, counts: pd.Series) -> RunningTotal:
        """From places, each of them once, and the count of each."""
        order = np.argsort(places.to_numpy())
        total = np.cumsum(counts.to_numpy()[order])
        return cls(places.to_numpy()[order], np.concatenate([[0], total]))

    def between(self, first: float, last: float) -> int:
        """Count from one place to another, both with it."""
        start = np.searchsorted(self.place, first, side="left")
        end = np.searchsorted(self.place, last, side="right")
        return int(self.upto[end] - self.upto[start])

    @property
    def total(self) -> int:
        """Count of all places."""
        return int(self.upto[-1])
