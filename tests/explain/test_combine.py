"""Weighing by values worked out by hand."""

import math

import numpy as np
import pytest

from workbench.explain.combine import (
    cauchy,
    digits,
    discounted,
    false_discovery,
    likelihood,
    weight,
)


def test_digits_are_the_negative_logarithm_and_capped():
    assert digits(1.0) == 0
    assert digits(1e-3) == pytest.approx(3)
    assert digits(1e-40) == 12
    assert digits(0.0) == 12


def test_an_ambiguous_signal_is_capped_lower():
    assert digits(1e-40, ambiguous=True) == 4
    assert digits(1e-3, ambiguous=True) == pytest.approx(3)


def test_evidence_is_capped_before_it_is_discounted():
    # 40 digits times 0.1 would be 4 and stay above a line of 2; 12 times 0.1 is 1.2.
    assert discounted(1e-40, [0.1]) == pytest.approx(1.2)
    assert 10 ** -discounted(1e-40, [0.1]) > 0.05


def test_factors_multiply():
    assert discounted(1e-10, [0.5, 0.3]) == pytest.approx(1.5)
    assert discounted(1e-10, []) == pytest.approx(10)


def test_cauchy_of_two_p_values():
    # cot(0.01π) = 31.820516, cot(0.04π) = 7.915815; mean 19.868165; atan(1/19.868165)/π.
    assert cauchy([0.01, 0.04], among=2) == pytest.approx(0.0160076, rel=1e-5)


def test_cauchy_of_equal_p_values_is_that_p_value():
    assert cauchy([0.02, 0.02], among=2) == pytest.approx(0.02)


def test_a_silent_family_dilutes_but_adds_nothing():
    # 1/(3 · 1e-9 π) averaged over three families: p = 3e-9.
    assert cauchy([1e-9], among=3) == pytest.approx(3e-9, rel=1e-6)


def test_cauchy_keeps_tiny_digits_and_never_exceeds_one():
    assert cauchy([1e-12, 1e-12], among=2) == pytest.approx(1e-12, rel=1e-6)
    assert cauchy([1.0], among=1) <= 1
    assert cauchy([1.0, 1.0], among=2) > 0.99


def test_benjamini_hochberg_by_hand():
    # p·m/rank: .01·4/1 = .04, .02·4/2 = .04, .03·4/3 = .04, .5·4/4 = .5
    assert false_discovery([0.5, 0.01, 0.03, 0.02], 4) == pytest.approx([0.5, 0.04, 0.04, 0.04])
    # .001·5/1 = .005, .04·5/2 = .1, .045·5/3 = .075 → the smaller later one counts for both
    assert false_discovery([0.001, 0.04, 0.045], 5) == pytest.approx([0.005, 0.075, 0.075])


def test_hypotheses_that_were_not_reported_still_count():
    assert false_discovery([0.01], 10) == pytest.approx([0.1])
    assert false_discovery([0.5], 10) == pytest.approx([1.0])
    assert len(false_discovery([], 0)) == 0


def test_benjamini_hochberg_keeps_the_share_of_wrong_groups():
    rng = np.random.default_rng(5)
    wrong, found = 0, 0
    for _ in range(200):
        p = np.concatenate([rng.random(80), rng.random(20) * 1e-6])
        q = false_discovery(p, 100)
        wrong += int((q[:80] <= 0.05).sum())
        found += int((q <= 0.05).sum())
    assert 0.02 < wrong / found < 0.06


def test_weight_counts_further_families_less():
    assert weight({"time": 4.0, "identity": 12.0, "behaviour": 8.0}) == 12 + 4 + 1
    assert weight({}) == 0


def test_likelihood_is_one_half_at_the_line_and_ten_to_one_two_digits_above():
    line = math.log10(10 / 0.05)
    assert likelihood(line, 0, 10) == pytest.approx(0.5)
    assert likelihood(line + 2, 0, 10) == pytest.approx(10 / 11)
    assert likelihood(line - 2, 0, 10) == pytest.approx(1 / 11)
    assert likelihood(5, 0, 1000) < likelihood(5, 0, 10)


def test_what_is_explained_counts_a_tenth_in_the_ranking():
    assert likelihood(3, 2, 10) == pytest.approx(likelihood(3.2, 0, 10))
    # The strongest signal with the largest factor of an explanation, and the weakest listed lead
    # of a family of five detectors.
    assert likelihood(0, 12 * 0.2, 10) < likelihood(-math.log10(0.05 * 5), 0, 10)
