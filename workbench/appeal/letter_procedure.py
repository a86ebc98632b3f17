"""The procedure as the notice gives it, what the checks found, the law, and what comes next."""

from __future__ import annotations

from typing import Any

from workbench.appeal.matter import Matter
from workbench.figures import CaseFigures
from workbench.language import Say
from workbench.procedure import Provision, letter_law

__all__ = ["flaws", "guard", "ladder", "procedure", "provision_row", "provisions"]

Row = dict[str, Any]


def procedure(matter: Matter, figures: CaseFigures, say: Say) -> list[str]:
    """Facts of the procedure as the notice gives them; no argument."""
    notice = matter.notice
    if notice is None:
        return [say("No notice of the platform has been loaded.")]
    told = []
    if notice.decided_at:
        told.append(say("The decision was made on {at}.", at=_at(notice.decided_at)))
    if notice.issued_at:
        told.append(say("The notice was issued on {at}.", at=_at(notice.issued_at)))
    if notice.appeal_deadline:
        told.append(say("It can be appealed until {at}.", at=_at(notice.appeal_deadline)))
    if notice.attempts_left is not None:
        told.append(
            say(
                "Of {allowed} appeals {used} have been made; this one included, {left} are left.",
                allowed=figures.of("attempts_allowed", notice.attempts_allowed or 0),
                used=figures.of("attempts_used", notice.attempts_used or 0),
                left=figures.of("attempts_left", notice.attempts_left),
            )
        )
    told.append(
        say("The notice names the rule it rests on: {clause}.", clause=notice.rule_clause)
        if notice.rule_clause
        else say("The notice as loaded names no rule or clause.")
    )
    told.append(
        say(
            "The notice names {count} orders.", count=figures.of("in_notice", len(notice.order_ids))
        )
        if notice.order_ids
        else say("The notice as loaded names no orders.")
    )
    return told


def flaws(matter: Matter, language: str) -> list[Row]:
    """The procedural checks that the decision does not pass: code, told, hook."""
    return []


def guard(matter: Matter, figures: CaseFigures, say: Say) -> list[str]:
    """What such checks can and cannot carry."""
    return [
        say(
            "A flaw of the procedure supports a request for review; it does not by itself prove "
            "any order genuine. This is not legal advice."
        )
    ]


def provisions(matter: Matter, language: str, say: Say) -> list[Row]:
    """Provisions in force when the notice was decided, with what they say and their source."""
    notice = matter.notice
    at = (notice and (notice.decided_at or notice.issued_at)) or matter.now
    return [provision_row(one, language, say) for one in letter_law(at.date())]


def provision_row(one: Provision, language: str, say: Say) -> Row:
    """A provision as papers tell it: name, says, source."""
    return {
        "name": one.name(language),
        "says": one.says_zh if language == "zh" else one.says_en,
        "source": _source(one, language, say),
    }


def _source(one: Provision, language: str, say: Say) -> str:
    source = one.source_zh if language == "zh" else one.source_en
    if one.confidence == "V":
        read = say("text read on {day}", day=one.checked)
    else:
        read = say("secondary source read on {day}; check the official text", day=one.checked)
    return say("{day}; {source}; {read}", day=one.in_force, source=source, read=read)


def ladder(matter: Matter, language: str, say: Say) -> list[Row]:
    """The routes that are open now or next: step, told, clock."""
    return []


def _at(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
