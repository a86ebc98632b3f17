"""Windows in which the orders of one thing (an item, an offer) crowd, of all lengths at once.

Every run of k orders of one thing is a window, for k on a ladder, up to a week long. It is held
against what it lets expect (workbench.detect.usual_counts).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from workbench.detect.constants import LEAD, WINDOW_OVER, WINDOW_SIZES
from workbench.detect.usual_counts import DAY, UsualCounts

__all__ = ["crowded_windows", "window_rows"]


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


class _Things(UsualCounts):
    """The search for windows among the orders of all things."""

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
            odd = size > WINDOW_OVER * self.ever(first, last)
            first, last = first[odd], last[odd]
            mean = self.mean(first, last)
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
        mean, phi = self.mean(first, last), self.phi(first, last)
        count = last - first + 1
        spread = phi > 1.001
        p = stats.poisson.sf(count - 1, mean)
        size = mean[spread] / (phi[spread] - 1)
        p[spread] = stats.nbinom.sf(count[spread] - 1, size, 1 / phi[spread])
        return windows.assign(count=count, mean=mean, phi=phi, p=p)
