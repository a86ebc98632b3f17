"""Where a case stands on the remedy ladder, and what the clock of each step says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from workbench.language import Say
from workbench.notice import Notice
from workbench.procedure.ladder_steps import Step
from workbench.procedure.outcome import day_text
from workbench.procedure.records import Request

__all__ = ["LIMITATION_YEARS", "Stand", "clock_of", "clock_words", "limit_of", "years_after"]

LIMITATION_YEARS = 3  # Civil Code, article 188


@dataclass(frozen=True)
class Stand:
    """Where the case stands: what each step's state and clock are worked out from."""

    notice: Notice | None
    now: datetime
    sent: pd.DataFrame
    left: int | None
    requests: tuple[Request, ...]
    answers: Mapping[str, str]

    @property
    def deadline(self) -> datetime | None:
        """The last moment of the appeal, as the notice gives it."""
        return self.notice.appeal_deadline if self.notice else None

    @property
    def settled(self) -> bool:
        """Whether the platform accepted an appeal in full: nothing is left to ask for."""
        return bool(self.sent["result"].eq("accepted").any())

    @property
    def knew(self) -> datetime | None:
        """When the shop knew: the notice, else the decision."""
        if self.notice is None:
            return None
        return self.notice.received_at or self.notice.issued_at or self.notice.decided_at

    def asked(self, step: Step) -> datetime | None:
        """When the step was first taken, None where it was not."""
        found = [one.sent_at for one in self.requests if one.request in step.requests]
        return min(found, default=None)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for a 29 February that year lacks."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def limit_of(stand: Stand) -> datetime | None:
    """The last moment of the three years from when the shop knew."""
    if stand.knew is None:
        return None
    last = years_after(stand.knew.date(), LIMITATION_YEARS)
    return datetime.combine(last, datetime.max.time()).replace(microsecond=0)


def clock_of(step: Step, stand: Stand) -> datetime | None:
    """The moment by which a step is to be taken; None where no fixed time is known."""
    if step.name == "appeal":
        return stand.deadline
    return limit_of(stand) if step.name == "suit" else None


def clock_words(step: Step, state: str, stand: Stand, say: Say) -> str:
    """What the clock of a step in this state says, in one or two sentences."""
    if step.name == "appeal":
        return _told_appeal(stand, say)
    if state == "closed" and stand.settled:
        return say("Not needed: the platform accepted the appeal.")
    asked = stand.asked(step)
    if asked is not None and state == "now":
        days = (stand.now.date() - asked.date()).days
        return say("Asked for on {day}; waiting for {days} days.", day=day_text(asked), days=days)
    if step.name == "suit":
        return _told_suit(stand, say)
    if step.name == "preservation":
        return say(
            "No fixed time: before records are deleted. See the clocks of the records below."
        )
    return say("No fixed time is known; ask whoever answers for it.")


def _told_appeal(stand: Stand, say: Say) -> str:
    if not stand.sent.empty and stand.sent.iloc[-1]["result"] == "":
        sent = stand.sent.iloc[-1]["sent_at"]
        days = (stand.now.date() - sent.date()).days
        return say("Sent on {day}; waiting for {days} days.", day=day_text(sent), days=days)
    return say("{deadline} {attempts}", deadline=_deadline(stand, say), attempts=_left(stand, say))


def _deadline(stand: Stand, say: Say) -> str:
    if stand.deadline is None:
        return say("The notice as loaded states no deadline.")
    if stand.now > stand.deadline:
        return say("The deadline passed on {at}.", at=_moment(stand.deadline))
    days = (stand.deadline - stand.now) // timedelta(days=1)
    return say("Until {at}: {days} whole days left.", at=_moment(stand.deadline), days=days)


def _left(stand: Stand, say: Say) -> str:
    if stand.left is None:
        return say("How many attempts are left is not known.")
    return say("Attempts left: {count}.", count=stand.left)


def _told_suit(stand: Stand, say: Say) -> str:
    limit = limit_of(stand)
    if limit is None or stand.knew is None:
        return say("Three years from when the shop knew; the notice gives no day to count from.")
    figures = {"limit": day_text(limit), "knew": day_text(stand.knew)}
    if stand.now > limit:
        return say(
            "The three years from {knew} ended on {limit}, unless something interrupted them; a "
            "lawyer can tell.",
            **figures,
        )
    return say(
        "Until {limit}: three years from {knew}, the day on which the shop knew by the notice.",
        **figures,
    )


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
