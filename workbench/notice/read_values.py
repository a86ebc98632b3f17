"""Numbers, dates and money as notices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

__all__ = [
    "DATE",
    "NUMBER",
    "Moment",
    "narrow",
    "read_currency",
    "read_moment",
    "read_money",
    "read_number",
]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_TIME = (
    r"(?:\s*,?\s*(?:T|at\s+)?\s*(?:上午|下午|晚上?|凌晨|中午)?\s*\d{1,2}\s*(?::\s*\d{2}(?:\s*:\s*\d{2})?|[时点]"
    r"(?:\s*\d{1,2}\s*分)?)\s*(?:[AaPp]\.?[Mm]\.?\b)?(?:\s*(?:Z\b|[+-]\d{4}\b|GMT\b|UTC\b))?)?"
)
_DAY = (
    r"(?:(?<![0-9])\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?![0-9])\s?日?"
    rf"|(?<![0-9])\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|(?<![0-9/])\d{1,2}/\d{1,2}/\d{4}"
    r"|(?<![0-9年])\d{1,2}月\d{1,2}日)"
)
DATE = rf"(?:{_DAY}{_TIME})"
"""A date, with or without a time, for use inside a pattern."""
NUMBER = r"(?:[0-9]{1,6}|[零〇一二两三四五六七八九十百]{1,6})"
"""A whole number in digits or Chinese."""

_ENGLISH = {
    "once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10,
    "fifteen": 15, "thirty": 30,
}  # fmt: skip
_CHINESE = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CURRENCIES = {
    "¥": "CNY", "￥": "CNY", "RMB": "CNY", "CNY": "CNY", "人民币": "CNY", "元": "CNY",
    "万元": "CNY",
    "$": "USD", "US$": "USD", "USD": "USD", "美元": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP",
    "GBP": "GBP", "SGD": "SGD",
}  # fmt: skip
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


def narrow(text: str) -> str:
    """The text with narrow letters, digits and marks, sign for sign: every offset stays."""
    return text.translate(_NARROW)


@dataclass(frozen=True)
class Moment:
    """A date as it was read; `hour` whether a time stands with it, `fault` why it is none.

    fault: "day_order" (03/04/2026), "no_year", "no_date".
    """

    at: datetime | None
    hour: bool = False
    fault: str = ""


def read_number(text: str) -> int | None:
    """A whole number in digits, Chinese up to 999, or English; None for what is none."""
    text = text.strip().casefold()
    if text.isdecimal():
        return int(text)
    if text in _ENGLISH:
        return _ENGLISH[text]
    if not text or any(one not in _CHINESE and one not in "十百" for one in text):
        return None
    if not any(one in "十百" for one in text):
        return int("".join(str(_CHINESE[one]) for one in text))
    total, digit = 0, None
    for one in text:
        if one in _CHINESE:
            digit = _CHINESE[one]
        else:
            total += (1 if digit is None else digit) * (100 if one == "百" else 10)
            digit = None
    return total + (digit or 0)


def read_money(text: str, unit: str = "") -> Decimal:
    """An amount; in 万元 it is ten thousand times as much."""
    amount = Decimal(text.replace(",", ""))
    return amount * 10_000 if unit == "万元" else amount


def read_currency(*units: str | None) -> str | None:
    """The currency that a sign or word beside an amount names; None for none that is known."""
    return next(
        (_CURRENCIES[one.upper()] for one in units if one and one.upper() in _CURRENCIES), None
    )


def read_moment(text: str, zone: str, base: datetime | None = None) -> Moment:
    """A date as `DATE` finds it, in the shop's local time.

    A time with an offset (a mail's Date) is brought to `zone`. A day without a year is taken for
    the first one from `base` on. A date such as 03/04/2026, whose order nobody can tell, is none.
    """
    plain = " ".join(text.split())
    if re.search(r"(?:[+-]\d{4}|GMT|UTC)$", plain):
        try:
            return Moment(_local(parsedate_to_datetime(plain), zone), hour=True)
        except ValueError:
            return Moment(None, fault="no_date")
    day, fault = _day(plain, base)
    if day is None:
        return Moment(None, fault=fault)
    clock = _clock(plain)
    if clock is None:
        return Moment(day)
    hour, minute, second = clock
    if (hour, minute, second) == (24, 0, 0):
        return Moment(datetime.combine(day, time(23, 59, 59)), hour=True)
    try:
        return Moment(datetime.combine(day, time(hour, minute, second)), hour=True)
    except ValueError:
        return Moment(None, fault="no_date")


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _day(text: str, base: datetime | None) -> tuple[datetime | None, str]:
    if found := re.match(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})", text):
        year, month, day = map(int, found.groups())
    elif found := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        first, second, year = map(int, found.groups())
        if first <= 12 and second <= 12 and first != second:
            return None, "day_order"
        month, day = (second, first) if first > 12 else (first, second)
    elif found := re.match(r"(\d{1,2})月(\d{1,2})日", text):
        month, day = map(int, found.groups())
        if base is None:
            return None, "no_year"
        year = base.year + ((month, day) < (base.month, base.day))
    else:
        name = re.search(r"[A-Za-z]{3}", re.sub(r"\d+(?:st|nd|rd|th)", "", text))
        numbers = [int(one) for one in re.findall(r"\d+", text)]
        if name is None or name[0].casefold() not in _MONTHS or len(numbers) < 2:
            return None, "no_date"
        month, day, year = _MONTHS.index(name[0].casefold()) + 1, numbers[0], numbers[1]
    try:
        return datetime(year, month, day), ""
    except ValueError:
        return None, "no_date"


def _clock(text: str) -> tuple[int, int, int] | None:
    found = re.search(
        r"(上午|下午|晚上?|凌晨|中午)?\s*(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?", text
    )
    found = found or re.search(
        r"(上午|下午|晚上?|凌晨|中午)?\s*(\d{1,2})\s*[时点](?:\s*(\d{1,2})\s*分)?()", text
    )
    if found is None:
        return None
    part, hour = found[1] or "", int(found[2])
    half = re.search(r"([AaPp])\.?[Mm]\.?$", text)
    late = part.startswith(("下午", "晚")) or bool(half and half[1] in "Pp")
    if late and hour < 12:
        hour += 12
    if half and half[1] in "Aa" and hour == 12:
        hour = 0
    return hour, int(found[3] or 0), int(found[4] or 0)


def end_of_day(at: datetime) -> datetime:
    """The last second of a day."""
    return datetime.combine(at.date(), time(23, 59, 59))


def after_working_days(at: datetime, days: int) -> datetime:
    """The same day so many working days later, Saturdays and Sundays left out."""
    while days > 0:
        at += timedelta(days=1)
        days -= at.weekday() < 5
    return at
