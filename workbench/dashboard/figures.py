"""Numbers, money and times as text that reads the same in both languages."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from math import isfinite

__all__ = ["amount", "clock", "count", "day", "odds", "span"]

MISSING = "–"


def count(value: float | None) -> str:
    """A number with thousands separated, small ones to two decimals; a dash when there is none."""
    if value is None or not isfinite(value):
        return MISSING
    if float(value).is_integer() or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.01 else f"{value:.1g}"


def amount(value: object) -> str:
    """Money with two decimals, without separators, so that a spreadsheet can add it up."""
    try:
        given = Decimal(str(value))
    except InvalidOperation:
        return MISSING
    return f"{given:.2f}" if given.is_finite() else MISSING


def odds(probability: float | None) -> str:
    """A probability for a reader: "0.03", "0.0004", "< 0.0001"; a dash when there is none."""
    if probability is None or not isfinite(probability):
        return MISSING
    if probability < 0.0001:
        return "< 0.0001"
    return f"{probability:.2g}" if probability < 0.1 else f"{probability:.2f}"


def moment(value: object) -> datetime | None:
    """A time of the snapshot (ISO text) without its zone; None when it is none."""
    if not value:
        return None
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None


def day(value: object) -> str:
    """The date of a time: "2026-01-09"."""
    at = moment(value)
    return MISSING if at is None else f"{at:%Y-%m-%d}"


def clock(value: object) -> str:
    """A time to the minute: "2026-01-09 14:30"."""
    at = moment(value)
    return MISSING if at is None else f"{at:%Y-%m-%d %H:%M}"


def span(start: object, end: object) -> str:
    """A stretch of time, without repeating the day: "2026-01-09 14:00–14:50"."""
    first, last = moment(start), moment(end)
    if first is None or last is None:
        return clock(start or end)
    if first.date() == last.date():
        return f"{first:%Y-%m-%d %H:%M}–{last:%H:%M}"
    return f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"
