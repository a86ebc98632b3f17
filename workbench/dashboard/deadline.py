"""How long there is to appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from workbench.dashboard.figures import moment
from workbench.snapshot import Snapshot

__all__ = ["Deadline", "deadline", "today"]

State = Literal["no_notice", "no_deadline", "open", "last_day", "over"]

# A week is about what courier records and statements take to come.
_URGENT_DAYS = 7


@dataclass(frozen=True)
class Deadline:
    """`days` are whole days left, rounded down; `days_over` whole days since it passed."""

    state: State
    at: datetime | None = None
    days: int = 0
    days_over: int = 0

    @property
    def urgent(self) -> bool:
        """Whether to act now: the deadline is near, and not over."""
        return self.state == "last_day" or (self.state == "open" and self.days < _URGENT_DAYS)


def deadline(snapshot: Snapshot, now: datetime | None = None) -> Deadline:
    """The state of the deadline at `now` (the shop's local time); by default `today`.

    It is counted anew whenever the page is opened: a page of last week must not promise days
    that are gone.
    """
    notice = snapshot["notice"]
    if notice is None:
        return Deadline("no_notice")
    at = moment(notice["appeal_deadline"])
    if at is None:
        return Deadline("no_deadline")
    left = at - (now or today(snapshot))
    if left.total_seconds() < 0:
        return Deadline("over", at, days_over=(-left).days)
    return Deadline("open" if left.days else "last_day", at, days=left.days)


def today(snapshot: Snapshot) -> datetime:
    """The shop's local time: the clock's, or the snapshot's own where the case fixes "today".

    A case fixes it when "as of" and the moment of publishing are more than a day apart.
    """
    zone = ZoneInfo(snapshot["case"]["zone"])
    as_of = datetime.fromisoformat(snapshot["as_of"]).replace(tzinfo=None)
    made_at = datetime.fromisoformat(snapshot["made_at"]).astimezone(zone).replace(tzinfo=None)
    if abs((made_at - as_of).total_seconds()) > 86_400:
        return as_of
    return datetime.now(zone).replace(tzinfo=None)
