"""The events that count today, or counted on an earlier day: without those that were undone."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pandas as pd

from workbench.case.event import Event
from workbench.case.folder import Case

__all__ = ["Standing", "read_standing", "standing_events", "undone"]

# So many events are kept as they were taken apart; cases of more are read as well, only slower.
_KEPT = 50_000


@dataclass(frozen=True)
class Standing:
    """An event that counts. `at` is UTC; `hash` names it in every copy of the case.

    Of a `purged` one the fields that may name a person are "▒" in `body`, which is shared by all
    that read it: do not change it.
    """

    seq: int
    at: pd.Timestamp
    who: str
    kind: str
    subject_kind: str
    subject_id: str
    body: dict[str, Any]
    hash: str
    purged: bool


def standing_events(case: Case, *kinds: str, until: datetime | None = None) -> list[Standing]:
    """The events of these kinds (of all, where none is named) that were not undone, oldest first.

    An undo can itself be undone: then what it had taken back counts again. With `until` (UTC)
    the case as it stood then.
    """
    return read_standing(case.database.read(), kinds, until)


def undone(stored: Sequence[Event]) -> set[str]:
    """Identities of the events that an undo which counts itself has taken back.

    `stored` is oldest first. An undo names earlier events only, so that the newest undo is
    decided first; one that was itself undone takes nothing back.
    """
    gone: set[str] = set()
    for event in reversed(stored):
        if event.kind == "undo" and event.identity not in gone:
            gone.update(json.loads(event.body)["events"])
    return gone


def read_standing(
    stored: Sequence[Event], kinds: Collection[str] = (), until: datetime | None = None
) -> list[Standing]:
    """What `standing_events` gives, from events that were read already; oldest first.

    Only the kinds that are asked for are taken apart (all, where none is named), each once in
    the life of the process, so that it can be done after every key press: an event does not
    change, save that a purge empties it.
    """
    if until is not None:
        stored = [event for event in stored if datetime.fromisoformat(event.at) <= _utc(until)]
    gone = undone(stored)
    return [
        _taken_apart(_Once(event))
        for event in stored
        if (not kinds or event.kind in kinds) and not (gone and event.identity in gone)
    ]


class _Once:
    """An event, equal to itself as it is read again."""

    __slots__ = ("_hash", "event")

    def __init__(self, event: Event) -> None:
        self.event, self._hash = event, hash(event.hash)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Once):
            return False
        one, two = self.event, other.event
        return (one.hash, one.purged, one.body) == (two.hash, two.purged, two.body)


@lru_cache(maxsize=_KEPT)
def _taken_apart(once: _Once) -> Standing:
    event = once.event
    at = json.loads(event.origin)["at"] if event.origin else event.at
    return Standing(
        event.seq,
        pd.Timestamp(at),
        event.who,
        event.kind,
        event.subject_kind,
        event.subject_id,
        json.loads(event.body),
        event.identity,
        event.purged,
    )


def _utc(moment: datetime) -> datetime:
    """The moment with its zone; one without is UTC, as everywhere in a case."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
