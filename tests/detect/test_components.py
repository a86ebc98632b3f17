"""Components by hand: numbered in the order of their first nodes."""

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.detect.components import components


def test_two_chains_and_a_loner() -> None:
    assert components(np.array([[3, 1], [1, 5], [0, 4]]), 6).tolist() == [0, 1, 2, 1, 0, 1]
    assert components(np.empty((0, 2), dtype=int), 3).tolist() == [0, 1, 2]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_neighbours_have_one_label(pairs: list[tuple[int, int]]) -> None:
    labels = components(np.array(pairs, dtype=int).reshape(-1, 2), 10)
    assert all(labels[a] == labels[b] for a, b in pairs)
    assert len(set(labels)) >= 10 - len(pairs)
    graph = nx.Graph(pairs)
    graph.add_nodes_from(range(10))
    parts = {frozenset(part) for part in nx.connected_components(graph)}
    assert {frozenset(np.flatnonzero(labels == one).tolist()) for one in set(labels)} == parts
