"""From scores that rank to scores that are probabilities, once enough cases are decided.

Isotonic regression (Zadrozny & Elkan 2002, KDD, 694-699) changes what a score means and never
which of two orders ranks higher. The Brier score (Brier 1950, Monthly Weather Review 78, 1-3) is
the mean squared distance between a score and what turned out: 0 is perfect, 0.25 is a coin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import isotonic_regression

from workbench.explain.rules import CALIBRATION

__all__ = ["Calibration", "brier", "recalibrated"]


@dataclass(frozen=True)
class Calibration:
    """Recalibrated scores, and how good scores were before and are after.

    `scores` are unchanged where fewer than 50 cases are decided. `cases` is their number;
    `brier_before` that of the scores given, not a number without a case; `brier_after` that of
    recalibrated ones, each case judged by the others (five folds), not a number where nothing was
    recalibrated.
    """

    scores: pd.Series
    cases: int
    brier_before: float
    brier_after: float


def brier(scores: np.ndarray, fake: np.ndarray) -> float:
    """Mean squared distance of scores (0..1) from the truth (0 or 1); not a number of none."""
    if not len(scores):
        return float("nan")
    return float(np.mean((np.asarray(scores, dtype=float) - np.asarray(fake, dtype=float)) ** 2))


def recalibrated(scores: pd.Series, decided: pd.DataFrame) -> Calibration:
    """Scores as probabilities, by isotonic regression on the decided cases.

    `decided` has one row per case: score (0..1, as screening gave it) and fake (True where the
    shop concedes, False where it defends; a case on hold is not decided). A case is a group, or
    an order decided by itself: the orders of one group are one decision, not many. Between the
    scores of decided cases probabilities are interpolated.
    """
    known = decided.sort_values(["score", "fake"], kind="stable", ignore_index=True)
    score = known.score.to_numpy(dtype=float)
    fake = known.fake.to_numpy(dtype=float)
    before = brier(score, fake)
    if len(known) < CALIBRATION["least_cases"]:
        return Calibration(scores, len(known), before, float("nan"))
    folds = np.arange(len(known)) % int(CALIBRATION["folds"])
    judged = np.empty(len(known))
    for fold in np.unique(folds):
        own = folds == fold
        judged[own] = _mapped(score[own], score[~own], fake[~own])
    mapped = _mapped(scores.to_numpy(dtype=float), score, fake)
    return Calibration(
        pd.Series(mapped, index=scores.index, name=scores.name),
        len(known),
        before,
        brier(judged, fake),
    )


def _mapped(scores: np.ndarray, known: np.ndarray, fake: np.ndarray) -> np.ndarray:
    """The probability at each score; `known` is sorted."""
    places, first = np.unique(known, return_index=True)
    counts = np.diff([*first, len(known)])
    share = np.add.reduceat(fake, first) / counts
    fitted = isotonic_regression(share, weights=counts).x
    return np.interp(scores, places, fitted)
