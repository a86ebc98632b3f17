"""What is wrong with what is said of an evidence file."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from workbench.case.folder import Case
from workbench.errors import Problem

__all__ = [
    "COPIES",
    "SYSTEMS",
    "Copy",
    "captured",
    "code_problems",
    "held_problems",
    "of_the_file_problems",
    "reason_problems",
    "who_problems",
]

Copy = Literal["original", "copy", "unknown"]
COPIES: tuple[Copy, ...] = ("original", "copy", "unknown")
SYSTEMS = (
    *("carrier", "station", "platform", "bank", "authority", "notary", "provider"),
    *("supplier", "buyer", "creator", "leader", "institution", "warehouse", "shop"),
)
"""Whose system a file came out of: what comes out of one system is one source."""

_CODE = re.compile(r"E(0[1-9]|[12][0-9]|30)")
_SLACK = timedelta(days=1)  # a camera's clock, or another zone's day


def code_problems(codes: Sequence[str]) -> list[Problem]:
    """Codes that the catalogue of evidence (E01 to E30) does not know."""
    do = "Give a code of the evidence catalogue (E01 to E30), or none"
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    return [Problem(f"Unknown evidence code {code!r}", do=do) for code in wrong]


def of_the_file_problems(copy: str, system: str) -> list[Problem]:
    """Words that say neither original nor copy, and source systems that nobody knows."""
    problems = []
    if copy not in COPIES:
        do = f"Give one of {', '.join(COPIES)}"
        problems.append(Problem(f"Whether it is the original is not {copy!r}", do=do))
    if system and system not in SYSTEMS:
        do = f"Give one of {', '.join(SYSTEMS)}, or none"
        problems.append(Problem(f"Unknown source system {system!r}", do=do))
    return problems


def captured(case: Case, told: datetime | date | str) -> tuple[str, list[Problem]]:
    """The day or moment in ISO 8601, a moment with its zone; "" stays ""."""
    text = told.strip() if isinstance(told, str) else told.isoformat()
    if not text:
        return "", []
    try:
        if len(text) <= len("2026-01-31"):
            moment: datetime | None = None
            day = date.fromisoformat(text)
        else:
            read = datetime.fromisoformat(text)
            moment = read if read.tzinfo else read.replace(tzinfo=ZoneInfo(case.zone))
            day = moment.date()
    except ValueError:
        do = "Write it as 2026-01-31 or 2026-01-31 09:00"
        return "", [Problem(f"This is no day or moment: {text!r}", do=do)]
    # The clock of a sample stands still, and a file that is made today is none of the future.
    now = max(case.now().date(), datetime.now(UTC).date())
    if day > now + _SLACK:
        return "", [Problem(f"It cannot have been captured at {text}: that is still to come")]
    return (moment.isoformat(timespec="seconds") if moment else day.isoformat()), []


def held_problems(attached: Collection[str], sha256: str) -> list[Problem]:
    """A file that is not among those attached."""
    known = sha256 in attached
    return [] if known else [Problem(f"No evidence file {sha256}", do="Attach the file first")]


def who_problems(who: str) -> list[Problem]:
    """Nobody who says it."""
    return [] if who.strip() else [Problem("Evidence needs a name", do="Say who attaches it")]


def reason_problems(what: str, reason: str) -> list[Problem]:
    """No reason where one is needed."""
    return [] if reason.strip() else [Problem(what, do="Say in one sentence why")]
