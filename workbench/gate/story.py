"""Find explanations that are themselves violations, in what people wrote (stories.toml).

A text is read clause by clause: what is denied, alleged by others, or means something else in its
sentence is no hit. The words are those of an analyst who argues, not of a chat.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbench.detect.phrases import lexicon, normal_text
from workbench.language import LANGUAGES

__all__ = ["STORIES", "Story", "stories_in"]

_GAP = 14
_MARKS = ",;!?:."
_SENTENCE = re.compile(r"[;!?]|\.(?= |$)")
_LATIN = re.compile(r"[a-z]")
_WORDS = ("negations", "affirmative", "alleged", "denied_after", "turns")


@dataclass(frozen=True)
class Story:
    """One explanation that harms; see stories.toml for what its fields mean."""

    code: str
    name: str
    platforms: tuple[str, ...]
    level: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...]
    proof: tuple[str, ...]
    why_zh: str
    why_en: str
    do_zh: str
    do_en: str
    source: str
    confidence: str

    def level_on(self, platform: str) -> str:
        """How bad it is on a platform: violation or caution. An unknown one is taken as any."""
        name = platform.strip().casefold()
        here = "*" in self.platforms or not name or any(one in name for one in self.platforms)
        return self.level if here else "caution"

    def told(self, level: str) -> dict[str, str]:
        """What is wrong with it and what to do, in each language."""
        wording = _read()["told"]
        return {
            language: wording[language].format(
                word=wording[level][language],
                code=self.code,
                why=getattr(self, f"why_{language}"),
                do=getattr(self, f"do_{language}"),
            )
            for language in LANGUAGES
        }


@cache
def _read() -> dict[str, Any]:
    with Path(__file__).with_name("stories.toml").open("rb") as file:
        return tomllib.load(file)


def _stories() -> tuple[Story, ...]:
    return tuple(_story(one) for one in _read()["story"])


def _story(entry: dict[str, Any]) -> Story:
    names = ("platforms", "phrases", "unless", "proof")
    return Story(**{**entry, **{name: tuple(entry.get(name, ())) for name in names}})


STORIES: tuple[Story, ...] = _stories()


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    own = {name: tuple(_read()["words"][name]) for name in _WORDS}
    known = lexicon().words
    for name in ("negations", "affirmative"):
        own[name] = (*own[name], *known[name])
    return MappingProxyType(own)


def stories_in(text: str, proven: Collection[str] = ()) -> list[Story]:
    """The explanations that a text offers, each once.

    `proven` are the kinds of evidence (E28) that the case holds: with them some may be said.
    """
    # An enumeration is one clause: what denies its first part denies all of it.
    plain = normal_text(text.replace("、", "和"))
    return [
        story
        for story in STORIES
        if not set(story.proof) & set(proven)
        and any(_offered(plain, story, place) for place in _places(plain, story.phrases))
    ]


def _places(text: str, phrases: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand: first and last place of each occurrence."""
    for phrase in phrases:
        first, _, last = phrase.partition("~")
        first, last = first.strip(), last.strip()
        start = text.find(first)
        while start >= 0:
            end = start + len(first)
            if last:
                more = text.find(last, end, end + _GAP + len(last))
                inside = more >= 0 and not set(text[end:more]) & set(_MARKS)
                end = more + len(last) if inside else -1
            if end >= 0 and not _within_word(text, start, end):
                yield start, end
            start = text.find(first, start + 1)


def _within_word(text: str, start: int, end: int) -> bool:
    before = start and _LATIN.match(text[start]) and _LATIN.match(text[start - 1])
    after = end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end])
    return bool(before or after)


def _offered(text: str, story: Story, place: tuple[int, int]) -> bool:
    """Whether the writer says it of the shop, in its own name."""
    words = _words()
    before = _clause_before(text, place[0], words["turns"])
    for form in words["affirmative"]:
        before = before.replace(form, "")
    if any(word in before for word in (*words["negations"], *words["alleged"])):
        return False
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, place[0])), default=0)
    ends = _SENTENCE.search(text, place[1])
    sentence = text[start : ends.start() if ends else len(text)]
    after = sentence[place[1] - start :]
    if any(word in after for word in words["denied_after"]):
        return False
    return not any(word in sentence for word in story.unless)


def _clause_before(text: str, at: int, turns: Collection[str]) -> str:
    """The clause up to a place: from the last mark, or the last word with which it turns."""
    start = max(text.rfind(mark, 0, at) for mark in _MARKS) + 1
    for turn in turns:
        found = text.rfind(turn, start, at)
        start = max(start, found + len(turn)) if found >= 0 else start
    return text[start:at]
