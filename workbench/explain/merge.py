"""Findings that speak of the same orders or the same accounts become one group."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx
import pandas as pd

from workbench.detect import Findings
from workbench.explain.rules import MERGING

__all__ = ["Finding", "Group", "group_name", "merge", "read_findings"]


@dataclass(frozen=True)
class Finding:
    """What one detector says of one set of orders; see `workbench.detect.finding`."""

    detector: str
    family: str
    orders: frozenset[str]
    statistic: str
    observed: float
    expected: float
    p_value: float
    window_start: pd.Timestamp
    window_end: pd.Timestamp
    facts: Mapping[str, Any]

    @property
    def field(self) -> str:
        """The column whose shared value linked the orders; empty where that is not the signal."""
        return str(self.facts.get("field", ""))


@dataclass(frozen=True)
class Group:
    """Findings that belong together, strongest first, and the orders they name."""

    group_id: str
    orders: frozenset[str]
    findings: tuple[Finding, ...]


def read_findings(findings: Findings) -> list[Finding]:
    """One `Finding` per detector and group of the detectors' rows, in a fixed order."""
    if findings.rows.empty:
        return []
    families = dict(zip(findings.runs.detector, findings.runs.family, strict=True))
    read = [
        _finding(str(detector), families[str(detector)], rows)
        for (detector, _), rows in findings.rows.groupby(["detector", "group_id"], sort=False)
    ]
    return sorted(read, key=_strength)


def group_name(orders: Iterable[str]) -> str:
    """The name of a group: "G-" and 8 hex digits of the SHA-256 of its sorted order ids."""
    return "G-" + hashlib.sha256("\n".join(sorted(orders)).encode()).hexdigest()[:8]


def merge(findings: Sequence[Finding], accounts: Mapping[str, str]) -> list[Group]:
    """Groups of the findings, by name; `accounts` maps an order to its buyer where known.

    Two findings belong together when their orders, or their accounts, overlap by half (Jaccard)
    or one holds the other and is not many times larger. Accounts count from two in common.
    """
    links: nx.Graph = nx.Graph()
    links.add_nodes_from(range(len(findings)))
    by_order = [finding.orders for finding in findings]
    by_account = [
        frozenset(accounts[order] for order in finding.orders if order in accounts)
        for finding in findings
    ]
    links.add_edges_from(_overlapping(by_order, lambda common: common >= 1))
    links.add_edges_from(_overlapping(by_account, _enough_accounts))
    groups = []
    for members in nx.connected_components(links):
        own = sorted((findings[n] for n in members), key=_strength)
        orders = frozenset().union(*(finding.orders for finding in own))
        groups.append(Group(group_name(orders), orders, tuple(own)))
    return sorted(groups, key=lambda group: group.group_id)


def _overlapping(
    sets: Sequence[frozenset[str]], enough: Callable[[int], bool]
) -> list[tuple[int, int]]:
    holders: dict[str, list[int]] = {}
    for n, members in enumerate(sets):
        for member in members:
            holders.setdefault(member, []).append(n)
    common = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    return [
        (a, b)
        for (a, b), shared in common.items()
        if enough(shared) and _alike(len(sets[a]), len(sets[b]), shared)
    ]


def _alike(first: int, second: int, shared: int) -> bool:
    smaller, larger = sorted((first, second))
    contained = shared == smaller and smaller >= MERGING["contained_share"] * larger
    return contained or shared >= MERGING["jaccard"] * (first + second - shared)


def _enough_accounts(common: int) -> bool:
    return common >= MERGING["least_accounts"]


def _finding(detector: str, family: str, rows: pd.DataFrame) -> Finding:
    first = rows.iloc[0]
    facts = json.loads(first.facts) if isinstance(first.facts, str) and first.facts else {}
    return Finding(
        detector=detector,
        family=family,
        orders=frozenset(rows.order_id),
        statistic=str(first.statistic),
        observed=float(first.observed),
        expected=float(first.expected),
        p_value=float(first.p_value),
        window_start=first.window_start,
        window_end=first.window_end,
        facts=facts,
    )


def _strength(finding: Finding) -> tuple[object, ...]:
    return (finding.p_value, finding.detector, tuple(sorted(finding.orders)))
