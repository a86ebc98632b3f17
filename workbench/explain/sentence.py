"""One sentence per group that a reviewer understands, figures beside the shop's own normal."""

from __future__ import annotations

from workbench.explain.merge import Finding
from workbench.explain.plain import plain
from workbench.explain.weigh import Weighed
from workbench.explain.wording import WORDINGS, figure
from workbench.language import Language, Say, words

__all__ = ["sentence"]

_LONGEST = 300


def sentence(weighed: Weighed, contradiction: str, language: Language) -> str:
    """The group's sentence: its strongest signal, then the one that confirms it.

    `contradiction` is what the proof test said, already worded, or empty. Neutral: it says what
    was seen and what is usual, never what it means about a person.
    """
    say = words("explain", language)
    first, *rest = _leading(weighed)
    more = [say("Also: {what}", what=_clause(finding, say, language)) for finding in rest[:1]]
    # Three clauses are more than a reader keeps: a contradiction says most.
    parts = [_clause(first, say, language), *([contradiction] if contradiction else more)]
    return (" " if language == "en" else "").join(parts)


def _leading(weighed: Weighed) -> list[Finding]:
    """The strongest finding of each family, strongest family first."""
    leading: dict[str, Finding] = {}
    for part in weighed.contributions:
        leading.setdefault(part.finding.family, part.finding)
    return list(leading.values())


def _clause(finding: Finding, say: Say, language: Language) -> str:
    wording = WORDINGS.get(finding.detector)
    # A detector of somebody else brings its own words.
    own = plain(finding.facts.get(f"sentence_{language}") or "", _LONGEST)
    told = wording(finding, say) if wording else own
    return told or say(
        "{orders} orders would look unusual: {observed} observed, {expected} expected in this "
        "shop ({detector}).",
        orders=len(finding.orders),
        observed=figure(finding.observed),
        expected=figure(finding.expected),
        detector=plain(finding.detector),
    )
