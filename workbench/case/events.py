"""What people did in a case: events that can be added and never changed.

Each event carries the hash of the one before it, so a changed, removed or inserted event shows.
What a chain alone cannot show is that its newest events were cut off: whoever hands a case over
writes the hash of the newest event (`head`) into what is handed over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from workbench.case.database import read_rows, writing
from workbench.case.known import SUBJECTS
from workbench.errors import BadInput, Problem

__all__ = [
    "FIRST_HASH",
    "Event",
    "append",
    "canonical_json",
    "events",
    "head",
    "verify_chain",
]

FIRST_HASH = "0" * 64

_SELECT = """
SELECT seq, at, who, kind, subject_kind, subject_id, body, previous_hash, hash
FROM events ORDER BY seq
"""
_INSERT = """
INSERT INTO events (seq, at, who, kind, subject_kind, subject_id, body, previous_hash, hash)
VALUES (:seq, :at, :who, :kind, :subject_kind, :subject_id, :body, :previous_hash, :hash)
"""


@dataclass(frozen=True)
class Event:
    """One thing that one person did.

    `at` is UTC in ISO 8601 with microseconds, `body` canonical JSON. `hash` is the SHA-256 of
    the canonical JSON of the object of all other fields, `body` taken as the text it is.
    """

    seq: int
    at: str
    who: str
    kind: str
    subject_kind: str
    subject_id: str
    body: str
    previous_hash: str
    hash: str


_COLUMNS = tuple(field.name for field in fields(Event))


def append(
    database: Path,
    *,
    who: str,
    kind: str,
    subject_kind: str,
    subject_id: str = "",
    body: Mapping[str, object] | None = None,
) -> Event:
    """Add one event at the end of the chain and give it back; it is on disk on return.

    Raises BadInput when `who` or `kind` is empty, `subject_kind` is none of SUBJECTS, a text is
    no valid Unicode, or the database is none of a case or stays locked.
    """
    given = {"who": who.strip(), "kind": kind, "subject_kind": subject_kind}
    given |= {"subject_id": subject_id, "body": canonical_json(dict(body or {}))}
    _check(given)
    with writing(database) as connection:
        last = connection.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
        seq, previous = last.fetchone() or (0, FIRST_HASH)
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        unsealed = Event(seq=seq + 1, at=at, **given, previous_hash=previous, hash="")
        event = replace(unsealed, hash=_hash(unsealed))
        connection.execute(_INSERT, asdict(event))
    return event


def events(database: Path) -> pd.DataFrame:
    """All events, oldest first, with the fields of Event as columns; `at` is a UTC time.

    A case without events gives no rows. Raises BadInput as `append` does.
    """
    frame = pd.DataFrame([asdict(event) for event in _read(database)], columns=list(_COLUMNS))
    at = pd.to_datetime(frame["at"], utc=True, format="ISO8601")
    return frame.assign(seq=frame["seq"].astype("int64"), at=at.astype("datetime64[us, UTC]"))


def head(database: Path) -> str:
    """Hash of the newest event; FIRST_HASH while there is none."""
    stored = _read(database)
    return stored[-1].hash if stored else FIRST_HASH


def verify_chain(database: Path) -> list[Problem]:
    """What is wrong with the chain: one problem per event that breaks it, [] when it holds."""
    problems: list[Problem] = []
    expected, previous = 1, FIRST_HASH
    for event in _read(database):
        where = f"{database.name}, event {event.seq}"
        if event.seq != expected:
            problems.append(Problem(f"Event {expected} is missing", where))
        elif event.previous_hash != previous:
            problems.append(Problem("The event does not follow from the one before it", where))
        if not _sealed(event):
            problems.append(Problem("The event was changed after it was written", where))
        expected, previous = event.seq + 1, event.hash
    return problems


def canonical_json(value: object) -> str:
    """The one JSON text of a value: keys sorted, no blanks, characters as they are.

    Raises BadInput for what JSON cannot hold (not-a-number, infinity, half characters).
    """
    try:
        text = json.dumps(
            value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        )
        text.encode("utf-8")
    except (TypeError, ValueError) as error:
        raise BadInput(f"This cannot be stored as JSON: {error}") from None
    return text


def _read(database: Path) -> list[Event]:
    return [Event(*row) for row in read_rows(database, _SELECT)]


def _sealed(event: Event) -> bool:
    try:
        return event.hash == _hash(event)
    except BadInput:  # what stands there now is no text at all
        return False


def _hash(event: Event) -> str:
    record = asdict(event)
    del record["hash"]
    return hashlib.sha256(canonical_json(record).encode("utf-8")).hexdigest()


def _check(given: Mapping[str, str]) -> None:
    canonical_json(dict(given))
    problems = [
        Problem(f"An event needs {field!r}", do=f"Say {field}")
        for field in ("who", "kind")
        if not given[field]
    ]
    if given["subject_kind"] not in SUBJECTS:
        known = ", ".join(SUBJECTS)
        problems.append(Problem(f"An event is of {known}, not {given['subject_kind']!r}"))
    if problems:
        raise BadInput.many(problems)
