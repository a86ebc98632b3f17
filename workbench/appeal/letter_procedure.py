"""The procedure as the notice gives it, what the checks found, the law, and what comes next."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.appeal.matter import Matter
from workbench.appeal.procedure_rows import of_check, of_record, of_step
from workbench.appeal.sentences import LetterFigures
from workbench.language import Say, step_word
from workbench.procedure import Provision, letter_law, not_advice
from workbench.rows import each

__all__ = ["clocks", "flaws", "guard", "ladder", "procedure", "provision_row", "provisions"]

Row = dict[str, Any]


def procedure(matter: Matter, figures: LetterFigures, say: Say) -> list[str]:
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
        say("The notice names the rule it rests on: “{clause}”.", clause=notice.rule_clause)
        if notice.rule_clause
        else say("The notice as loaded names no rule or clause.")
    )
    told.append(
        say(
            "Orders that the notice names: {count}.",
            count=figures.of("in_notice", len(notice.order_ids)),
        )
        if notice.order_ids
        else say("The notice as loaded names no orders.")
    )
    return told


def flaws(matter: Matter, figures: LetterFigures, language: str, say: Say) -> list[Row]:
    """The procedural checks that the decision does not pass: code, told, hook."""
    rows = []
    for row in each(_failed(matter)):
        hook = getattr(row, f"hook_{language}")
        unread = "" if row.confidence == "V" else say("to be read in the official text")
        rows.append(
            {
                "code": row.code,
                "told": figures.stated(getattr(row, f"told_{language}"), of_check(row.code)),
                "hook": "\n".join(part for part in (hook, unread) if part),
            }
        )
    return rows


def guard(matter: Matter, language: str, say: Say) -> list[str]:
    """Which questions are still open, and what such checks can and cannot carry."""
    told = []
    if _failed(matter).empty:
        told.append(say("No check of the procedure has shown a flaw so far."))
    asked = matter.checks.loc[matter.checks["state"].eq("needs_answer"), "code"].tolist()
    if asked:
        told.append(
            say(
                "Questions that a person still has to answer: {codes}.", codes=say(", ").join(asked)
            )
        )
    return [*told, not_advice(language)]


def _failed(matter: Matter) -> pd.DataFrame:
    return matter.checks[matter.checks["state"].eq("failed")]


def provisions(matter: Matter, language: str, say: Say) -> list[Row]:
    """Provisions in force when the notice was decided, with what they say and their source.

    Those that every letter names, and those that a check names which is not passed.
    """
    notice = matter.notice
    at = (notice and (notice.decided_at or notice.issued_at)) or matter.now
    cited = [hook for hooks in _failed(matter)["hooks"] for hook in hooks]
    return [provision_row(one, language, say) for one in letter_law(at.date(), cited)]


def provision_row(one: Provision, language: str, say: Say) -> Row:
    """A provision as papers tell it: name, says, source."""
    return {
        "name": one.zh if language == "zh" else one.en,
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


def ladder(matter: Matter, figures: LetterFigures, language: str, say: Say) -> list[Row]:
    """The remedies that were taken or are still open, in their order: step, told, clock."""
    return [
        {
            "step": step_word(say, row.state),
            "told": getattr(row, language),
            "clock": figures.stated(getattr(row, f"clock_{language}"), of_step(row.step)),
        }
        for row in each(matter.ladder)
        if row.state != "closed"
    ]


def clocks(matter: Matter, figures: LetterFigures, language: str) -> list[str]:
    """Until when others keep their records, one sentence each."""
    return [
        figures.stated(getattr(row, language), of_record(row.record)) for row in each(matter.clocks)
    ]


def _at(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
