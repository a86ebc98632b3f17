"""The events that count today, or counted on an earlier day: without those that were undone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from workbench.case.events import events
from workbench.case.folder import Case

__all__ = ["Standing", "standing_events"]


@dataclass(frozen=True)
class Standing:
    """An event that counts. `at` is UTC; `hash` names it in every copy of the case.

    Of a `purged` one the fields that may name a person are "▒" in `body`.
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
    rows = [_read(row) for row in events(case.database, until).to_dict("records")]
    undone: set[str] = set()
    # An undo names earlier events only, so that the newest is decided first.
    for row in reversed(rows):
        if row.kind == "undo" and row.hash not in undone:
            undone.update(row.body["events"])
    wanted = set(kinds)
    return [row for row in rows if row.hash not in undone and (not wanted or row.kind in wanted)]


def _read(row: dict[Any, Any]) -> Standing:
    told = {name: row[name] for name in ("seq", "at", "who", "kind", "subject_kind", "subject_id")}
    return Standing(
        **told, body=json.loads(row["body"]), hash=row["identity"], purged=row["purged"]
    )
