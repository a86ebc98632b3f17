"""What people wrote down about an order, a group or the case."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import pandas as pd

from workbench.case.event import Event
from workbench.case.events import append
from workbench.case.folder import Case
from workbench.case.known import subject_problems
from workbench.case.standing import standing_events
from workbench.errors import BadInput, Problem

__all__ = ["add_note", "notes"]

_COLUMNS = ["subject", "subject_id", "text", "who", "at", "seq", "hash"]


def add_note(
    case: Case,
    text: str,
    *,
    who: str,
    subject: Literal["order", "group", "case"] = "case",
    subject_id: str = "",
) -> Event:
    """Write a note down; it is in the case's database on return. `undo` takes it back.

    Raises BadInput with every problem at once: nothing written, no name, an order or group that
    the case does not know.
    """
    problems = []
    if not text.strip():
        problems.append(Problem("The note is empty", do="Write something down"))
    if not who.strip():
        problems.append(Problem("A note needs a name", do="Say who writes it"))
    problems += subject_problems(case, subject, subject_id)
    if problems:
        raise BadInput.many(problems)
    return append(
        case.database,
        who=who,
        kind="note",
        subject_kind=subject,
        subject_id=subject_id,
        body={"text": text.strip()},
    )


def notes(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """All notes that count, oldest first.

    Columns: subject (order | group | case), subject_id, text, who, at (UTC), seq and hash (of
    the event). `until` (UTC) shows an earlier day.
    """
    rows = [
        {
            "subject": one.subject_kind,
            "text": one.body["text"],
            **{name: getattr(one, name) for name in ("subject_id", "who", "at", "seq", "hash")},
        }
        for one in standing_events(case, "note", until=until)
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame["at"] = pd.to_datetime(frame["at"], utc=True).astype("datetime64[us, UTC]")
    return frame.astype({"seq": "int64"})
