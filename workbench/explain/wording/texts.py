"""Sentences of the detectors that read chats, notes and reviews."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.explain.innocent.outcome import percent
from workbench.explain.merge import Finding
from workbench.explain.plain import plain
from workbench.explain.wording.figures import Wording, days, figure, holds
from workbench.language import Say

__all__ = ["WORDINGS"]


def _counts(finding: Finding) -> dict[str, object] | None:
    """Flagged and known orders, and the usual rate."""
    facts = finding.facts
    if not holds(facts, "flagged", "known", "usual_rate"):
        return None
    share = float(facts["usual_rate"])
    usual = percent(share) if share >= 0.01 else f"{100 * share:.1f} %"
    return {"flagged": facts["flagged"], "known": facts["known"], "usual": usual}


def _lexicon(finding: Finding, say: Say) -> str | None:
    counts, kinds = _counts(finding), finding.facts.get("classes")
    if counts is None or not isinstance(kinds, dict) or "by_seller" not in finding.facts:
        return None
    names = {
        "A": say("brushing"),
        "B": say("a reward for a review"),
        "C": say("talk of another place"),
        "D": say("scripted steps"),
        "E": say("trade in accounts"),
        "F": say("made-up deliveries"),
    }
    most = sorted(kinds, key=lambda kind: (-int(kinds[kind]), kind))[:3]
    return say(
        "Of {known} orders that were talked about, {flagged} were talked of as arranged ({what}), "
        "{seller} of them by the shop's side; of the shop's other talks {usual}.",
        what=", ".join(f"{names.get(kind, kind)} {kinds[kind]}" for kind in most),
        seller=finding.facts["by_seller"],
        **counts,
    )


def _marks(finding: Finding, say: Say) -> str | None:
    counts = _counts(finding)
    if counts is None:
        return None
    if finding.facts.get("kind") == "flag":
        return say(
            "{flagged} of {known} orders bear the same colour of the shop's flag; of its other "
            "orders of these days {usual}.",
            **counts,
        )
    return say(
        "{flagged} of {known} orders bear the same note of the shop; of its other orders of these "
        "days {usual}.",
        **counts,
    )


def _copies(finding: Finding) -> dict[str, object] | None:
    counts, facts = _counts(finding), finding.facts
    if counts is None or not holds(facts, "item", "length", "span_days"):
        return None
    return {"item": plain(facts["item"]), "days": days(facts), **counts}


def _chats(finding: Finding, say: Say) -> str | None:
    told = _copies(finding)
    if told is None:
        return None
    return say(
        "{flagged} of {known} chats about “{item}” within {days} day(s) hold the same line of "
        "{length} characters or more; of the shop's other chats {usual}.",
        length=finding.facts["length"],
        **told,
    )


def _reviews(finding: Finding, say: Say) -> str | None:
    told = _copies(finding)
    if told is None:
        return None
    if finding.facts.get("kind") == "pictures":
        return say(
            "{flagged} of {known} reviews of “{item}” within {days} day(s) show the same picture; "
            "of the shop's other reviews {usual}.",
            **told,
        )
    return say(
        "{flagged} of {known} reviews of “{item}” within {days} day(s) are copies of {length} "
        "characters or more; of the shop's other reviews {usual}.",
        length=finding.facts["length"],
        **told,
    )


def _lockstep(finding: Finding, say: Say) -> str | None:
    counts, facts = _counts(finding), finding.facts
    keys = ("crowded", "from_hours", "to_hours", "usual_crowded")
    if counts is None or not holds(facts, *keys):
        return None
    share = float(facts["usual_crowded"])
    return say(
        "{flagged} of {known} buyers reviewed (usual here: {usual}), {crowded} of them between "
        "{first} and {last} hours after receipt, where {share} of the shop's other reviews lie.",
        crowded=facts["crowded"],
        first=figure(float(facts["from_hours"])),
        last=figure(float(facts["to_hours"])),
        share=percent(share) if share >= 0.01 else f"{100 * share:.1f} %",
        **counts,
    )


WORDINGS: Mapping[str, Wording] = {
    "lexicon": _lexicon,
    "lexicon_share": _lexicon,
    "memo_marks": _marks,
    "copied_chats": _chats,
    "copied_reviews": _reviews,
    "review_lockstep": _lockstep,
}
