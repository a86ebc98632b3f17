"""Chance that is the same everywhere."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.simulate.streams import permuted, stream, uniform, which


def test_a_stream_depends_on_seed_and_name_only():
    assert stream(1, "rings", 2).integers(0, 10**9) == stream(1, "rings", 2).integers(0, 10**9)
    draws = {
        int(stream(seed, name).integers(0, 10**12)) for seed in (1, 2) for name in ("a", "b", "ab")
    }
    assert len(draws) == 6


@given(st.integers(0, 2**31), st.sampled_from([7, 8, 9, 10, 11]))
def test_permuted_numbers_differ_and_fit(seed: int, digits: int):
    numbers = permuted(np.arange(5000), digits, seed)
    assert len(set(numbers.tolist())) == 5000
    assert numbers.min() >= 0
    assert numbers.max() < 10**digits


def test_uniform_is_even_and_salted():
    drawn = uniform(np.arange(20_000), "x")
    counts = np.histogram(drawn, bins=10, range=(0, 1))[0]
    assert counts.min() > 1800
    assert counts.max() < 2200
    assert abs(np.corrcoef(drawn, uniform(np.arange(20_000), "y"))[0, 1]) < 0.03
    assert set(which(np.arange(1000), 3, "x").tolist()) == {0, 1, 2}


def test_values_are_pinned():
    # If these change, every committed sample changes with them.
    assert permuted(np.arange(3), 8, 5).tolist() == PERMUTED
    assert which(np.arange(6), 100, "pin").tolist() == WHICH
    assert stream(5, "pin").integers(0, 1000, 4).tolist() == DRAWN


PERMUTED = [1567534, 32377401, 63187268]
WHICH = [91, 73, 15, 40, 87, 94]
DRAWN = [933, 606, 198, 319]
