"""Remove personal data from a case, and keep the proof of what was done in it.

The law asks for the shortest time of keeping, and for removal when the purpose is met (Personal
Information Protection Law of the PRC, articles 19 and 47, in force 2021-11-01). Events stay, with
their hashes, times and names of who acted; of their bodies only what names nobody stays. Each
event is bound to a salted hash of its body, and the salt goes with the body: what was there
cannot be found again by trying.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from workbench.case.event import Event, canonical_json
from workbench.case.events import append, append_many
from workbench.case.evidence_links import evidence_files
from workbench.case.folder import Case
from workbench.case.kinds import KINDS
from workbench.case.mask import KEY_FILE
from workbench.case.scrub import WITHHELD
from workbench.case.standing import standing_events
from workbench.errors import BadInput
from workbench.file_hash import sha256_of

__all__ = [
    "Purge",
    "Retention",
    "finish_purges",
    "purge",
    "retention",
    "set_retention",
    "to_purge",
]

# What lies in a case folder and may hold personal data. Results, settings and the events stay.
_FOLDERS = ("sources", "tables", "keys", "evidence", "exports", "published", "notebooks")


@dataclass(frozen=True)
class Purge:
    """What a purge takes, or took.

    `files` are paths in the case folder with their size in bytes; `events` the numbers of the
    events whose bodies lose what may name a person.
    """

    files: tuple[tuple[str, int], ...]
    events: tuple[int, ...]


@dataclass(frozen=True)
class Retention:
    """Until when personal data are kept, and why; `days_left` is negative once the day is over."""

    until: date
    reason: str
    who: str
    days_left: int


def set_retention(case: Case, until: date, *, reason: str, who: str) -> Event:
    """Write down until when personal data are kept; a later word replaces an earlier one."""
    body = {"until": until.isoformat(), "reason": reason.strip()}
    return append(case.database, who=who, kind="retention", subject_kind="case", body=body)


def retention(case: Case, now: datetime | None = None) -> Retention | None:
    """The retention that stands; None while nobody has set one."""
    told = standing_events(case, "retention")
    if not told:
        return None
    last = told[-1]
    until = date.fromisoformat(last.body["until"])
    left = (until - (now or case.now()).date()).days
    return Retention(until, last.body["reason"], last.who, left)


def to_purge(case: Case, order_ids: Collection[str] | None = None) -> Purge:
    """What `purge` would take now. Changes nothing.

    With `order_ids` only what belongs to these orders alone: their events' bodies, and evidence
    files that speak for nothing else.
    """
    stored = _with_personal(case.database.read(), order_ids)
    files = _own_evidence(case, order_ids) if order_ids is not None else _files(case)
    sized = tuple((path.relative_to(case.path).as_posix(), path.stat().st_size) for path in files)
    return Purge(sized, tuple(event.seq for event in stored))


def purge(case: Case, *, reason: str, who: str, order_ids: Collection[str] | None = None) -> Purge:
    """Remove personal data for good; gives what was removed.

    First an event says what goes and why, with the SHA-256 of every file; then it goes. Should
    the machine stop in between, `finish_purges` does the rest. Exports and notebooks go too:
    make and keep elsewhere what has to be kept, before. Raises BadInput when there is no reason,
    no name, or nothing to remove.
    """
    files = _own_evidence(case, order_ids) if order_ids is not None else _files(case)
    named = [
        {"path": path.relative_to(case.path).as_posix(), "sha256": sha256_of(path)}
        for path in files
    ]
    stored = _with_personal(case.database.read(), order_ids)
    if not named and not stored:
        raise BadInput("There is nothing to purge", str(case.path))
    planned = to_purge(case, order_ids)
    body = {
        "reason": reason.strip(),
        "events": [event.identity for event in stored],
        "files": named,
    }
    said = {"who": who, "kind": "purge", "subject_kind": "case", "body": body}
    append_many(case.database, [said])
    finish_purges(case)
    return planned


def finish_purges(case: Case) -> None:
    """Remove whatever a purge names and is still there; does nothing where all is done."""
    events = case.database.read()
    said = [json.loads(event.body) for event in events if event.kind == "purge"]
    named = {identity for body in said for identity in body["events"]}
    left = [event for event in events if event.identity in named and not event.purged]
    if left:
        with case.database.writing() as writer:
            for event in left:
                writer.redact(event, _redacted(event))
    gone = {(one["path"], one["sha256"]) for body in said for one in body["files"]}
    for path, sha256 in sorted(gone):
        file = case.path / path
        # A file of this name that came later is another one, and nobody decided on it.
        if _inside(case, file) and file.is_file() and sha256_of(file) == sha256:
            file.unlink()
    _remove_empty(case)


def _with_personal(events: Iterable[Event], order_ids: Collection[str] | None) -> list[Event]:
    """Events whose body holds a field that may name a person, with something in it."""
    wanted = None if order_ids is None else set(order_ids)
    return [
        event
        for event in events
        if not event.purged
        and (wanted is None or (event.subject_kind == "order" and event.subject_id in wanted))
        and any(json.loads(event.body).get(name) for name in KINDS[event.kind].personal)
    ]


def _redacted(event: Event) -> str:
    body = json.loads(event.body)
    for name in KINDS[event.kind].personal:
        if body.get(name):
            body[name] = {} if isinstance(body[name], dict) else WITHHELD
    return canonical_json(body)


def _files(case: Case) -> list[Path]:
    found = [
        path
        for folder in _FOLDERS
        for path in sorted((case.path / folder).rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    key = case.path / KEY_FILE
    return [*found, *([key] if key.is_file() else [])]


def _own_evidence(case: Case, order_ids: Collection[str] | None) -> list[Path]:
    """Files that speak, or ever spoke, for these orders and for nothing else."""
    wanted = set(order_ids or ())
    subjects: dict[str, set[tuple[str, str]]] = {}
    for event in standing_events(case, "evidence_added", "evidence_linked", "statement"):
        if sha256 := event.body.get("sha256"):
            subject = (event.subject_kind, event.subject_id)
            subjects.setdefault(sha256, set()).add(subject)
    # One that took the place of another speaks for what that one spoke for.
    for row in evidence_files(case).to_dict("records"):
        subjects.setdefault(row["sha256"], set()).add((row["subject"], row["subject_id"]))
    own = [
        sha256
        for sha256, told in subjects.items()
        if all(kind == "order" and subject_id in wanted for kind, subject_id in told)
    ]
    files = [case.evidence_dir / sha256 for sha256 in sorted(own)]
    return [file for file in files if file.is_file()]


def _inside(case: Case, file: Path) -> bool:
    """Whether a path that an event names lies in this case folder, links followed."""
    return file.resolve().is_relative_to(case.path.resolve())


def _remove_empty(case: Case) -> None:
    for folder in _FOLDERS:
        root = case.path / folder
        for path in sorted(root.rglob("*"), reverse=True) if root.is_dir() else ():
            if path.is_dir() and not any(path.iterdir()):
                shutil.rmtree(path)
