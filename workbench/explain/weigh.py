"""Weigh one group: what each finding says, what the innocent explanations leave of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.explain.combine import cauchy, digits, discounted, weight
from workbench.explain.innocent import Outcome
from workbench.explain.merge import Finding, Group
from workbench.explain.rules import ECHOES, TESTS, WEIGHING, signal

__all__ = ["Contribution", "Weighed", "weigh"]

_LEAST_P = 1e-300


@dataclass(frozen=True)
class Contribution:
    """What one finding adds, in digits (−log10 p): as found, capped, and after the discount.

    `family` is what it counts with: its own, or that of the finding it only echoes (rules.toml,
    echoes). `discounts` are the passed tests that applied; `explained` tells whether one of them
    accounts for the whole oddity, `untold` names the decisive tests that the data could not make.
    `paid` is what is left once the family has paid for its detectors.
    """

    finding: Finding
    family: str
    found: float
    capped: float
    discounts: tuple[str, ...]
    factor: float
    left: float
    paid: float
    explained: bool
    untold: tuple[str, ...]


@dataclass(frozen=True)
class Weighed:
    """A group with its contributions (strongest first), evidence by family, p-value and score.

    `unexplained` is the ranking weight (see `workbench.explain.combine.weight`) of what no
    innocent explanation accounts for, `explained` that of the rest.
    """

    group: Group
    contributions: tuple[Contribution, ...]
    by_family: Mapping[str, float]
    p_value: float
    unexplained: float
    explained: float


def weigh(group: Group, outcomes: Mapping[str, Outcome], ran: Mapping[str, int]) -> Weighed:
    """Cap, discount, Bonferroni within each family, Cauchy across families.

    `ran` is the number of detectors that ran, by family: within a family the least p-value is
    multiplied by it. Findings of one detector cost nothing more: it has paid for every candidate
    that it tried (docs/detectors.md).
    """
    families = _families(group.findings)
    own = Counter(family for family, _ in {(f, found.detector) for f, found in families})
    price = {family: math.log10(max(ran.get(family, 1), own[family])) for family in own}
    parts = sorted(
        (_contribution(finding, f, price[f], outcomes) for f, finding in families),
        key=lambda part: (-part.left, -part.capped),
    )
    by_family = _best(parts)
    p_value = cauchy([10**-e for e in by_family.values()], among=max(len(ran), len(by_family)))
    return Weighed(
        group,
        tuple(parts),
        by_family,
        p_value,
        unexplained=weight(_best([_ranked(part) for part in parts if not part.explained])),
        explained=weight(_best([part for part in parts if part.explained])),
    )


def _families(findings: Sequence[Finding]) -> list[tuple[str, Finding]]:
    """The family that each finding counts with: an echo counts with what it echoes."""
    present: dict[str, str] = {}
    for finding in findings:
        if finding.p_value <= WEIGHING["lead_p"]:
            present.setdefault(finding.detector, finding.family)
    families = []
    for finding in findings:
        echoes = ECHOES.get(finding.detector, frozenset())
        echoed = [family for name, family in present.items() if name in echoes]
        families.append((echoed[0] if echoed else finding.family, finding))
    return families


def _ranked(part: Contribution) -> Contribution:
    """What a contribution counts in the ranking: less while a decisive test is open."""
    share = WEIGHING["open_share"] if part.untold or part.finding.ambiguous else 1.0
    return replace(part, paid=part.paid * share)


def _best(parts: Sequence[Contribution]) -> dict[str, float]:
    """The most digits that each family has left, once it has paid for its detectors."""
    best: dict[str, float] = {}
    for part in parts:
        best[part.family] = max(best.get(part.family, 0.0), part.paid)
    return dict(sorted(best.items()))


def _contribution(
    finding: Finding, family: str, price: float, outcomes: Mapping[str, Outcome]
) -> Contribution:
    called = signal(finding.detector, finding.family, finding.field)
    fitting = tuple(n for n in called.tests if n in outcomes and outcomes[n].result == "passed")
    factors = [TESTS[name].factor for name in fitting]
    left = discounted(finding.p_value, factors, ambiguous=finding.ambiguous)
    return Contribution(
        finding=finding,
        family=family,
        found=-math.log10(max(finding.p_value, _LEAST_P)) + 0.0,
        capped=digits(finding.p_value, ambiguous=finding.ambiguous),
        discounts=fitting,
        factor=math.prod(factors),
        left=left,
        paid=max(0.0, left - price),
        explained=any(TESTS[name].explains for name in fitting),
        untold=tuple(
            n for n in called.decisive if n in outcomes and outcomes[n].result == "not_available"
        ),
    )
