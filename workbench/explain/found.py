"""What detectors found, read from their rows; and groups: findings that belong together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.detect import Findings
from workbench.explain.combine import digits

__all__ = ["Finding", "Group", "group_name", "read_findings", "strength"]


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
    ambiguous: bool = False
    stage: str = "find"

    @property
    def field(self) -> str:
        """The column whose shared value linked the orders; empty where that is not the signal."""
        return str(self.facts.get("field", ""))


@dataclass(frozen=True)
class Group:
    """Findings that belong together, strongest first, and the orders the stronger ones name.

    `beside` are orders of the same crowd that are no more than ordinary trade: no members.
    """

    group_id: str
    orders: frozenset[str]
    findings: tuple[Finding, ...]
    beside: frozenset[str] = frozenset()

    @property
    def window(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """First and last time of the findings that name its members, the wider ones left out."""
        own = [f for f in self.findings if f.orders <= self.orders] or self.findings
        return min(f.window_start for f in own), max(f.window_end for f in own)


def read_findings(findings: Findings) -> list[Finding]:
    """One `Finding` per detector and group of the detectors' rows, strongest first."""
    if findings.rows.empty:
        return []
    runs = findings.runs.set_index("detector")
    families = runs.family.to_dict()
    ambiguous = runs.ambiguous.to_dict() if "ambiguous" in runs else {}
    stages = runs.stage.to_dict() if "stage" in runs else {}
    rows = findings.rows.sort_values(["detector", "group_id", "order_id"], ignore_index=True)
    starts = np.flatnonzero(~rows.duplicated(["detector", "group_id"]))
    orders = np.split(rows.order_id.to_numpy(dtype=object), starts[1:])
    read = [
        Finding(
            detector=first["detector"],
            family=families[first["detector"]],
            orders=frozenset(own),
            statistic=first["statistic"],
            observed=first["observed"],
            expected=first["expected"],
            p_value=first["p_value"],
            window_start=first["window_start"],
            window_end=first["window_end"],
            facts=_facts(first["facts"]),
            ambiguous=bool(ambiguous.get(first["detector"], False)),
            stage=stages.get(first["detector"], "find"),
        )
        for first, own in zip(rows.iloc[starts].to_dict("records"), orders, strict=True)
    ]
    return sorted(read, key=strength)


def group_name(orders: Iterable[str]) -> str:
    """The name of a group: "G-" and 8 hex digits of the SHA-256 of its sorted order ids."""
    return "G-" + hashlib.sha256("\n".join(sorted(orders)).encode()).hexdigest()[:8]


def strength(finding: Finding) -> tuple[object, ...]:
    """A key that sorts the strongest finding first; of equals (at the cap) the larger one."""
    counted = digits(finding.p_value, ambiguous=finding.ambiguous)
    return (-counted, -len(finding.orders), finding.detector, group_name(finding.orders))


def _facts(text: object) -> Mapping[str, Any]:
    return json.loads(text) if isinstance(text, str) and text else {}
