"""Lines of trade per day, of the whole shop and of some items, for many ranges at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from ibis.expr.types import Table

from workbench.detect.shop import DAY
from workbench.engine import once_per_table

__all__ = ["Days"]


@once_per_table
def _counts(trade: Table) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lines of trade by day (day, n), and by item and day (item, day, n)."""
    dated = trade.mutate(day=(trade.second / DAY).floor().cast("int64"))
    counted = dated.group_by(["item", "day"]).aggregate(n=dated.count())
    cells = counted.to_pyarrow()
    by_day = cells.group_by("day").aggregate([("n", "sum")]).rename_columns({"n_sum": "n"})
    return by_day.to_pandas(), cells.filter(pc.is_valid(cells["item"])).to_pandas()


@dataclass(frozen=True)
class Days:
    """Running totals of the lines of trade per day.

    `first` is the first day (since 1970); `all` the lines before each day, `items` the hashes of
    the items asked for (sorted), `by_item` the lines of each before each day.
    """

    first: int
    all: np.ndarray
    items: np.ndarray
    by_item: np.ndarray

    @classmethod
    def of(cls, trade: Table, items: np.ndarray) -> Days:
        """Count the lines of trade by day, and those of some items by item and day."""
        by_day, cells = _counts(trade)
        wanted = np.unique(np.asarray(items, dtype="int64"))
        return cls.from_counts(by_day, wanted, cells[cells["item"].isin(wanted)])

    @classmethod
    def from_counts(cls, by_day: pd.DataFrame, items: np.ndarray, cells: pd.DataFrame) -> Days:
        """From the lines per day (day, n) and per item and day (item, day, n)."""
        first, last = int(by_day.day.min()), int(by_day.day.max())
        every = np.bincount(by_day.day - first, weights=by_day.n, minlength=last - first + 1)
        sold = np.zeros((len(items), last - first + 2))
        place = np.searchsorted(items, cells["item"].to_numpy(dtype="int64"))
        sold[place, cells.day.to_numpy(dtype="int64") - first + 1] = cells.n
        return cls(first, np.concatenate([[0], np.cumsum(every)]), items, np.cumsum(sold, axis=1))

    def lines(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Lines of the shop on the days from second `start` to second `end`."""
        one, other = self._places(start, end)
        return self.all[other] - self.all[one]

    def lines_of(self, items: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """The same of one item each."""
        one, other = self._places(start, end)
        place = np.searchsorted(self.items, items)
        return self.by_item[place, other] - self.by_item[place, one]

    @property
    def total(self) -> float:
        """Lines of the shop."""
        return float(self.all[-1])

    def total_of(self, items: np.ndarray) -> np.ndarray:
        """Lines of the items."""
        return self.by_item[np.searchsorted(self.items, items), -1]

    def time_share(self, start: np.ndarray, end: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Share of the shop's other lines on these days, one more counted.

        `own` is how many lines of the group itself lie in them.
        """
        here = np.maximum(self.lines(start, end) - own, 0) + 1
        return np.minimum(1.0, here / np.maximum(self.total - own + 1, 1))

    def _places(self, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        one = (np.asarray(start) // int(DAY)).astype("int64") - self.first
        other = (np.asarray(end) // int(DAY)).astype("int64") - self.first + 1
        top = len(self.all) - 1
        return np.clip(one, 0, top), np.clip(other, 0, top)
