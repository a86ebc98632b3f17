"""A suspicious group, and how groups become the rows of the contract."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbench.detect.finding import FINDING_COLUMNS, no_findings

__all__ = ["Group", "findings"]


@dataclass(frozen=True)
class Group:
    """Orders that are odd together, with the figures that say so.

    `facts` holds what docs/detectors.md lists for the detector: numbers, texts, lists; no
    personal data.
    """

    orders: tuple[str, ...]
    statistic: str
    observed: float
    expected: float
    p_value: float
    start: pd.Timestamp
    end: pd.Timestamp
    facts: dict[str, object]

    @property
    def key(self) -> str:
        """Eight hexadecimal digits that depend on the orders alone."""
        return hashlib.sha256("\n".join(sorted(self.orders)).encode()).hexdigest()[:8]


def findings(detector: str, groups: Iterable[Group], **review: object) -> pd.DataFrame:
    """One row per group and order, strongest group first; `review` goes into the attributes.

    Where two groups hold the same orders, the one with the smaller p-value stands.
    """
    best: dict[str, Group] = {}
    for group in sorted(groups, key=lambda g: (g.p_value, -g.observed, g.key)):
        best.setdefault(group.key, group)
    rows = [
        told | {"order_id": order}
        for key, group in best.items()
        for told in [_told(detector, key, group)]
        for order in sorted(group.orders)
    ]
    if not rows:
        return no_findings(**review)
    frame = pd.DataFrame(rows)[list(FINDING_COLUMNS)]
    frame.attrs["review"] = review
    return frame


def _told(detector: str, key: str, group: Group) -> dict[str, object]:
    """What each row of a group has in common."""
    return {
        "detector": detector,
        "group_id": f"{detector}:{key}",
        "statistic": group.statistic,
        "observed": float(group.observed),
        "expected": float(group.expected),
        "p_value": min(max(group.p_value, 0.0), 1.0),
        "window_start": group.start,
        "window_end": group.end,
        "facts": _json(group.facts),
    }


def _json(facts: dict[str, object]) -> str:
    return json.dumps({name: _plain(value) for name, value in facts.items()}, ensure_ascii=False)


def _plain(value: object) -> object:
    """The value as JSON can hold it: times as ISO 8601, unknown as null, six digits."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, pd.Timestamp):
        return value.isoformat(timespec="seconds")
    if hasattr(value, "item"):
        return _plain(value.item())
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.6g}")
    return value
