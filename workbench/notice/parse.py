"""Read a platform's notice: every value with the words it stands in, and nothing guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from workbench.errors import BadInput
from workbench.notice.deadline import computed_deadlines, stated_deadline
from workbench.notice.fields import FIELDS
from workbench.notice.flagged_orders import flagged_orders
from workbench.notice.parsed import ParsedNotice, Reading, Remark
from workbench.notice.read_values import (
    DATE,
    NUMBER,
    narrow,
    read_currency,
    read_moment,
    read_money,
    read_number,
)
from workbench.notice.rule_pack import PLATFORMS, rule_pack

__all__ = ["MAX_CHARACTERS", "parse_notice"]

MAX_CHARACTERS = 100_000
_MACROS = {
    "<DT>": DATE,
    "<N>": NUMBER,
    "<CLAUSE>": r"[^\n,;。]{1,80}",
    "<LINE>": r"[^\n]{1,300}",
}
_ITEM = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*[.、)]|[-*•·]"
_MACROS["<ITEMS>"] = rf"(?:[^\s][^\n]{{0,300}})?(?:\n[ \t]*(?:{_ITEM})[^\n]{{1,200}}){{0,40}}"
_PARTED = re.compile(
    rf"(?:^|\n)[ \t]*(?:{_ITEM})\s*|[;；。\n]|(?<=[^0-9一二三四五六七八九十])[、,](?!\d{{3}}\b)"
)


def parse_notice(
    text: str, zone: str = "Asia/Shanghai", known: Mapping[str, Any] | None = None
) -> ParsedNotice:
    """What a notice in Chinese or English says, with the words each value was read from.

    A deadline that the notice counts from another date ("7 days from receipt") is computed and
    marked as computed. `known` are fields that a person gave (received_at), to count from; they
    stand beside the readings and are not returned. Dates with an offset are brought to `zone`.
    Raises BadInput for a text without a word and one of more than MAX_CHARACTERS.
    """
    if not text.strip():
        raise BadInput("The notice holds no text", do="Paste its text, or give its file")
    if len(text) > MAX_CHARACTERS:
        do = "Give the notice alone; load lists of orders with `workbench load`"
        raise BadInput(f"The text has {len(text):,} characters; {MAX_CHARACTERS:,} are read", do=do)
    plain = narrow(text).replace("\r", "\n")
    base = _first_date(plain, zone)
    readings: list[Reading] = []
    remarks: list[Remark] = []
    for pattern, regex in _patterns():
        for found in regex.finditer(plain):
            for one in _read(pattern, found, plain, zone, base):
                (readings if isinstance(one, Reading) else remarks).append(one)  # type: ignore[arg-type]
    readings = _distinct(readings)
    readings += _platform_named(plain, readings)
    taken = [(one.start, one.end) for one in readings if one.field == "notice_id"]
    orders, order_remarks = flagged_orders(plain, _raw()["orders"], taken)
    readings += orders
    readings = _attempts(readings)
    readings += computed_deadlines(plain, readings, known or {}, _windows(), _raw()["base"])
    remarks += order_remarks + _counted(readings) + _deadlines_differ(readings)
    told = [_as_written(one, text) for one in readings if one.field in FIELDS]
    told.sort(key=lambda one: one.start)
    return ParsedNotice(text, tuple(told), tuple(dict.fromkeys(remarks)))


def _as_written(one: Reading, text: str) -> Reading:
    """A text as the notice writes it, not as it was narrowed to be searched."""
    if FIELDS[one.field].type not in ("text", "texts") or one.field == "money_currency":
        return one
    return replace(one, value=text[one.start : one.end])


@cache
def _raw() -> dict[str, Any]:
    with Path(__file__).with_name("patterns.toml").open("rb") as file:
        return tomllib.load(file)


def _compiled(regex: str) -> re.Pattern[str]:
    for name, meaning in _MACROS.items():
        regex = regex.replace(name, meaning)
    return re.compile(regex)


@cache
def _patterns() -> list[tuple[dict[str, Any], re.Pattern[str]]]:
    return [(one, _compiled(one["regex"])) for one in _raw()["pattern"]]


@cache
def _windows() -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    return [(_compiled(one["regex"]), tuple(one["needs"])) for one in _raw()["window"]]


def _first_date(text: str, zone: str) -> datetime | None:
    """The first whole date of the text: a day without a year lies after it."""
    for found in re.finditer(DATE, text):
        moment = read_moment(found[0], zone)
        if moment.at is not None:
            return moment.at
    return None


def _read(
    pattern: Mapping[str, Any], found: re.Match[str], text: str, zone: str, base: datetime | None
) -> Iterator[Reading | Remark]:
    """What one match tells."""
    groups = found.groupdict()
    name = "value" if groups.get("value") else "value2"
    start, end = found.span(name)
    field, sure, own = pattern["field"], pattern["sure"], groups[name]
    kind = FIELDS[field].type if field in FIELDS else "count"
    if kind in ("moment", "day"):
        yield from _moment(field, found, zone, base, sure)
    elif kind == "texts":
        yield from _items(field, own, start, sure)
    elif kind == "text":
        stripped = own.strip(' \t"“”「」【】:').rstrip("。;,.")
        if stripped:
            at = start + own.index(stripped)
            yield Reading(field, stripped, at, at + len(stripped), sure)
    elif kind == "flag":
        yield Reading(field, pattern["value"], start, end, sure)
    elif field == "money_withheld":
        unit = groups.get("unit2") or ""
        yield Reading(field, read_money(own, unit), start, found.end(), sure)
        currency = read_currency(groups.get("unit"), unit)
        if currency:
            yield Reading("money_currency", currency, start, found.end(), sure)
    else:
        number = read_money(own) if re.fullmatch(r"[0-9]+\.[0-9]+", own) else read_number(own)
        if number is not None:
            value = read_money(str(number)) if kind == "number" else number
            yield Reading(field, value, start, end, sure)


def _moment(
    field: str, found: re.Match[str], zone: str, base: datetime | None, sure: Any
) -> Iterator[Reading | Remark]:
    start, end = found.span("value")
    moment = read_moment(found["value"], zone, base)
    if moment.at is None:
        yield Remark(
            moment.fault, start, end, (("field", field), ("written", found["value"].strip()))
        )
        return
    end = start + len(found["value"].rstrip())
    value: Any = moment.at.date() if FIELDS[field].type == "day" else moment.at
    reading = Reading(field, value, start, end, sure)
    no_year = re.match(r"\d{1,2}月", found["value"]) is not None
    if no_year:
        reading = replace(reading, sure="computed", how="year_taken")
    if field == "appeal_deadline":
        before = bool(found.groupdict().get("before"))
        reading = stated_deadline(reading, hour=moment.hour, before=before)
    elif field == "measure_end" and not moment.hour:
        reading = replace(reading, value=moment.at.replace(hour=23, minute=59, second=59))
    yield reading


def _items(field: str, text: str, start: int, sure: Any) -> Iterator[Reading]:
    at = 0
    for found in [*_PARTED.finditer(text), None]:
        end = found.start() if found else len(text)
        own = text[at:end].strip(" \t.。")
        if own:
            first = start + at + text[at:end].index(own)
            yield Reading(field, own, first, first + len(own), sure)
        at = found.end() if found else end


def _distinct(readings: list[Reading]) -> list[Reading]:
    """One reading per place and field; where a label is, the wording alone does not count."""
    stated = {one.field for one in readings if one.sure == "stated"}
    kept: list[Reading] = []
    for one in sorted(readings, key=lambda one: (one.start, -one.end)):
        covered = any(k.field == one.field and k.start <= one.start < k.end for k in kept)
        listed = FIELDS[one.field].type == "texts" if one.field in FIELDS else False
        if not covered and not (listed and one.sure == "likely" and one.field in stated):
            kept.append(one)
    return kept


def _platform_named(text: str, readings: list[Reading]) -> list[Reading]:
    """The platform that the text names, where it names one only."""
    if any(one.field == "platform" for one in readings):
        return []
    found: dict[str, re.Match[str]] = {}
    for platform in PLATFORMS:
        for name in rule_pack(platform).names:
            edge = r"(?<![A-Za-z0-9]){}(?![0-9])" if name.isascii() else "{}"
            match = re.search(edge.format(re.escape(name)), text, re.IGNORECASE)
            if match and (platform not in found or match.start() < found[platform].start()):
                found[platform] = match
    if len(found) != 1:
        return []
    (match,) = found.values()
    return [Reading("platform", match[0], match.start(), match.end(), "likely")]


def _attempts(readings: list[Reading]) -> list[Reading]:
    """With how many appeals are left, the number that is missing of those allowed and used."""
    by_field = {one.field: one for one in reversed(readings)}
    left = by_field.get("attempts_left")
    allowed, used = by_field.get("attempts_allowed"), by_field.get("attempts_used")
    if left is None or (allowed and used):
        return readings
    more: list[Reading] = []
    place = (left.start, left.end)
    if allowed and allowed.value >= left.value:
        value = allowed.value - left.value
        more = [Reading("attempts_used", value, *place, "computed", "from_left")]
    elif used:
        value = used.value + left.value
        more = [Reading("attempts_allowed", value, *place, "computed", "from_left")]
    elif not allowed:
        more = [
            Reading("attempts_allowed", left.value, *place, "doubtful", "counted_from_now"),
            Reading("attempts_used", 0, *place, "doubtful", "counted_from_now"),
        ]
    return readings + more


def _counted(readings: list[Reading]) -> list[Remark]:
    """Where the notice says another number of orders than it lists."""
    listed = len({one.value for one in readings if one.field == "order_ids"})
    said = [one for one in readings if one.field == "orders_stated" and one.value != listed]
    return [
        Remark(
            "count_differs", one.start, one.end, (("said", str(one.value)), ("listed", str(listed)))
        )
        for one in said[:1]
    ]


def _deadlines_differ(readings: list[Reading]) -> list[Remark]:
    """Where a deadline that is stated differs from the one that the notice lets one count."""
    own = [one for one in readings if one.field == "appeal_deadline"]
    stated = [one for one in own if one.how in ("", "no_hour", "day_before")]
    counted = [one for one in own if one not in stated and one.how != "year_taken"]
    if not stated:
        return []
    return [
        Remark("deadline_differs", one.start, one.end, (("counted", f"{one.value:%Y-%m-%d}"),))
        for one in counted
        if one.value.date() != stated[0].value.date()
    ]
