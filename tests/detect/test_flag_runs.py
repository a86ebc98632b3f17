"""Runs of flags are found where they are, and chance makes no more of them than it may."""

import numpy as np
import pytest

from workbench.detect.flag_runs import maximal_runs, run_score


def runs(places: list[int], rates: float, share: float) -> list[tuple[int, int]]:
    return list(maximal_runs(np.array(places), np.full(len(places), rates), share))


def test_score_by_hand():
    # two flagged orders of a hundredth each and one without a flag between them
    assert run_score(np.array([0.01, 0.01]), 3, 0.5) == pytest.approx(2 * np.log(50) + np.log(0.5))


def test_a_long_quiet_stretch_parts_runs():
    # 46 orders between cost 46 ln 2 = 31.9; the three before are worth 3 ln 50 = 11.7
    assert runs([1, 2, 3, 50, 51], 0.01, 0.5) == [(0, 2), (3, 4)]


def test_a_run_may_hold_a_quiet_stretch_that_it_pays_for():
    # at a tenth of flags 46 orders cost 46 x 0.105 = 4.85, less than either side is worth
    assert runs([1, 2, 3, 50, 51, 52], 0.01, 0.1) == [(0, 5)]
    # two more flags (4.6) are worth less than the stretch
    assert runs([1, 2, 3, 50, 51], 0.01, 0.1) == [(0, 2), (3, 4)]


def test_flags_as_frequent_as_a_run_make_none():
    assert runs([1, 2, 3, 4], 0.5, 0.5) == []


def test_chance_reaches_a_score_no_more_often_than_it_may():
    random, orders, rate = np.random.default_rng(7), 400, 0.02
    small = 0
    for _ in range(1000):
        places = np.flatnonzero(random.random(orders) < rate) + 1
        rates = np.full(len(places), rate)
        best = max(
            (
                run_score(rates[a : b + 1], int(places[b] - places[a]) + 1, 0.5)
                for a, b in maximal_runs(places, rates, 0.5)
            ),
            default=-np.inf,
        )
        small += orders * np.exp(-best) <= 0.2
    assert small <= 200
