"""Findings that speak of the same orders or the same accounts become one group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse, stats

from workbench.explain.combine import digits
from workbench.explain.found import Finding, Group, group_name, read_findings, strength
from workbench.explain.rules import CUTS, MERGING

__all__ = ["Finding", "Group", "group_name", "merge", "read_findings"]


def merge(findings: Sequence[Finding], accounts: Mapping[str, str]) -> list[Group]:
    """Groups of the findings, by name; `accounts` maps an order to its buyer where known.

    The strongest finding not yet in a group begins one; others join the strongest group whose
    first finding they overlap with by half, in orders or in accounts (two or more in common).
    Links are not passed on, so that a chain of half overlaps does not glue a ring to its
    neighbours. Then groups inside a larger one join it where together they cover a third of it.
    The members are the orders that the stronger findings name (see rules.toml, merging).
    """
    ordered = sorted(findings, key=strength)
    if not ordered:
        return []
    orders = _held([finding.orders for finding in ordered])
    buyers = _held([{accounts[o] for o in finding.orders if o in accounts} for finding in ordered])
    groups = _inside_joined(_around_leaders(orders, buyers), orders)
    made: dict[frozenset[str], list[Finding]] = {}
    crowd: dict[frozenset[str], frozenset[str]] = {}
    for numbers in groups:
        own = [ordered[n] for n in sorted(numbers)]
        members, beside = _members(own)
        made.setdefault(members, []).extend(own)
        crowd[members] = crowd.get(members, frozenset()) | beside
    named = [
        Group(group_name(members), members, tuple(sorted(own, key=strength)), crowd[members])
        for members, own in made.items()
    ]
    return sorted(named, key=lambda group: group.group_id)


@dataclass(frozen=True)
class _Held:
    """Which members each finding holds (findings × members), and how many they have in common."""

    table: sparse.csr_matrix

    @cached_property
    def common(self) -> sparse.csr_matrix:
        """How many members two findings have in common."""
        return (self.table @ self.table.T).tocsr()

    @cached_property
    def sizes(self) -> np.ndarray:
        """How many members each finding has."""
        return np.asarray(self.table.sum(axis=1)).ravel()

    def alike(self, n: int, least: int = 1) -> np.ndarray:
        """The findings whose members overlap with those of finding `n` by half (Jaccard)."""
        row = slice(self.common.indptr[n], self.common.indptr[n + 1])
        others, shared = self.common.indices[row], self.common.data[row]
        union = self.sizes[n] + self.sizes[others] - shared
        return others[(shared >= least) & (shared >= MERGING["jaccard"] * union)]


def _held(sets: Sequence[frozenset[str] | set[str]]) -> _Held:
    sizes = [len(members) for members in sets]
    flat = pd.Series([member for members in sets for member in members], dtype="object")
    codes, known = pd.factorize(flat, sort=False)
    rows = np.repeat(np.arange(len(sets)), sizes)
    ones = np.ones(len(codes), dtype=np.int64)
    return _Held(sparse.csr_matrix((ones, (rows, codes)), shape=(len(sets), max(len(known), 1))))


def _around_leaders(orders: _Held, buyers: _Held) -> list[list[int]]:
    """Findings by group, as numbers: each with the strongest free one that it is alike to."""
    leader = np.full(len(orders.sizes), -1)
    for n in range(len(leader)):
        if leader[n] >= 0:
            continue
        near = np.union1d(orders.alike(n), buyers.alike(n, int(MERGING["least_accounts"])))
        leader[near[leader[near] < 0]] = n
        leader[n] = n
    return [np.flatnonzero(leader == n).tolist() for n in np.unique(leader)]


def _inside_joined(groups: list[list[int]], orders: _Held) -> list[list[int]]:
    """The groups, those inside a larger one joined to it where they cover a third of it."""
    spans = _union_of(groups, orders)
    sizes = np.asarray(spans.sum(axis=1)).ravel()
    common = (spans @ spans.T).tocsr()
    taken: set[int] = set()
    joined = []
    for n in np.lexsort((np.arange(len(groups)), -sizes)).tolist():
        if n in taken:
            continue
        row = slice(common.indptr[n], common.indptr[n + 1])
        inside = common.data[row] >= MERGING["inside_share"] * sizes[common.indices[row]]
        smaller = sizes[common.indices[row]] < sizes[n]
        parts = [m for m in common.indices[row][inside & smaller].tolist() if m not in taken]
        covered = (spans[parts].sum(axis=0) > 0).sum() if parts else 0
        if covered < MERGING["covered_share"] * sizes[n]:
            parts = []
        taken |= {n, *parts}
        joined.append(groups[n] + [finding for m in parts for finding in groups[m]])
    return joined


def _union_of(groups: list[list[int]], orders: _Held) -> sparse.csr_matrix:
    """Which orders each group's findings hold between them (groups × orders)."""
    rows = np.repeat(np.arange(len(groups)), [len(own) for own in groups])
    numbers = np.concatenate([np.asarray(own) for own in groups])
    shape = (len(groups), orders.table.shape[0])
    belongs = sparse.csr_matrix((np.ones(len(rows), dtype=np.int64), (rows, numbers)), shape=shape)
    spans = (belongs @ orders.table).tocsr()
    spans.data[:] = 1
    return spans


def _members(findings: Sequence[Finding]) -> tuple[frozenset[str], frozenset[str]]:
    """The orders of the findings at least half as strong as the strongest; and those beside them.

    A finding that only looks at what another one proposed names nobody. A crowd on an item holds
    what the item sells in ordinary trade too: where other findings name its members, and those
    that they leave out are no more than that, these stand beside.
    """
    found = [(digits(f.p_value, ambiguous=f.ambiguous), f) for f in findings]
    line = MERGING["agreeing_share"] * max(evidence for evidence, _ in found)
    strong = [f for evidence, f in found if evidence >= line]
    every = frozenset().union(*(f.orders for f in strong))
    strong = [f for f in strong if f.stage == "find"] or strong
    members = frozenset().union(*(f.orders for f in strong))
    named = frozenset().union(*(f.orders for f in strong if f.family != "time"))
    crowds = [f for f in strong if f.family == "time"]
    if named and all(_bystanders_only(f.orders - named, f) for f in crowds):
        members = named
    return members, every - members


def _bystanders_only(rest: frozenset[str], crowd: Finding) -> bool:
    """Whether these orders of a crowd, half of it at most, are no more than its ordinary trade."""
    if 2 * len(rest) > len(crowd.orders):
        return False
    return not rest or float(stats.poisson.sf(len(rest) - 1, crowd.expected)) > CUTS["rare"]
