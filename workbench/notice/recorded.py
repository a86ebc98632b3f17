"""Notices that a person confirmed: kept as events, with the text as it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.case import Case, Event, append, read_evidence, standing_events
from workbench.case.evidence_store import store
from workbench.errors import BadInput, Problem
from workbench.notice.fields import FIELDS, from_json, to_json
from workbench.notice.parsed import ParsedNotice

__all__ = ["Recorded", "record_notice", "recorded"]


@dataclass(frozen=True)
class Recorded:
    """What a person confirmed of one notice at one time.

    `fields` holds the confirmed fields only; None or () in it says that the notice is silent.
    `text` is the notice's whole text, None where none was kept or it was removed since.
    """

    key: str
    notice_id: str | None
    fields: Mapping[str, Any]
    text: str | None
    sha256: str
    who: str
    at: datetime


def record_notice(
    case: Case,
    given: ParsedNotice | Mapping[str, Any],
    *,
    who: str,
    text: str = "",
    original: bytes = b"",
    changed: Mapping[str, Any] | None = None,
) -> Event:
    """Write down what a person confirmed of a notice, and keep its text as it came.

    `given` is what was read of it (`parse_notice`) or the fields themselves; `changed` are fields
    that the person corrected, which win. What was not read is not written, so that a table's
    value still stands. `text` is the text of the notice (that of a ParsedNotice by default),
    `original` the file it was read from, where that was no plain text. Both are kept among the
    evidence files under their SHA-256, but are no evidence for an order: they come from the
    platform, and what accuses an order does not speak for it.

    Recording a notice again (the same notice_id, or without one the same text) adds to what was
    confirmed; the later value of a field counts. Raises BadInput with every problem at once: no
    name, no field at all, an unknown field, a value of another type, an appeal deadline before
    the notice itself.
    """
    parsed = isinstance(given, ParsedNotice)
    text = text or (given.text if isinstance(given, ParsedNotice) else "")
    read = given.values() if isinstance(given, ParsedNotice) else given
    fields = {**read, **(changed or {})}
    problems = _problems(fields, who)
    if problems:
        raise BadInput.many(problems)
    content = text.encode()
    sha256 = store(case, original or content).sha256 if original or content else ""
    text_sha256 = store(case, content).sha256 if content and original else sha256
    body = {
        "sha256": sha256,
        "text_sha256": text_sha256 if content else "",
        "fields": {name: to_json(value) for name, value in fields.items()},
        "read_by": "parser" if parsed else "person",
    }
    return append(case.database, who=who, kind="notice", subject_kind="case", body=body)


def recorded(case: Case, until: datetime | None = None) -> list[Recorded]:
    """What people confirmed of notices and did not undo, oldest first; purged ones left out."""
    found = []
    for event in standing_events(case, "notice", until=until):
        fields = event.body.get("fields")
        if not isinstance(fields, dict):
            continue
        known = {name: from_json(name, value) for name, value in fields.items() if name in FIELDS}
        notice_id = known.get("notice_id")
        sha256 = str(event.body.get("sha256", ""))
        text = _text(case, str(event.body.get("text_sha256") or sha256))
        key = notice_id or f"\1{sha256 or event.hash}"
        found.append(
            Recorded(key, notice_id, known, text, sha256, event.who, event.at.to_pydatetime())
        )
    return found


def _text(case: Case, sha256: str) -> str | None:
    """The kept text; None where there is none, or it is gone or no longer what it was."""
    if not sha256:
        return None
    try:
        content = read_evidence(case, sha256)
    except BadInput:
        return None
    return content.decode("utf-8", "replace")


def _problems(fields: Mapping[str, Any], who: str) -> list[Problem]:
    problems = []
    if not who.strip():
        problems.append(Problem("A notice needs a name", do="Say who confirms what was read"))
    if not fields:
        problems.append(Problem("Nothing of the notice is confirmed", do="Give its fields"))
    unknown = [name for name in fields if name not in FIELDS]
    if unknown:
        do = f"Give some of {', '.join(FIELDS)}"
        problems.append(Problem(f"A notice has no field {', '.join(unknown)}", do=do))
    for name, value in fields.items():
        if name in FIELDS and from_json(name, to_json(value)) != _empty(name, value):
            problems.append(Problem(f"This is no value of {name}: {value!r}"))
    deadline = fields.get("appeal_deadline")
    begun = [fields[name] for name in ("issued_at", "decided_at") if fields.get(name)]
    if isinstance(deadline, datetime) and any(deadline < at for at in begun):
        do = "Correct whichever date is wrong"
        problems.append(Problem("The appeal deadline lies before the notice itself", do=do))
    return problems


def _empty(name: str, value: Any) -> Any:
    """None as a list field holds it."""
    return () if value is None and FIELDS[name].type in ("texts", "orders", "pairs") else value
