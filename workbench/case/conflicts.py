"""Decisions that stand against each other: refused while writing, listed when they are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from workbench.case.decided import Decided, read_decided
from workbench.case.folder import Case
from workbench.case.standing import Standing
from workbench.errors import BadInput, Problem

__all__ = ["Conflict", "check_seen", "conflicts"]

_TOLD = ("decision", "reason", "who", "at", "seq", "hash")
_COLUMNS = [
    "subject",
    "subject_id",
    *_TOLD,
    "against_subject",
    "against_subject_id",
    *(f"against_{name}" for name in _TOLD),
]

Subject = tuple[str, str]


class Conflict(BadInput):
    """Somebody else has decided meanwhile: nothing was written.

    `stands` holds, for each subject (kind, id) that changed, the decision that stands there now;
    None where the one that was seen no longer counts. Who decides again with its hash as `seen`
    has seen it.
    """

    stands: Mapping[Subject, Standing | None]

    @classmethod
    def of(cls, stands: Mapping[Subject, Standing | None]) -> Conflict:
        """One error for all subjects that changed."""
        error = cls("Somebody else has decided meanwhile")
        error.problems = tuple(_problem(*subject, now) for subject, now in stands.items())
        error.stands = stands
        return error


def check_seen(now: Decided, seen: Mapping[Subject, str]) -> None:
    """Raise Conflict when for one of the subjects something else stands than what was seen."""
    changed = {
        subject: now.of(*subject) for subject, known in seen.items() if now.seen(*subject) != known
    }
    if changed:
        raise Conflict.of(changed)


def conflicts(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """Decisions that differ and whose writers had not seen each other's; one row per pair.

    It happens after two copies of a case were merged, and to callers that do not say what they
    saw. Columns: subject (order | group) and subject_id; decision, reason, who, at (UTC), seq
    and hash of what stands there; against_subject, against_subject_id, against_decision … of
    the other, which may be the decision of the order's group. A later decision whose `seen` is
    the hash of what stands settles it. `until` (UTC) shows an earlier day.
    """
    rows: list[Sequence[object]] = [
        (
            pair.subject,
            pair.subject_id,
            *_told(pair.stands),
            pair.against.subject_kind,
            pair.against.subject_id,
            *_told(pair.against),
        )
        for pair in read_decided(case, until).conflicts()
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    for name in ("at", "against_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    return frame


def _told(one: Standing) -> tuple[object, ...]:
    return (one.body["decision"], one.body["reason"], one.who, one.at, one.seq, one.hash)


def _problem(subject: str, subject_id: str, now: Standing | None) -> Problem:
    where = f"{subject} {subject_id}"
    if now is None:
        what = "The decision that you saw was taken back meanwhile: nothing was written"
        return Problem(what, where, "Look at it again, then decide")
    by = "" if now.subject_kind == subject else f" for the {now.subject_kind} {now.subject_id}"
    return Problem(
        f"{now.who} decided {now.body['decision']!r}{by} at {now.at:%Y-%m-%d %H:%M:%S} UTC "
        f"(event {now.seq}): {now.body['reason']}",
        where,
        "Nothing was written; decide again if you stand by it, now that you have seen this",
    )
