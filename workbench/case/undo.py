"""Take back what was written: with an event of its own, so that both stay readable."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.case.event import Event
from workbench.case.events import append_many
from workbench.case.folder import Case
from workbench.case.standing import read_standing, undone
from workbench.errors import BadInput, Problem

__all__ = ["LASTING", "undo"]

LASTING = frozenset(
    {
        *("submission", "reply", "export", "sign_off", "unmasked", "request", "timestamp"),
        *("purge", "merge", "clock", "retention"),
    }
)
"""Kinds of event that tell what happened outside of the case, or to its chain: that stays."""


def undo(case: Case, of: Sequence[int] | str, *, who: str, reason: str) -> Event:
    """Take back events, by their numbers, or a whole batch of decisions by its id.

    They no longer count and stay readable. Undoing an undo brings back what it took. Raises
    BadInput with every problem at once, and writes nothing: no such event or batch, one that
    was undone already, one of a kind that is LASTING, no reason, no name.
    """
    problems = []
    if not reason.strip():
        problems.append(Problem("An undo needs a reason", do="Say in one sentence why"))
    if not who.strip():
        problems.append(Problem("An undo needs a name", do="Say who takes it back"))
    stored = case.database.read()
    seqs = _batch(stored, of) if isinstance(of, str) else list(dict.fromkeys(of))
    if not seqs:
        what = f"There is no batch {of!r}" if isinstance(of, str) else "No event is named"
        problems.append(Problem(what, do="Name the events to take back by their numbers"))
    problems += _problems(stored, seqs)
    if problems:
        raise BadInput.many(problems)
    named = {event.seq: event.identity for event in stored}
    body = {"events": [named[seq] for seq in seqs], "reason": reason.strip()}
    given = {"who": who, "kind": "undo", "subject_kind": "case", "body": body}

    def check() -> None:
        if found := _problems(case.database.read(), seqs):
            raise BadInput.many(found)

    return append_many(case.database, [given], check=check)[0]


def _batch(stored: Sequence[Event], batch: str) -> list[int]:
    """The events of a batch that still count."""
    found = read_standing(stored, ("decision",))
    return [one.seq for one in found if batch and one.body.get("batch") == batch]


def _problems(stored: Sequence[Event], seqs: Sequence[int]) -> list[Problem]:
    known, gone = {event.seq: event for event in stored}, undone(stored)
    problems = []
    for seq in seqs:
        event = known.get(seq)
        if event is None:
            problems.append(Problem(f"There is no event {seq}"))
        elif event.kind in LASTING:
            do = "Write down what is right as a new event"
            problems.append(Problem(f"Event {seq} ({event.kind}) cannot be taken back", do=do))
        elif event.identity in gone:
            problems.append(Problem(f"Event {seq} was taken back already"))
    return problems
