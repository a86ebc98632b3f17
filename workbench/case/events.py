"""What people did in a case: events that can be added and never changed.

Each event carries the hash of the one before it, so a changed, removed or inserted event shows.
What a chain alone cannot show is that its newest events were cut off: whoever hands a case over
writes the hash of the newest event (`head`) into what is handed over.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

from workbench.case.event import FIRST_HASH, Event, Origin, body_hash, canonical_json, event_hash
from workbench.case.kinds import body_problems
from workbench.case.store import Store, Writer
from workbench.errors import BadInput, Problem

__all__ = ["append", "append_many", "events", "head", "take_over", "verify_chain"]

# Clocks of two computers on one case may differ by this much without anybody being asked.
_CLOCK_SLACK = timedelta(minutes=5)
_GIVEN = ("who", "kind", "subject_kind", "subject_id", "body")
_COLUMNS = (*(field.name for field in fields(Event)), "identity", "added_at")


def append(
    database: Store,
    *,
    who: str,
    kind: str,
    subject_kind: str,
    subject_id: str = "",
    body: Mapping[str, object] | None = None,
) -> Event:
    """Add one event at the end of the chain and give it back; it is on disk on return.

    Raises BadInput, with all problems at once, when `who` is empty, the kind is none of
    `kinds.toml` or the body not what it asks for, a text is no valid Unicode, this computer's
    clock stands before the newest event, or the database cannot be written.
    """
    given = {"who": who, "kind": kind, "subject_kind": subject_kind, "subject_id": subject_id}
    return append_many(database, [{**given, "body": body or {}}])[0]


def append_many(
    database: Store,
    given: Sequence[Mapping[str, Any]],
    *,
    check: Callable[[], None] | None = None,
) -> list[Event]:
    """Add several events in one transaction: all of them are on disk on return, or none.

    Each of `given` has the fields that `append` takes. `check` runs inside the transaction, when
    nobody else can write: what it raises takes everything back. Raises BadInput as `append` does.
    """
    ready = [_checked(one) for one in given]
    if problems := [problem for _, found in ready for problem in found]:
        raise BadInput.many(list(dict.fromkeys(problems)))
    with database.writing() as writer:
        if check is not None:
            check()
        _check_clock(database, writer, ready)
        return [_add(writer, _unsealed(one)) for one, _ in ready]


def take_over(
    database: Store, others: Iterable[Event], last: Mapping[str, Any], *, check: Callable[[], None]
) -> list[Event]:
    """Add events of another copy of the case, each with its origin, and then the event `last`.

    Who, what and when stay what they were; salts too, so that each can still be held against
    the hash it was first written with. `check` is as in `append_many`.
    """
    ready = _checked(last)
    if ready[1]:
        raise BadInput.many(ready[1])
    with database.writing() as writer:
        check()
        _check_clock(database, writer, [ready])
        added = [_add(writer, replace(one, origin=_origin(one))) for one in others]
        return [*added, _add(writer, _unsealed(ready[0]))]


def events(database: Store, until: datetime | None = None) -> pd.DataFrame:
    """All events, oldest first, with the fields of Event as columns.

    `at` (UTC) is when a person did it, `added_at` when it came into this copy of the case: the
    same save for events of another copy. With `until` (UTC) only what was here by then. A case
    without events gives no rows. Raises BadInput when the database cannot be read.
    """
    rows = [{**asdict(event), "identity": event.identity} for event in database.read()]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    frame["added_at"] = _times(frame["at"])
    frame["at"] = _times(pd.Series([_first_at(row) for row in rows], dtype=object))
    frame = frame.assign(seq=frame["seq"].astype("int64"), purged=frame["purged"].astype(bool))
    return frame if until is None else frame[frame["added_at"] <= pd.Timestamp(until)]


def head(database: Store) -> str:
    """Hash of the newest event; FIRST_HASH while there is none."""
    stored = database.read()
    return stored[-1].hash if stored else FIRST_HASH


def verify_chain(database: Store) -> list[Problem]:
    """What is wrong with the chain: one problem per event that breaks it, [] when it holds."""
    stored = database.read()
    named = _purged_by_name(stored)
    problems: list[Problem] = []
    expected, previous = 1, FIRST_HASH
    for event in stored:
        where = f"{_short(database)}, event {event.seq}"
        if event.seq != expected:
            problems.append(Problem(f"Event {expected} is missing", where))
        elif event.previous_hash != previous:
            problems.append(Problem("The event does not follow from the one before it", where))
        if not event.sealed:
            problems.append(Problem("The event was changed after it was written", where))
        elif event.purged and event.identity not in named:
            problems.append(Problem("The event's body was removed, and no purge names it", where))
        expected, previous = event.seq + 1, event.hash
    return problems


def _checked(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    one = {"subject_id": "", "body": {}, **given}
    one["who"] = str(one["who"]).strip()
    problems = [] if one["who"] else [Problem("An event needs 'who'", do="Say who does it")]
    problems += body_problems(one["kind"], one["subject_kind"], one["body"])
    one["body"] = canonical_json(dict(one["body"]))
    canonical_json({name: one[name] for name in _GIVEN})
    return one, problems


def _unsealed(given: Mapping[str, Any]) -> Event:
    salt = secrets.token_hex(32)
    digest = body_hash(salt, given["body"])
    told = {name: given[name] for name in _GIVEN}
    return Event(0, "", **told, salt=salt, body_hash=digest, origin="", previous_hash="", hash="")


def _add(writer: Writer, event: Event) -> Event:
    seq, previous, _ = writer.last() or (0, FIRST_HASH, "")
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    placed = replace(event, seq=seq + 1, at=at, previous_hash=previous)
    sealed = replace(placed, hash=event_hash(placed))
    writer.add(sealed)
    return sealed


def _check_clock(
    database: Store, writer: Writer, ready: Sequence[tuple[Mapping[str, Any], object]]
) -> None:
    """Refuse a time before the newest event, save for the one event that says it is right."""
    newest = writer.last()
    if newest is None or any(one["kind"] == "clock" for one, _ in ready):
        return
    now = datetime.now(UTC)
    if now < datetime.fromisoformat(newest[2]) - _CLOCK_SLACK:
        raise BadInput(
            f"This computer's clock says {now:%Y-%m-%d %H:%M} UTC, and the case's newest event "
            f"is of {newest[2][:16].replace('T', ' ')} UTC: nothing was written",
            database.name,
            "Set the clock right; if it is right, say so with `workbench clock --case DIR`",
        )


def _origin(event: Event) -> str:
    if event.origin:  # it came over once before
        return event.origin
    return canonical_json(asdict(Origin(event.seq, event.at, event.previous_hash, event.hash)))


def _first_at(row: Mapping[str, Any]) -> str:
    return str(json.loads(row["origin"])["at"] if row["origin"] else row["at"])


def _times(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values, utc=True, format="ISO8601").astype("datetime64[us, UTC]")


def _purged_by_name(stored: Iterable[Event]) -> set[str]:
    purges = (json.loads(event.body) for event in stored if event.kind == "purge")
    return {one for body in purges for one in body.get("events", [])}


def _short(database: Store) -> str:
    return database.name.replace("\\", "/").rsplit("/", 1)[-1]
