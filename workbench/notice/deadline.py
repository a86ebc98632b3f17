"""When the time to appeal is over: as stated, or counted from another date of the notice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from workbench.notice.parsed import Reading, Sure
from workbench.notice.read_values import after_working_days, end_of_day, read_number

__all__ = ["computed_deadlines", "stated_deadline"]

_SENTENCE_ENDS = "\n。;!?"
_LONGEST = 300  # of a sentence, to either side


def stated_deadline(reading: Reading, *, hour: bool, before: bool) -> Reading:
    """A deadline as the notice writes it.

    Without an hour it ends with its day; "before" a day without an hour may or may not take that
    day in: the earlier reading is taken, and must be confirmed.
    """
    if hour:
        return reading
    if before:
        eve = end_of_day(reading.value - timedelta(days=1))
        return replace(reading, value=eve, sure="doubtful", how="day_before")
    how = reading.how or "no_hour"
    sure: Sure = "likely" if reading.sure == "stated" else reading.sure
    return replace(reading, value=end_of_day(reading.value), sure=sure, how=how)


def computed_deadlines(
    text: str,
    readings: Sequence[Reading],
    known: Mapping[str, Any],
    windows: Sequence[tuple[re.Pattern[str], tuple[str, ...]]],
    bases: Sequence[Mapping[str, Any]],
) -> list[Reading]:
    """Deadlines such as "within 7 days of receipt", counted from the date that they name.

    The day that starts a period does not count, and the last day ends at midnight (Civil Code,
    articles 201 to 203). Where the day of receipt is not known, the day of issue is counted from,
    which is earlier; that, and working days (public holidays are not known here), are doubtful.
    A window without any date to count from gives nothing.
    """
    dates = _dates(readings, known)
    found: list[Reading] = []
    for regex, needs in windows:
        for match in regex.finditer(text):
            sentence = _sentence(text, match.start(), match.end())
            if not any(word in sentence.casefold() for word in needs):
                continue
            number = read_number(match["n"])
            base = _base(sentence, bases)
            if number is None or not number:
                continue
            at, field = _from(base, dates)
            if at is not None:
                found.append(_counted(match, number, at, base, field))
    return found


def _dates(readings: Sequence[Reading], known: Mapping[str, Any]) -> dict[str, datetime]:
    """The dates to count from, by field: those of a person, then those that the notice states."""
    names = ("received_at", "issued_at", "decided_at")
    told = {name: {one.value for one in readings if one.field == name} for name in names}
    dates = {name: values.pop() for name, values in told.items() if len(values) == 1}
    return dates | {name: known[name] for name in names if isinstance(known.get(name), datetime)}


def _base(sentence: str, bases: Sequence[Mapping[str, Any]]) -> str:
    plain = sentence.casefold()
    return next((one["field"] for one in bases if any(word in plain for word in one["words"])), "")


def _from(base: str, dates: Mapping[str, datetime]) -> tuple[datetime | None, str]:
    """The date to count from and its field; of issue where the named one is not known."""
    order = (base, "issued_at", "decided_at", "received_at")
    field = next((name for name in order if name in dates), "")
    return dates.get(field), field


def _counted(match: re.Match[str], number: int, at: datetime, base: str, field: str) -> Reading:
    unit = match["unit"].casefold()
    sure: Sure = "computed" if field == base else "doubtful"
    how = "counted" if field == base else "counted_from_other"
    if "时" in unit or "hour" in unit:
        value = at + timedelta(hours=number)
    elif "工作" in unit or "business" in unit or "working" in unit:
        value, sure, how = end_of_day(after_working_days(at, number)), "doubtful", "working_days"
    else:
        value = end_of_day(at + timedelta(days=number))
    figures = (("window", match["value"].strip()), ("from", f"{at:%Y-%m-%d}"), ("field", field))
    return Reading("appeal_deadline", value, match.start(), match.end(), sure, how, figures)


def _sentence(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    while start > first and text[start - 1] not in _SENTENCE_ENDS:
        start -= 1
    while end < last and text[end] not in _SENTENCE_ENDS:
        end += 1
    return text[start:end]
