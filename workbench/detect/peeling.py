"""Dense blocks of a graph of accounts and values, by peeling in batches.

FRAUDAR (Hooi et al. 2016) takes the node of least weight away again and again and keeps the
densest rest. Taking all nodes below the average away at once (Bahmani, Kumar and Vassilvitskii
2012) needs a logarithmic number of passes over the edges, each on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.detect.components import components
from workbench.detect.constants import PEEL_SLACK

__all__ = ["Edges", "block_densities", "densest", "shuffled"]


@dataclass(frozen=True)
class Edges:
    """Edges of accounts (numbers) to values (numbers), and the kind of each (its field)."""

    account: np.ndarray
    value: np.ndarray
    kind: np.ndarray

    def __len__(self) -> int:
        return len(self.account)

    def only(self, kept: np.ndarray) -> Edges:
        """Some of them."""
        return Edges(self.account[kept], self.value[kept], self.kind[kept])

    @property
    def first(self) -> np.ndarray:
        """The first edge of each account and value, in order."""
        if not len(self):
            return np.zeros(0, dtype="int64")
        pair = self.account * (int(self.value.max()) + 1) + self.value
        order = np.argsort(pair, kind="stable")
        fresh = np.diff(pair[order], prepend=pair[order[:1]] - 1) != 0
        return np.sort(order[fresh])

    @property
    def weight(self) -> np.ndarray:
        """1 / log(degree of the value + 5): crowded values say less (FRAUDAR)."""
        return 1 / np.log(np.bincount(self.value)[self.value] + 5)


def densest(edges: Edges, weight: np.ndarray) -> np.ndarray:
    """Which edges make up the densest rest: total weight / (accounts + values)."""
    kept = np.ones(len(edges), dtype=bool)
    best, most = kept, 0.0
    accounts, values = int(edges.account.max()) + 1, int(edges.value.max()) + 1
    while kept.any():
        by_account = np.bincount(edges.account[kept], weight[kept], accounts)
        by_value = np.bincount(edges.value[kept], weight[kept], values)
        nodes = int((by_account > 0).sum() + (by_value > 0).sum())
        density = float(weight[kept].sum()) / nodes
        if density > most:
            best, most = kept, density
        low = 2 * density * (1 + PEEL_SLACK)
        # The average node has twice the density: at least one of each kind that is left goes.
        kept = kept & (by_account[edges.account] > low) & (by_value[edges.value] > low)
    return best


def block_densities(edges: Edges, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The block (connected component) of each edge, and the density of each block."""
    accounts = int(edges.account.max()) + 1
    pairs = np.column_stack([edges.account, edges.value + accounts])
    label = components(pairs, int(pairs.max()) + 1)
    nodes = np.bincount(label[np.unique(pairs)], minlength=int(label.max()) + 1)
    block = label[edges.account]
    total = np.bincount(block, weight, len(nodes))
    return block, total / np.maximum(nodes, 1)


def shuffled(edges: Edges, rng: np.random.Generator) -> Edges:
    """The same with the accounts of each kind of value dealt anew: all degrees stay.

    An edge that is dealt twice counts once.
    """
    account = edges.account.copy()
    for kind in np.unique(edges.kind):
        own = np.flatnonzero(edges.kind == kind)
        account[own] = rng.permutation(account[own])
    mixed = Edges(account, edges.value, edges.kind)
    return mixed.only(mixed.first)
