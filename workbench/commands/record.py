"""The record of a case: what people did in it, on any day, and whether it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from workbench.case import append, events, open_case, verify_chain
from workbench.case.merge import Merged, merge
from workbench.case.purge import Purge, Retention, retention, set_retention, to_purge
from workbench.case.purge import purge as purge_case
from workbench.errors import Problem

__all__ = ["Record", "clock", "keep_until", "kept_until", "merge_copies", "purge", "record"]


@dataclass(frozen=True)
class Record:
    """The events as `workbench.case.events` gives them, and what is wrong with their chain."""

    events: pd.DataFrame
    problems: tuple[Problem, ...]


def record(case: Path, until: date | None = None) -> Record:
    """What people did in a case, oldest first; with `until` as it stood at the end of that day.

    The day is the shop's. Raises BadInput when the case or its database cannot be read.
    """
    opened = open_case(case)
    found = events(opened.database, _end_of(until, opened.zone) if until else None)
    return Record(found, tuple(verify_chain(opened.database)))


def merge_copies(case: Path, other: Path, *, who: str) -> Merged:
    """Bring what was done in the copy `other` into the case.

    Raises BadInput as `workbench.case.merge.merge` does.
    """
    opened = open_case(case)
    with opened.lock():
        return merge(opened, open_case(other), who=who)


def purge(
    case: Path, *, reason: str, who: str, order_ids: Sequence[str] = (), dry: bool = False
) -> Purge:
    """Remove personal data from the case, or with `dry` say what would be removed.

    Raises BadInput as `workbench.case.purge.purge` does.
    """
    opened = open_case(case)
    wanted = list(order_ids) or None
    if dry:
        return to_purge(opened, wanted)
    with opened.lock():
        return purge_case(opened, reason=reason, who=who, order_ids=wanted)


def keep_until(case: Path, until: date, *, reason: str, who: str) -> Retention:
    """Write down until when personal data are kept."""
    opened = open_case(case)
    set_retention(opened, until, reason=reason, who=who)
    return Retention(until, reason.strip(), who.strip(), (until - opened.now().date()).days)


def kept_until(case: Path) -> Retention | None:
    """The retention that stands; None while nobody has set one."""
    return retention(open_case(case))


def clock(case: Path, *, reason: str, who: str) -> None:
    """Write down that this computer's clock is right though it stands before the newest event."""
    body = {"reason": reason.strip()}
    append(open_case(case).database, who=who, kind="clock", subject_kind="case", body=body)


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
