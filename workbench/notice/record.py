"""Write down a platform's notice as a person confirmed it, and keep its original text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.case import Case, Event, append, attach
from workbench.errors import BadInput, Problem
from workbench.notice.notices import FIELDS, to_stored

__all__ = ["record_notice"]


def record_notice(case: Case, fields: Mapping[str, Any], *, who: str, text: str = "") -> Event:
    """Record a notice with the fields that a person confirmed; gives the event.

    `fields` are those of `workbench.notice.Notice`; what is None or left out is not told by the
    notice. The original `text` becomes an evidence file of the case (source: the platform).
    Raises BadInput for a field that a notice does not have, a value of the wrong kind, or a
    notice without a number and without a date, by which nobody could find it again.
    """
    told = {name: value for name, value in fields.items() if value is not None}
    problems = [Problem(f"A notice has no field {name!r}") for name in told.keys() - FIELDS.keys()]
    problems += [
        Problem(f"{name} of a notice cannot be {value!r}", do=f"Give it as {FIELDS[name]}")
        for name, value in told.items()
        if name in FIELDS and type(value).__name__ != FIELDS[name]
    ]
    if not told.get("notice_id") and not told.get("issued_at"):
        do = "Give the number of the notice, or the day it was issued"
        problems.append(Problem("The notice has neither number nor date", do=do))
    if not who.strip():
        problems.append(Problem("A notice needs the name of who confirmed it", do="Say who"))
    if problems:
        raise BadInput.many(problems)
    sha256 = _keep(case, text, str(told.get("notice_id", "")), who) if text.strip() else ""
    if text.strip():
        told["text"] = text
    body = {"sha256": sha256, "fields": to_stored(told)}
    return append(case.database, who=who, kind="notice", subject_kind="case", body=body)


def _keep(case: Case, text: str, number: str, who: str) -> str:
    name = f"notice-{number}.txt" if number else "notice.txt"
    kept = attach(
        case, text.encode(), name, subject="case", who=who, system="platform", copy="copy"
    )
    return kept.sha256
