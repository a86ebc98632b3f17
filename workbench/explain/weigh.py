"""Weigh one group: what each finding says, what the innocent explanations leave of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.explain.combine import cauchy, digits, discounted, weight
from workbench.explain.innocent import Outcome
from workbench.explain.merge import Finding, Group
from workbench.explain.rules import TESTS, signal

__all__ = ["Contribution", "Weighed", "weigh"]

_LEAST_P = 1e-300


@dataclass(frozen=True)
class Contribution:
    """What one finding adds, in digits (−log10 p): as found, capped, and after the discount.

    `discounts` are the passed tests that applied; `explained` tells whether one of them accounts
    for the whole oddity, `untold` names the decisive tests that the data could not make.
    """

    finding: Finding
    found: float
    capped: float
    discounts: tuple[str, ...]
    factor: float
    left: float
    explained: bool
    untold: tuple[str, ...]


@dataclass(frozen=True)
class Weighed:
    """A group with its contributions (strongest first), evidence by family and p-value."""

    group: Group
    contributions: tuple[Contribution, ...]
    by_family: Mapping[str, float]
    p_value: float
    evidence: float


def weigh(group: Group, outcomes: Mapping[str, Outcome], ran: Mapping[str, int]) -> Weighed:
    """Cap, discount, Bonferroni within each family, Cauchy across families.

    `ran` is the number of detectors that ran, by family. Within a family the least p-value is
    multiplied by the detectors that ran, or by the family's findings where they are more.
    """
    parts = sorted(
        (_contribution(finding, outcomes) for finding in group.findings),
        key=lambda part: (-part.left, -part.capped),
    )
    by_family: dict[str, float] = {}
    for family in sorted({part.finding.family for part in parts}):
        own = [part.left for part in parts if part.finding.family == family]
        tried = max(ran.get(family, 1), len(own))
        by_family[family] = max(0.0, max(own) - math.log10(tried))
    p_value = cauchy([10**-e for e in by_family.values()], among=max(len(ran), len(by_family)))
    return Weighed(group, tuple(parts), by_family, p_value, weight(by_family))


def _contribution(finding: Finding, outcomes: Mapping[str, Outcome]) -> Contribution:
    called = signal(finding.detector, finding.family, finding.field)
    fitting = tuple(name for name in called.tests if outcomes[name].result == "passed")
    factors = [TESTS[name].factor for name in fitting]
    return Contribution(
        finding=finding,
        found=-math.log10(max(finding.p_value, _LEAST_P)) + 0.0,
        capped=digits(finding.p_value),
        discounts=fitting,
        factor=math.prod(factors),
        left=discounted(finding.p_value, factors),
        explained=any(TESTS[name].explains for name in fitting),
        untold=tuple(n for n in called.decisive if outcomes[n].result == "not_available"),
    )
