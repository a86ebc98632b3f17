"""What a group amounts to: evidence, needs documents, or none; and which papers are missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from workbench.explain.innocent import Outcome
from workbench.explain.rules import TESTS, WEIGHING, signal
from workbench.explain.weigh import Weighed

__all__ = ["Verdict", "contradicted", "papers", "verdict"]

Verdict = Literal["evidence", "needs_documents", "none"]


def verdict(weighed: Weighed, q_value: float, outcomes: Mapping[str, Outcome]) -> Verdict:
    """The assessment of a group.

    `evidence` takes a q-value within the tolerated share of wrong groups and two families whose
    signal no innocent explanation accounts for and no decisive test left open; a contradiction
    found by a test (scans that rule a delivery out) stands for one of them. Ambiguous signals
    may be one of the two families, never both; a group of nothing else is no question to anybody.
    """
    asking = any(not part.finding.ambiguous and part.paid > 0 for part in weighed.contributions)
    if q_value > WEIGHING["false_discovery_rate"] or not asking:
        return "none"
    standing = [
        part
        for part in weighed.contributions
        if not part.explained and not part.untold and part.paid >= WEIGHING["support_digits"]
    ]
    families = {part.family for part in standing}
    accusing = {part.family for part in standing if not part.finding.ambiguous}
    if contradicted(outcomes):
        families.add("proof")
        accusing.add("proof")
    return "evidence" if len(families) >= 2 and accusing else "needs_documents"


def contradicted(outcomes: Mapping[str, Outcome]) -> bool:
    """Whether a test found what chance seldom makes: it then speaks against the shop."""
    return any(o.result == "failed" and o.p_value is not None for o in outcomes.values())


def papers(weighed: Weighed, verdict: Verdict, outcomes: Mapping[str, Outcome]) -> list[str]:
    """Codes of the papers that would settle what the data could not tell.

    A group that needs documents always names some: those of tests the data could not make, those
    that prove the explanations that fit, and those that settle its strongest signal.
    """
    codes = _of_tests(outcomes, "not_available")
    if verdict == "needs_documents":
        codes += _of_tests({n: o for n, o in outcomes.items() if TESTS[n].explains}, "passed")
        lead = weighed.contributions[0].finding
        codes += signal(lead.detector, lead.family, lead.field).papers
    return list(dict.fromkeys(codes))


def _of_tests(outcomes: Mapping[str, Outcome], result: str) -> list[str]:
    return [code for n, o in outcomes.items() if o.result == result for code in TESTS[n].papers]
