"""What happened when: campaigns, the groups at issue, the notice, and the work on the case."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from workbench.appeal.matter import Matter
from workbench.appeal.sentences import LetterFigures
from workbench.language import Say, words
from workbench.rows import each

__all__ = ["timeline", "timeline_cut"]

MAX_ROWS = 80


def timeline(matter: Matter, language: str) -> list[dict[str, str]]:
    """Rows of when and what, oldest first, at most MAX_ROWS.

    Of the campaigns only those are told that were on while a group at issue ordered. Two rows of
    one moment keep the order: campaign, orders, notice, evidence, decision.
    """
    say = words("appeal", language)
    rows = [
        *_of_campaigns(matter, matter.campaigns, say),
        *_of_groups(matter, say),
        *_of_notice(matter, say),
        *_of_work(matter, say),
    ]
    rows.sort(key=lambda row: row[0])
    return [
        {"when": f"{at:%Y-%m-%d %H:%M}", "what": what, "where": ""} for at, what in rows[:MAX_ROWS]
    ]


def timeline_cut(matter: Matter, figures: LetterFigures, say: Say) -> str:
    """How many further moments only the workbook tells; "" when none."""
    return ""


def _windows(matter: Matter) -> pd.DataFrame:
    groups = matter.groups
    return groups[groups["at_issue"].gt(0)].dropna(subset=["window_start", "window_end"])


def _of_campaigns(matter: Matter, campaigns: pd.DataFrame, say: Say) -> list[tuple[datetime, str]]:
    windows = _windows(matter)
    return [
        (
            row.starts_at,
            say(
                "Campaign “{name}” begins (until {end}).",
                name=row.name,
                end=f"{row.ends_at:%Y-%m-%d %H:%M}",
            ),
        )
        for row in each(campaigns)
        if (windows["window_start"].le(row.ends_at) & windows["window_end"].ge(row.starts_at)).any()
    ]


def _of_groups(matter: Matter, say: Say) -> list[tuple[datetime, str]]:
    return [
        (
            row.window_start,
            say(
                "First order of group {group} ({size} orders, the last at {end}).",
                group=row.group_id,
                size=row.size,
                end=f"{row.window_end:%Y-%m-%d %H:%M}",
            ),
        )
        for row in each(_windows(matter))
    ]


def _of_notice(matter: Matter, say: Say) -> list[tuple[datetime, str]]:
    notice = matter.notice
    if notice is None:
        return []
    told = [
        (notice.decided_at, say("The platform decides.")),
        (notice.issued_at, say("The platform issues the notice.")),
        (notice.appeal_deadline, say("The time for the appeal ends.")),
    ]
    return [(at, what) for at, what in told if at is not None]


def _of_work(matter: Matter, say: Say) -> list[tuple[datetime, str]]:
    told = []
    for day, numbers in _by_day(matter.exhibits):
        listed = ", ".join(str(number) for number in numbers["number"])
        told.append((day, say("Evidence is added: no. {numbers}.", numbers=listed)))
    for day, decided in _by_day(matter.decisions):
        told.append((day, say("Decisions are written down: {count}.", count=len(decided))))
    return told


def _by_day(frame: pd.DataFrame) -> list[tuple[datetime, pd.DataFrame]]:
    return [
        (datetime.combine(day, datetime.min.time()), rows)
        for day, rows in frame.groupby(frame["at"].dt.date)
    ]
