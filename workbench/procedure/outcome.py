"""What a procedural check came to, and how dates and shares are written in its sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

__all__ = [
    "STATES",
    "Outcome",
    "State",
    "asked",
    "day_text",
    "failed",
    "none",
    "passed",
    "share",
    "short_text",
]

State = Literal["passed", "failed", "needs_answer", "not_applicable"]
STATES: tuple[State, ...] = ("passed", "failed", "needs_answer", "not_applicable")


class Outcome(NamedTuple):
    """State of a check, and the sentence that says why, with its dates and figures."""

    state: State
    told: str


def passed(told: str) -> Outcome:
    """It was done as it should be."""
    return Outcome("passed", told)


def failed(told: str) -> Outcome:
    """A flaw is shown."""
    return Outcome("failed", told)


def asked(told: str) -> Outcome:
    """A person has to answer."""
    return Outcome("needs_answer", told)


def none(told: str) -> Outcome:
    """There is nothing to check."""
    return Outcome("not_applicable", told)


def day_text(day: date) -> str:
    """A day, or a moment, as its day: 2026-01-31."""
    return f"{day:%Y-%m-%d}"


def share(part: Decimal | int, whole: Decimal | int) -> str:
    """A share in per cent with one place; "–" of nothing."""
    return f"{100 * Decimal(part) / Decimal(whole):.1f}%" if whole else "–"


def short_text(text: str) -> str:
    """The first sixty characters of a text that others wrote."""
    return text if len(text) <= 60 else text[:60] + "…"
