"""Connected components of pairs: who hangs together with whom."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

__all__ = ["components"]


def components(pairs: np.ndarray, nodes: int) -> np.ndarray:
    """The component of each node, as numbers from 0 in the order of their first nodes.

    `pairs` has two columns of node numbers (0 .. nodes - 1); a node without a pair is a
    component of its own.
    """
    ones = np.ones(len(pairs), dtype="int8")
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(nodes, nodes))
    _, labels = connected_components(graph, directed=False)
    _, first, number = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype="int64")
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[number]
