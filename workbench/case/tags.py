"""Tags that people put on orders, groups or the case, and took off again."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import pandas as pd

from workbench.case.event import Event
from workbench.case.events import append_many
from workbench.case.folder import Case
from workbench.case.known import subject_problems
from workbench.case.standing import Standing, standing_events
from workbench.errors import BadInput, Problem

__all__ = ["clear_tag", "set_tag", "standing_tags", "tags"]

Subject = Literal["order", "group", "case"]

_LONGEST = 80
_COLUMNS = ["subject", "subject_id", "tag", "who", "at", "seq", "hash"]


def set_tag(
    case: Case, tag: str, *, who: str, subject: Subject = "case", subject_id: str = ""
) -> Event:
    """Put a tag on something; it is in the case's database on return.

    Raises BadInput with every problem at once: no tag, one of more than 80 characters or with
    control characters, one that is there already, no name, an order or group that the case does
    not know.
    """
    return _write(case, tag, True, who, subject, subject_id)


def clear_tag(
    case: Case, tag: str, *, who: str, subject: Subject = "case", subject_id: str = ""
) -> Event:
    """Take a tag off again, whoever put it on. Raises BadInput when it is not there."""
    return _write(case, tag, False, who, subject, subject_id)


def tags(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """The tags that are on something, one row each, oldest first.

    Columns: subject (order | group | case), subject_id, tag, who (put it on), at (UTC), seq and
    hash (of that event). `until` (UTC) shows an earlier day.
    """
    standing = standing_tags(standing_events(case, "tag", until=until))
    rows = [
        {
            "subject": one.subject_kind,
            "tag": one.body["tag"],
            **{name: getattr(one, name) for name in ("subject_id", "who", "at", "seq", "hash")},
        }
        for one in standing
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame["at"] = pd.to_datetime(frame["at"], utc=True).astype("datetime64[us, UTC]")
    return frame.astype({"seq": "int64"})


def standing_tags(events: Sequence[Standing]) -> list[Standing]:
    """Of the events of the kind tag, oldest first: those whose tag is still on."""
    on: dict[tuple[str, str, str], Standing] = {}
    for one in events:
        if one.purged:
            continue  # which tag it was is gone
        key = (one.subject_kind, one.subject_id, one.body["tag"])
        on.pop(key, None)
        if one.body["on"]:
            on[key] = one
    return list(on.values())


def _write(case: Case, tag: str, on: bool, who: str, subject: Subject, subject_id: str) -> Event:
    tag = " ".join(tag.split())
    problems = []
    if not tag:
        problems.append(Problem("Which tag is meant is not said", do="Give a word or two"))
    if len(tag) > _LONGEST or any(unicodedata.category(sign)[0] == "C" for sign in tag):
        do = f"Give at most {_LONGEST} characters that can be seen; write a note for more"
        problems.append(Problem("This is no tag", do=do))
    if not who.strip():
        problems.append(Problem("A tag needs a name", do="Say who puts it on or takes it off"))
    problems += subject_problems(case, subject, subject_id)
    if problems:
        raise BadInput.many(problems)

    def check() -> None:
        found = standing_tags(standing_events(case, "tag"))
        keys = {(one.subject_kind, one.subject_id, one.body["tag"]) for one in found}
        if ((subject, subject_id, tag) in keys) is on:
            where = f"{subject} {subject_id}".strip()
            raise BadInput(f"The tag {tag!r} is {'already' if on else 'not'} there", where)

    given = {
        "who": who,
        "kind": "tag",
        "subject_kind": subject,
        "subject_id": subject_id,
        "body": {"tag": tag, "on": on},
    }
    return append_many(case.database, [given], check=check)[0]
