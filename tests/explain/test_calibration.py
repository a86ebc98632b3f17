import math

import numpy as np
import pandas as pd
import pytest

from workbench.explain.calibration import brier, recalibrated


def decided(*cases: tuple[float, bool, int]) -> pd.DataFrame:
    """Cases as (score, fake, how many)."""
    rows = [(score, fake) for score, fake, number in cases for _ in range(number)]
    return pd.DataFrame(rows, columns=["score", "fake"])


def test_brier_by_hand():
    # (0.1² + 0.4² + 0.5²) / 3
    assert brier(np.array([0.9, 0.4, 0.5]), np.array([1, 0, 1])) == pytest.approx(0.14)
    assert math.isnan(brier(np.array([]), np.array([])))


def test_fewer_than_fifty_cases_change_nothing_but_are_judged():
    scores = pd.Series([0.2, 0.9])
    result = recalibrated(scores, decided((0.9, True, 25), (0.9, False, 24)))
    pd.testing.assert_series_equal(result.scores, scores)
    assert result.cases == 49
    # 25 · 0.01 + 24 · 0.81 over 49
    assert result.brier_before == pytest.approx((25 * 0.01 + 24 * 0.81) / 49)
    assert math.isnan(result.brier_after)


def test_scores_become_the_shares_that_turned_out_fake():
    # At 0.3: 5 of 20 were fake; at 0.9: 30 of 40; between them in proportion, beyond them level.
    cases = decided((0.3, True, 5), (0.3, False, 15), (0.9, True, 30), (0.9, False, 10))
    result = recalibrated(pd.Series([0.0, 0.3, 0.6, 0.9, 1.0], index=list("abcde")), cases)
    assert result.scores.to_dict() == pytest.approx(
        {"a": 0.25, "b": 0.25, "c": 0.5, "d": 0.75, "e": 0.75}
    )
    assert result.brier_after < result.brier_before


def test_neighbours_in_the_wrong_order_are_pooled():
    # 0.5: 20 of 20, 0.6: 0 of 20: together one half; 0.9: 20 of 20.
    cases = decided((0.5, True, 20), (0.6, False, 20), (0.9, True, 20))
    result = recalibrated(pd.Series([0.5, 0.6, 0.9]), cases)
    assert result.scores.tolist() == pytest.approx([0.5, 0.5, 1.0])


def test_the_ranking_stays():
    rng = np.random.default_rng(1)
    score = rng.random(200)
    cases = pd.DataFrame({"score": score, "fake": rng.random(200) < score**2})
    scores = pd.Series(np.sort(rng.random(500)))
    assert recalibrated(scores, cases).scores.is_monotonic_increasing


def test_the_order_of_cases_changes_nothing():
    cases = decided((0.3, True, 5), (0.3, False, 15), (0.9, True, 30), (0.9, False, 10))
    scores = pd.Series([0.4, 0.8])
    one, two = recalibrated(scores, cases), recalibrated(scores, cases.sample(frac=1.0))
    pd.testing.assert_series_equal(one.scores, two.scores)
    assert one.brier_after == two.brier_after
