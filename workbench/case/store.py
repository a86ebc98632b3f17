"""What a store of events must be able to do, whichever database lies under it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from workbench.case.event import Event

__all__ = ["EVENT_FIELDS", "Store", "Writer"]

EVENT_FIELDS = (
    "seq",
    "at",
    "who",
    "kind",
    "subject_kind",
    "subject_id",
    "body_hash",
    "origin",
    "previous_hash",
    "hash",
)


class Writer(Protocol):
    """One write transaction that no other writer of the case can enter."""

    def last(self) -> tuple[int, str, str] | None:
        """Number, hash and time of the newest event; None while there is none."""

    def add(self, event: Event) -> None:
        """Add an event at the end."""

    def redact(self, event: Event, body: str) -> None:
        """Put `body` in place of the event's own and forget its salt."""


class Store(Protocol):
    """Where the events of one case lie. All raise BadInput when the database cannot be used."""

    @property
    def name(self) -> str:
        """What to call it in a message; never with a password."""

    def read(self) -> list[Event]:
        """All events, oldest first; [] while nothing was ever written. Writes nothing."""

    def writing(self) -> AbstractContextManager[Writer]:
        """A transaction: on disk when the block ends, taken back whole when it raises."""
