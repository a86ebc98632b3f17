"""Decisions that stand against each other, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from workbench.case import Conflict, Standing
from workbench.case.decided import Against
from workbench.element import tag
from workbench.language import Say, decision_word
from workbench.widgets.wording import local_time

__all__ = ["conflict_html", "decided_text", "meanwhile_html"]


def decided_text(one: Standing, zone: str, say: Say) -> str:
    """Who decided what and when, and why; with the group where it is the decision of one."""
    decision = decision_word(say, one.body["decision"])
    if one.subject_kind == "group":
        decision = say("{decision} (group {group})", decision=decision, group=one.subject_id)
    return say(
        "{who} · {decision} · {at} · event {seq}: {reason}",
        who=one.who,
        decision=decision,
        at=local_time(one.at, zone),
        seq=one.seq,
        reason=one.body["reason"],
    )


def conflict_html(pairs: Sequence[Against], zone: str, say: Say) -> Markup | None:
    """What stands against what, and how it is settled; None where nothing does."""
    if not pairs:
        return None
    lines = []
    for pair in pairs:
        both = (decided_text(one, zone, say) for one in (pair.stands, pair.against))
        listed = tag("ul", *(tag("li", text) for text in both))
        lines.append(tag("li", tag("b", pair.subject_id), listed))
    return tag(
        "div",
        tag("b", say("Two decisions stand against each other; the first one counts for now.")),
        tag("ul", *lines, class_="wb-plain-list"),
        tag("p", say("Neither had seen the other. Decide again to settle it.")),
        class_="wb-conflict",
        role="group",
        aria_label=say("Conflict"),
    )


def meanwhile_html(conflict: Conflict, zone: str, say: Say) -> Markup:
    """What came meanwhile, so that the person may decide again having seen it."""
    stands: Mapping[tuple[str, str], Standing | None] = conflict.stands
    lines = []
    for (_, subject_id), now in stands.items():
        text = decided_text(now, zone, say) if now else say("what you saw was taken back")
        lines.append(tag("li", tag("b", subject_id), " ", text))
    return tag(
        "div",
        tag("b", say("Not saved: somebody has decided meanwhile.")),
        tag("ul", *lines),
        tag("p", say("If you stand by yours, save it again: now you have seen this.")),
        class_="wb-conflict",
    )
