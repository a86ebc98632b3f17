"""Counts along a line, of which the total up to many places is asked for."""

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

    def until(self, places: np.ndarray) -> np.ndarray:
        """Count up to each of some places, with it."""
        return self.upto[np.searchsorted(self.place, places, side="right")]

    @property
    def total(self) -> int:
        """Count of all places."""
        return int(self.upto[-1])
