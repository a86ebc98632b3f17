"""Runs of flagged orders along time: where flags crowd more than chance makes them.

Each order scores log(q/r) when flagged and log((1-q)/(1-r)) when not, r the usual rate and q
that of a run. The maximal scoring runs are found in linear time (Ruzzo & Tompa 1999, ISMB 7,
234-241). Under chance exp(score) is a martingale from any start, so a run that begins at a given
order reaches a score of S with probability at most exp(-S) (Ville 1939); multiplied by the orders
it could have begun at, that is the p-value, with no other price for where and how long it is.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

__all__ = ["maximal_runs", "run_score"]


def run_score(rates: np.ndarray, places: int, share: float) -> float:
    """Score of a run of `places` orders, of which those with these usual rates are flagged.

    Orders without a flag score log(1-share), a little less than their due: the score can only
    be too low.
    """
    quiet = (places - len(rates)) * np.log1p(-share)
    return float(np.log(share / rates).sum() + quiet)


def maximal_runs(places: np.ndarray, rates: np.ndarray, share: float) -> Iterator[tuple[int, int]]:
    """First and last flagged order of each maximal scoring run, as positions in `places`.

    `places` counts the orders of the sequence up to each flagged one (rising), `rates` holds
    the usual rate of each.
    """
    quiet = np.log1p(-share)
    gains = np.log(share / rates)
    runs: list[tuple[int, int, float, float]] = []  # first, last, total before, total after
    total = 0.0
    for n, (place, gain) in enumerate(zip(places.tolist(), gains.tolist(), strict=True)):
        if n:
            total += (place - int(places[n - 1]) - 1) * quiet
        if gain <= 0:
            total += gain
            continue
        run = (n, n, total, total + gain)
        total += gain
        while True:
            left = next((k for k in range(len(runs) - 1, -1, -1) if runs[k][2] < run[2]), None)
            if left is None or runs[left][3] >= run[3]:
                runs.append(run)
                break
            run = (runs[left][0], run[1], runs[left][2], run[3])
            del runs[left:]
    yield from ((first, last) for first, last, _, _ in runs)
