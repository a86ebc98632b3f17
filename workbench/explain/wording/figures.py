"""How figures stand in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.explain.merge import Finding
from workbench.language import Say

__all__ = ["Wording", "days", "figure", "holds", "length"]

Wording = Callable[[Finding, Say], str | None]
"""One clause about a finding; None where its facts do not hold what the clause needs."""


def holds(facts: Mapping[str, Any], *keys: str) -> bool:
    """Whether all of these facts are known."""
    return all(facts.get(key) is not None for key in keys)


def length(finding: Finding, say: Say) -> str:
    """Length of the finding's window: minutes up to two hours, hours up to three days, or days."""
    minutes = (finding.window_end - finding.window_start).total_seconds() / 60
    if minutes <= 120:
        return say("{number} min", number=max(1, round(minutes)))
    if minutes <= 3 * 24 * 60:
        return say("{number} hours", number=round(minutes / 60))
    return say("{number} days", number=round(minutes / 60 / 24))


def days(facts: Mapping[str, Any]) -> int:
    """Days from the first to the last order, at least one."""
    return max(1, round(float(facts["span_days"])))


def figure(value: float) -> str:
    """A number as short as it can be read: two digits below ten."""
    if 0 < value < 0.01:
        return "<0.01"
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"
