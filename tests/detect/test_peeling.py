"""Peeling by hand: a block in a chain, and shuffles that keep all degrees."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.detect.peeling import Edges, block_densities, densest, shuffled

# Four accounts on four values, all with all; and a chain of ten accounts and nine values.
BLOCK = [(a, v) for a in range(4) for v in range(4)]
CHAIN = [(4 + n, 4 + n) for n in range(9)] + [(5 + n, 4 + n) for n in range(9)]


def edges(pairs: list[tuple[int, int]]) -> Edges:
    account, value = np.array(pairs).T
    return Edges(account, value, value % 2)


def test_densest_is_the_block() -> None:
    both = edges(BLOCK + CHAIN)
    kept = densest(both, both.weight)
    assert kept.tolist() == [True] * 16 + [False] * 18
    _, density = block_densities(both.only(kept), both.weight[kept])
    # sixteen ties, each of a value of four accounts, over eight nodes
    assert density.tolist() == pytest.approx([16 / log(9) / 8])


def test_blocks_are_told_apart() -> None:
    twice = edges(BLOCK + [(a + 10, v + 10) for a, v in BLOCK[:4]])
    block, density = block_densities(twice, np.ones(len(twice)))
    one, other = np.unique(block)
    assert block.tolist() == [one] * 16 + [other] * 4
    assert density[[one, other]].tolist() == pytest.approx([16 / 8, 4 / 5])


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=30, unique=True)
)
def test_shuffles_add_no_tie(pairs: list[tuple[int, int]]) -> None:
    given_edges = edges(pairs)
    mixed = shuffled(given_edges, np.random.default_rng(1))
    degrees = np.bincount(mixed.value, minlength=9) - np.bincount(given_edges.value, minlength=9)
    assert degrees.max() <= 0
    assert len(set(zip(mixed.account.tolist(), mixed.value.tolist(), strict=True))) == len(mixed)
