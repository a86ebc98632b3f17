"""Chats pasted as text: lines that name a speaker and a time, and what was said under them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Said", "Unclaimed", "chat_words", "looks_like_chat", "read_chat"]

_DATE = r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_DAY = re.compile(rf"^{_DATE}$")
# Longer lines are something said: they are not looked at for a speaker.
_LONGEST = 200
_NUMBERS = re.compile(r"\d+")


@dataclass
class Said:
    """A message: the line it begins on, who says it (to whom, where that is told), and when."""

    row: int
    speaker: str
    time: str
    other: str = ""
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What was said."""
        return "\n".join(line for _, line in self.lines)


@dataclass(frozen=True)
class Unclaimed:
    """A line that belongs to no message: a `mark`, or a line that no speaker stands above."""

    row: int
    text: str
    mark: bool = False


@dataclass(frozen=True)
class _Layout:
    name: str
    line: re.Pattern[str]


@cache
def chat_words() -> dict[str, Any]:
    """The layouts, words and titles of chats, as the data file of this module says them."""
    return tomllib.loads(Path(__file__).with_name("chat_layouts.toml").read_text("utf-8"))


@cache
def _layouts() -> tuple[_Layout, ...]:
    moment = rf"(?P<time>{_DATE}\s+{_CLOCK})(?:\s+(?:{'|'.join(chat_words()['words']['marks'])}))?"
    clock = rf"(?P<time>{_CLOCK})"
    return tuple(
        _Layout(
            layout["name"],
            re.compile(layout["line"].replace("{moment}", moment).replace("{clock}", clock)),
        )
        for layout in chat_words()["layout"]
    )


def looks_like_chat(lines: Iterable[str]) -> bool:
    """Whether the first lines of a text hold messages, one of them near the top."""
    rows = [item.row for item in read_chat(lines) if isinstance(item, Said)]
    return bool(rows) and rows[0] <= 30


def read_chat(lines: Iterable[str]) -> Iterator[Said | Unclaimed]:
    """The messages of a chat and the lines that belong to none, in order.

    Each line that is not blank is in one of them.
    """
    marks = set(chat_words()["words"]["marks"])
    now: Said | None = None
    loose: list[tuple[int, str]] = []
    day = ""
    for row, raw in enumerate(lines, start=1):
        line = raw.strip(" \t\r\n\ufeff\u3000\u00a0\0")
        if not line:
            continue
        if line in marks:
            yield Unclaimed(row, line, mark=True)
            continue
        name, found = _speaker_line(line)
        if name == "blocks" and not day:
            found = None
        if _DAY.match(line) and (now is None or day):
            yield from _ended(now, loose)
            now, day = None, line
            continue
        if found is None:
            (now.lines if now else loose).append((row, line))
            continue
        if name == "two_lines":
            before = now.lines if now else loose
            if not before:
                loose.append((row, line)) if now is None else before.append((row, line))
                continue
            start, speaker = before.pop()
            yield from _ended(now, loose)
            now = Said(start, speaker, found["time"])
            continue
        yield from _ended(now, loose)
        if name == "blocks":
            now = Said(row, "", f"{day} {found['time']}")
        else:
            day = ""
            other = found.groupdict().get("other") or ""
            now = Said(row, found["speaker"].strip(), found["time"], other.strip())
    yield from _ended(now, loose)


def _ended(now: Said | None, loose: list[tuple[int, str]]) -> Iterator[Said | Unclaimed]:
    """What stands above a new message; the sender of a block is its last line."""
    for row, line in loose:
        yield Unclaimed(row, line)
    loose.clear()
    if now is None:
        return
    if not now.speaker and now.lines:
        now.speaker = now.lines.pop()[1]
    now.time = _plain_time(now.time)
    yield now


def _speaker_line(line: str) -> tuple[str, re.Match[str] | None]:
    if len(line) > _LONGEST:
        return "", None
    for layout in _layouts():
        if match := layout.line.match(line):
            return layout.name, match
    return "", None


def _plain_time(time: str) -> str:
    """A time as 2026-01-02 10:11:12; left as it is where its numbers are none of a date."""
    numbers = [int(number) for number in _NUMBERS.findall(time)]
    if len(numbers) not in (5, 6):
        return time
    year, month, day, hour, minute, second = (*numbers, 0)[:6]
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
