"""What every form has: a head, parts with sentences and points, its law, and a signature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.appeal.labels import signing_labels
from workbench.appeal.letter_procedure import provision_row
from workbench.appeal.matter import Matter
from workbench.language import Say, words
from workbench.procedure import in_force, not_advice, provision

__all__ = ["MAX_LISTED", "Form", "contested_orders", "form_model", "not_in_force", "part"]

Row = dict[str, Any]
# More numbers than this are read in the workbook.
MAX_LISTED = 300


@dataclass(frozen=True)
class Form:
    """A form filled from the case: the name of its files, its model, or why there is none."""

    name: str
    model: Mapping[str, Any] | None
    why_not: str = ""


def part(title: str, lines: Iterable[str], points: Iterable[str] = ()) -> Row:
    """One part of a form: sentences, then numbered points."""
    return {"title": title, "lines": [one for one in lines if one], "points": list(points)}


def form_model(
    matter: Matter,
    language: str,
    *,
    title: str,
    to: str,
    parts: Sequence[Row],
    annex: Row,
    law: Sequence[str],
    lacking: Sequence[str] = (),
) -> Row:
    """Everything that the templates of a form have a place for.

    Keys: language, label, footer, lacking, header (name, value), parts (title, lines, points),
    provisions (name, says, source), guard, annex (title, lines). `law` are ids of provisions;
    those in force on the date of the form are told.
    """
    say = words("appeal", language)
    wanted = set(law)
    told = [one for one in in_force(matter.now.date()) if one.id in wanted]
    return {
        "language": language,
        "label": {"title": title, "basis": say("Legal basis"), **signing_labels(say)},
        "footer": " · ".join(one for one in (title, matter.shop) if one),
        "lacking": list(lacking),
        "header": _header(matter, to, say),
        "parts": list(parts),
        "provisions": [provision_row(one, language, say) for one in told],
        "guard": [not_advice(language)],
        "annex": annex,
    }


def not_in_force(law: str, day: date, language: str, title: str) -> str:
    """Why a form is left out that rests on a provision not in force on `day`; "" when it is."""
    needed = provision(law)
    if needed.held_on(day):
        return ""
    say = words("appeal", language)
    return say(
        "“{title}” is left out: {provision} is in force from {since} only.",
        title=title,
        provision=needed.zh if language == "zh" else needed.en,
        since=needed.in_force,
    )


def contested_orders(ids: Sequence[str], say: Say) -> Row:
    """The annex with the numbers of orders; the workbook lists what is too long for it."""
    shown = ", ".join(ids[:MAX_LISTED])
    if len(ids) > MAX_LISTED:
        shown = say(
            "{orders} … (all {count} in the workbook, sheet Orders)", orders=shown, count=len(ids)
        )
    title = say("Annex: orders concerned ({count})", count=len(ids))
    return {"title": title, "lines": [shown or say("None.")]}


def _header(matter: Matter, to: str, say: Say) -> list[Row]:
    notice = matter.notice
    unknown = say("not known")
    values = {
        say("To"): to,
        say("Shop"): matter.shop,
        say("Notice"): notice and notice.notice_id,
        say("What is alleged"): notice and notice.violation,
        say("Rule and clause"): notice and notice.rule_clause,
        say("Measure"): notice and notice.measure,
        say("Decided on"): notice and notice.decided_at and f"{notice.decided_at:%Y-%m-%d}",
        say("Notified on"): notice and notice.issued_at and f"{notice.issued_at:%Y-%m-%d}",
        say("Date of this letter"): f"{matter.now:%Y-%m-%d}",
    }
    return [{"name": name, "value": value or unknown} for name, value in values.items()]
