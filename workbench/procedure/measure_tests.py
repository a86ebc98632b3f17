"""Automatic tests of the measure that a notice tells: F16, F21."""

from __future__ import annotations

import re
from datetime import date, timedelta

from workbench.language import Say
from workbench.procedure.facts import Facts
from workbench.procedure.outcome import Outcome, asked, day_text, failed, none, passed, short_text

__all__ = ["blacklist_told", "measure_ended", "measure_period"]

_BLACKLIST = re.compile(r"黑名单|black.?list", re.IGNORECASE)
_DAYS = re.compile(r"(\d{1,3})\s*(?:个)?(?:自然)?[天日]|(\d{1,3})[- ]days?\b", re.IGNORECASE)


def measure_ended(facts: Facts, say: Say) -> Outcome:
    """F16: the period of the measure has run out, or not."""
    end = measure_period(facts)
    if end is None:
        return asked(say("The notice as loaded states no end of the measure."))
    if facts.now.date() <= end:
        return none(say("The measure runs until {end}; that is still to come.", end=day_text(end)))
    return asked(
        say(
            "By its own words the measure ended on {end}, {days} days ago; whether it still runs "
            "is not known.",
            end=day_text(end),
            days=(facts.now.date() - end).days,
        )
    )


def blacklist_told(facts: Facts, say: Say) -> Outcome:
    """F21: a blacklist has a duration and a way to appeal."""
    measure = facts.notice.measure
    if not measure:
        return asked(say("The notice as loaded states no measure."))
    if not _BLACKLIST.search(measure):
        return none(say("The measure is no blacklist: {measure}.", measure=short_text(measure)))
    end, deadline = measure_period(facts), facts.notice.appeal_deadline
    if end and deadline:
        return passed(
            say(
                "The blacklist ends on {end}, and an appeal is open until {until}.",
                end=day_text(end),
                until=day_text(deadline),
            )
        )
    lacking = [say("its duration")] if end is None else []
    lacking += [say("a deadline of the appeal")] if deadline is None else []
    text = say("Of the blacklist the notice as loaded lacks {what}.", what=say(", ").join(lacking))
    return failed(text) if facts.whole else asked(text)


def measure_period(facts: Facts) -> date | None:
    """The last day of the measure: as the notice gives it, or as its words count it."""
    notice = facts.notice
    if notice.measure_end is not None:
        return notice.measure_end.date()
    found = _DAYS.search(notice.measure or "")
    began = notice.measure_start or notice.decided_at or notice.issued_at
    if found is None or began is None:
        return None
    return began.date() + timedelta(days=int(found.group(1) or found.group(2)))
