"""Who did what to an order, a group or the case, and when: all events, also those undone since."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from workbench.case.event import Event
from workbench.case.folder import Case
from workbench.case.standing import undone

__all__ = ["history", "history_of"]

_COLUMNS = ["seq", "at", "who", "kind", "subject", "subject_id", "body", "counts", "purged", "of"]


def history(
    case: Case, subjects: Collection[str] | None = None, until: datetime | None = None
) -> pd.DataFrame:
    """The events about the subjects (ids of orders and groups; None: all), newest first.

    Columns: seq, at (UTC), who, kind (see kinds.toml), subject (order | group | case),
    subject_id, body (dict), counts (whether nothing has undone it), purged, of (list: for an
    undo, the numbers of the events it took back). An undo is about what it took back. With
    `until` (UTC) as the case stood then.
    """
    return history_of(case.database.read(), subjects, until)


def history_of(
    stored: Sequence[Event],
    subjects: Collection[str] | None = None,
    until: datetime | None = None,
) -> pd.DataFrame:
    """What `history` gives, from events that were read already."""
    if until is not None:
        moment = until if until.tzinfo else until.replace(tzinfo=UTC)
        stored = [event for event in stored if datetime.fromisoformat(event.at) <= moment]
    gone = undone(stored)
    known: dict[str, Event] = {}
    about: set[str] = set()
    rows: list[dict[str, Any]] = []
    for event in stored:
        known[event.identity] = event
        taken = json.loads(event.body)["events"] if event.kind == "undo" else []
        if not _concerns(event, taken, subjects, about):
            continue
        about.add(event.identity)
        rows.append(_row(event, [known[one].seq for one in taken if one in known], gone))
    frame = pd.DataFrame(rows[::-1], columns=_COLUMNS)
    frame["at"] = pd.to_datetime(frame["at"], utc=True).astype("datetime64[us, UTC]")
    return frame.astype({"seq": "int64", "counts": bool, "purged": bool})


def _concerns(
    event: Event, taken: Sequence[str], subjects: Collection[str] | None, about: set[str]
) -> bool:
    if subjects is None:
        return True
    return (event.subject_id in subjects and event.subject_id != "") or bool(about & set(taken))


def _row(event: Event, of: list[int], gone: Collection[str]) -> dict[str, Any]:
    return {
        **{name: getattr(event, name) for name in ("seq", "who", "kind", "subject_id", "purged")},
        "at": json.loads(event.origin)["at"] if event.origin else event.at,
        "subject": event.subject_kind,
        "body": json.loads(event.body),
        "counts": event.identity not in gone,
        "of": of,
    }
