"""Windows in which the orders of one thing (an item, an offer) crowd, of all lengths at once.

Every run of k orders of one thing is a window, for k on a ladder, up to a week long. How many
orders it lets expect follows from the thing's other orders, nearby or over its life, whichever
expect more, and from the orders of all other things meanwhile: the shop's own hours, days and
seasons are in it. Where there is little other trade (a shop of one item) its usual week stands for
them. Counts scatter as the thing's daily counts do (variance / mean, the window's
days left out).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.baseline import shrunk
from workbench.detect.constants import (
    LEAD,
    PHI_ORDERS,
    PHI_WEIGHT,
    PRIOR_ORDERS,
    TRAFFIC_FLOOR,
    TRAFFIC_ORDERS,
    WINDOW_DAYS,
    WINDOW_NEAR_DAYS,
    WINDOW_OVER,
    WINDOW_SECONDS,
    WINDOW_SIZES,
)

__all__ = ["crowded_windows", "window_rows"]

DAY = 86400
HOUR = 3600
WEEK = 168
FAR = 1_000_000
"""More days than any shop has, to keep the days of different things apart."""


def crowded_windows(key: np.ndarray, second: np.ndarray, shop: np.ndarray) -> pd.DataFrame:
    """The least likely windows that do not overlap, strongest first.

    `key` says what was ordered and `second` when, sorted by both; `shop` are the sorted seconds
    of all orders of the shop (of less than a day nothing can be told). Columns: first, last
    (places in `key`), count, mean (orders expected), phi (variance / mean), p (before it is paid
    for), tried (windows looked at). Only windows with p · tried below LEAD are given.
    """
    columns = ["first", "last", "count", "mean", "phi", "p", "tried"]
    if not len(key) or shop[-1] - shop[0] < DAY:
        return pd.DataFrame(columns=columns)
    things = _Things(key, second, shop)
    found, tried = things.windows()
    if found.empty:
        return pd.DataFrame(columns=columns)
    kept = things.apart(found)
    whole = things.judged(things.grown(kept)).assign(tried=tried)
    return whole[whole.p * tried < LEAD].sort_values(["p", "first"], ignore_index=True)[columns]


def window_rows(windows: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Those of the searched `rows` that lie in windows, with `group`, the number of the window."""
    number = (windows["last"] - windows["first"] + 1).to_numpy("int64")
    group = np.repeat(np.arange(len(windows)), number)
    begin = np.repeat(windows["first"].to_numpy("int64"), number)
    step = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    return rows.iloc[begin + step].assign(group=group)


class _Things:
    """The orders of all things, and what is looked up of them again and again."""

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

    def windows(self) -> tuple[pd.DataFrame, int]:
        """Every window that Poisson calls unlikely, and how many were looked at."""
        found, tried = [], 0
        for size in WINDOW_SIZES:
            if size > len(self.second):
                break
            more = len(self.second) - size + 1
            fits = self.code[:more] == self.code[size - 1 :]
            fits &= self.second[size - 1 :] - self.second[:more] <= self.longest
            first = np.flatnonzero(fits)
            last = first + size - 1
            tried += len(first)
            # What is expected is the larger of two: most windows fail by the first.
            odd = size > WINDOW_OVER * self._ever(first, last)
            first, last = first[odd], last[odd]
            mean = self._mean(first, last)
            odd = size > WINDOW_OVER * mean
            window = pd.DataFrame({"first": first[odd], "last": last[odd], "mean": mean[odd]})
            found.append(window.assign(p=stats.poisson.sf(size - 1, window["mean"])))
        every = pd.concat(found, ignore_index=True) if found else pd.DataFrame()
        return (every[every.p * tried < LEAD] if len(every) else every), tried

    def apart(self, windows: pd.DataFrame) -> pd.DataFrame:
        """Of overlapping windows only the least likely one."""
        judged = self.judged(windows)
        best = judged.sort_values(["p", "count", "first"], ascending=[True, False, True])
        best = best.drop_duplicates("first")
        taken, kept = np.zeros(len(self.second), dtype=bool), []
        for place, first, last in zip(best.index, best["first"], best["last"], strict=True):
            if not taken[first : last + 1].any():
                taken[first : last + 1] = True
                kept.append(place)
        return best.loc[kept]

    def grown(self, windows: pd.DataFrame) -> pd.DataFrame:
        """With the orders next to a window that keep its own rhythm, without those that do not.

        The ladder of sizes leaves some of a ring out, or takes a neighbour in: an order belongs
        when it comes within three of the window's mean gaps, unless another window has it.
        """
        taken = np.zeros(len(self.second), dtype=bool)
        for first, last in zip(windows["first"], windows["last"], strict=True):
            taken[first : last + 1] = True
        ends = []
        for first, last in zip(windows["first"], windows["last"], strict=True):
            first, last = self._trimmed(first, last)
            gap = self._rhythm(first, last)
            while last < self.last[first] and not taken[last + 1]:
                if self.second[last + 1] - self.second[last] > gap:
                    break
                last += 1
                taken[last] = True
            while first > self.first[last] and not taken[first - 1]:
                if self.second[first] - self.second[first - 1] > gap:
                    break
                first -= 1
                taken[first] = True
            ends.append((first, last))
        return pd.DataFrame(ends, columns=["first", "last"])

    def _rhythm(self, first: int, last: int) -> float:
        return max(3 * (self.second[last] - self.second[first]) / max(last - first, 1), 1.0)

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """A window without the orders at its ends that stand apart from it."""
        while last - first >= WINDOW_SIZES[0]:
            gap = self._rhythm(first, last)
            if self.second[last] - self.second[last - 1] > gap:
                last -= 1
            elif self.second[first + 1] - self.second[first] > gap:
                first += 1
            else:
                break
        return first, last

    def judged(self, windows: pd.DataFrame) -> pd.DataFrame:
        """Count, mean, phi and p of windows; p is the tail of a negative binomial."""
        first, last = windows["first"].to_numpy(), windows["last"].to_numpy()
        mean, phi = self._mean(first, last), self._phi(first, last)
        count = last - first + 1
        spread = phi > 1.001
        p = stats.poisson.sf(count - 1, mean)
        size = mean[spread] / (phi[spread] - 1)
        p[spread] = stats.nbinom.sf(count[spread] - 1, size, 1 / phi[spread])
        return windows.assign(count=count, mean=mean, phi=phi, p=p)

    def _mean(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Orders expected in windows, the window's own left out."""
        nearby = self._between(first, last, self.low[first], self.high[last])
        return np.maximum(nearby, self._ever(first, last))

    def _ever(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
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

    def _phi(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
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
