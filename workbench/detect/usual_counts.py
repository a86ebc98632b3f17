"""How many orders of one thing a window of time lets expect, and how they scatter.

What is expected follows from the thing's other orders, nearby or over its life, whichever expect
more, and from the orders of all other things meanwhile: the shop's own hours, days and seasons are
in it. Where there is little other trade (a shop of one item) its usual week stands for them. Counts
scatter as the thing's daily counts do (variance / mean, the window's days left out).
"""

from __future__ import annotations

import numpy as np

from workbench.detect.baseline import shrunk
from workbench.detect.constants import (
    PHI_ORDERS,
    PHI_WEIGHT,
    PRIOR_ORDERS,
    TRAFFIC_FLOOR,
    TRAFFIC_ORDERS,
    WINDOW_DAYS,
    WINDOW_NEAR_DAYS,
    WINDOW_SECONDS,
)

__all__ = ["DAY", "UsualCounts"]

DAY = 86400
HOUR = 3600
WEEK = 168
FAR = 1_000_000
"""More days than any shop has, to keep the days of different things apart."""


class UsualCounts:
    """The orders of all things, and what is looked up of them again and again.

    `key` says what was ordered and `second` when, sorted by both; `shop` are the sorted seconds
    of all orders of the shop. A window is a pair of places in `key`, its first and last order.
    """

    def __init__(self, key: np.ndarray, second: np.ndarray, shop: np.ndarray) -> None:
        begins = np.flatnonzero(np.diff(key, prepend=key[:1] - 1 if len(key) else key))
        number = np.diff(np.append(begins, len(key)))
        self.second, self.shop = second, shop
        self.code = np.repeat(np.arange(len(begins)), number)
        self.first = np.repeat(begins, number)
        self.last = np.repeat(begins + number - 1, number)
        # A quarter of the time there is: the rest has to tell what is usual.
        self.longest = min(WINDOW_DAYS * DAY, (shop[-1] - shop[0]) / 4)
        self.reach = int(second.max() - second.min()) + 4 * WINDOW_NEAR_DAYS * DAY
        self.line = self.code * self.reach + (second - second.min())
        near = WINDOW_NEAR_DAYS * DAY
        self.low = np.maximum(np.searchsorted(self.line, self.line - near), self.first)
        high = np.searchsorted(self.line, self.line + near, side="right") - 1
        self.high = np.minimum(high, self.last)
        self.before = np.searchsorted(shop, second, side="left")
        self.upto = np.searchsorted(shop, second, side="right")
        self._week()
        # Time as the shop's usual week goes: an hour of many orders is long, by night short.
        self.clock = np.interp(second, self.hours, self.passed)
        self.clock_window = np.interp(second + WINDOW_SECONDS, self.hours, self.passed)
        self.clock_day = np.interp(second + DAY, self.hours, self.passed)
        self._scatter()

    def mean(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Orders expected in windows, the window's own left out."""
        nearby = self._between(first, last, self.low[first], self.high[last])
        return np.maximum(nearby, self.ever(first, last))

    def ever(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """The same from the thing's whole life alone."""
        return self._between(first, last, self.first[first], self.last[first])

    def _between(
        self, first: np.ndarray, last: np.ndarray, low: np.ndarray, high: np.ndarray
    ) -> np.ndarray:
        """The same from the thing's orders `low` to `high`."""
        others = high - low + 1 - (last - first + 1)
        return (others + PRIOR_ORDERS) * self._share(first, last, low, high)

    def _share(
        self, first: np.ndarray, last: np.ndarray, low: np.ndarray, high: np.ndarray
    ) -> np.ndarray:
        """Part of the shop's other trade from order `low` to `high` that falls into a window."""
        count = last - first + 1
        inside = np.maximum(self.upto[last] - self.before[first] - count, 0)
        whole = np.maximum(self.upto[high] - self.before[low] - (high - low + 1), 0)
        end = np.maximum(self.clock[last], self.clock_window[first])
        life = np.maximum(self.clock[high], self.clock_day[low])
        usual = (end - self.clock[first]) / (life - self.clock[low])
        alone = np.minimum(whole / TRAFFIC_ORDERS, 1.0)
        busy = (inside + alone + TRAFFIC_ORDERS * usual) / (whole + alone + TRAFFIC_ORDERS)
        return np.minimum((1 - TRAFFIC_FLOOR) * busy + TRAFFIC_FLOOR * usual, 1.0)

    def _week(self) -> None:
        """The shop's usual hours of the week, a tenth of them spread evenly, along its time."""
        start = int(self.shop[0]) // HOUR
        number = (int(self.shop[-1]) - start * HOUR + DAY) // HOUR + 1
        busy = np.bincount(self.shop // HOUR % WEEK, minlength=WEEK).astype("float64")
        usual = 0.9 * busy / busy.mean() + 0.1
        self.hours = (start + np.arange(number + 1)) * HOUR
        self.passed = np.concatenate([[0.0], np.cumsum(usual[(start + np.arange(number)) % WEEK])])

    def _scatter(self) -> None:
        """Cells of thing and day, and sum x² / m over them up to each cell (Pearson)."""
        day = self.second // DAY
        cell = np.flatnonzero(np.diff(self.code * FAR + day - day.min(), prepend=-1))
        counts = np.diff(np.append(cell, len(day)))
        low, high = self.first[cell], self.last[cell]
        whole = self._of_days(day[low], day[high])
        mean = (high - low + 1) * np.maximum(self._of_days(day[cell], day[cell]), 1) / whole
        self.day = day
        self.cell_line = self.code[cell] * FAR + day[cell] - day.min()
        self.squares = np.concatenate([[0.0], np.cumsum(counts**2 / mean)])
        self.counts = np.concatenate([[0], np.cumsum(counts)])
        begins = np.unique(self.first)
        known = self._dispersion(begins, np.zeros(len(begins), dtype="int64"))
        known = known[self.last[begins] - begins + 1 >= PHI_ORDERS]
        known = known[np.isfinite(known)]
        self.shop_phi = max(1.0, float(np.median(known))) if len(known) else 1.0

    def _of_days(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Orders of the shop from one day to another."""
        return np.searchsorted(self.shop, (last + 1) * DAY) - np.searchsorted(
            self.shop, first * DAY
        )

    def phi(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Dispersion of a thing's daily counts outside of a window, drawn to the shop's."""
        days = self.day[last] - self.day[first] + 1
        own = self._dispersion(first, days)
        orders = self.last[first] - self.first[first] + 1
        rest = orders - (last - first + 1)
        return np.maximum(1.0, shrunk(own, rest, self.shop_phi, PHI_WEIGHT))

    def _dispersion(self, place: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Sum (x - m)² / m over a thing's days, by their number.

        `days` days from that of `place` on are left out; m is the thing's share of the shop's
        orders of the day, of the days that are left.
        """
        low, high = self.day[self.first[place]], self.day[self.last[place]]
        line = self.code[place] * FAR - self.day.min()
        begin = np.searchsorted(self.cell_line, line + low)
        end = np.searchsorted(self.cell_line, line + high, side="right")
        skip = np.searchsorted(self.cell_line, line + self.day[place])
        skipped = np.searchsorted(self.cell_line, line + self.day[place] + days)
        squares = self.squares[end] - self.squares[begin]
        squares = squares - self.squares[skipped] + self.squares[skip]
        orders = self.counts[end] - self.counts[begin]
        rest = orders - self.counts[skipped] + self.counts[skip]
        traffic = self._of_days(low, high)
        gone = self._of_days(self.day[place], self.day[place] + days - 1)
        # Means were taken with all days: the thing's share of the others is another.
        squares = squares * orders / np.maximum(rest, 1) * (traffic - gone) / traffic
        left = high - low + 1 - days
        return np.where((left >= 2) & (rest > 0), (squares - rest) / np.maximum(left, 1), np.nan)
