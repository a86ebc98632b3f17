"""What a text says of brushing or of genuine need, by the phrases of lexicon.toml.

Every step is linear in the length of the text: phrases are found as plain text, never by patterns
that could run away on what somebody wrote on purpose.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbench.detect.constants import TEXT_CAP
from workbench.normalise import plain_text

__all__ = ["CLASSES", "Entry", "Said", "lexicon", "normal_text", "said_in"]

CLASSES = "ABCDEFG"
_GAP = 8
_BEFORE = 10
_AFTER = 24
_SPLIT = re.compile(r"[,;!?:]")
_SENTENCE = re.compile(r"[;!?]")
_DIGITS = re.compile(r"[0-9]+")
_NOISE = re.compile(r"[^\w#,.!?;: ']|_")
_BLANK = re.compile(r"(?<=[^ -~]) | (?=[^ -~])")
_DOT = re.compile(r"(?<=[^ -~])\.(?=[^ -~])")
_SPELLED = re.compile(r"(?<![a-z])([a-z]) (?=[a-z](?![a-z]))")
_STARS = re.compile(r"(?<=[0-9一二三四五全])[🌟⭐★✨]")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True)
class Entry:
    """One line of the lexicon; see lexicon.toml for what its fields mean."""

    name: str
    kind: str
    speaker: str
    weight: int
    phrases: tuple[str, ...]
    unless: tuple[str, ...]
    where: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class Said:
    """What a text says: entries it affirms, and whether it refuses what one of them means."""

    affirmed: tuple[Entry, ...] = ()
    refused: bool = False


@dataclass(frozen=True)
class _Lexicon:
    entries: tuple[Entry, ...]
    words: MappingProxyType[str, tuple[str, ...]]
    table: dict[int, int]
    signs: MappingProxyType[str, str]
    beginnings: dict[str, list[tuple[int, str]]]
    whole: dict[str, list[int]]


@cache
def lexicon() -> _Lexicon:
    """The entries, the words that deny, and the characters that are written in another way."""
    with Path(__file__).with_name("lexicon.toml").open("rb") as file:
        read: dict[str, Any] = tomllib.load(file)
    entries = tuple(
        Entry(
            name=one["name"],
            kind=one["class"],
            speaker=one["speaker"],
            weight=one["weight"],
            phrases=tuple(one["phrases"]),
            unless=tuple(one.get("unless", ())),
            where=tuple(one.get("where", ("chat", "note"))),
            whole=one.get("whole", False),
        )
        for one in read["entry"]
    )
    words = {k: tuple(read[k]) for k in ("negations", "affirmative", "warnings", "complaints")}
    normal = read["normal"]
    table = str.maketrans(normal["traditional"], normal["simplified"])
    signs = MappingProxyType(dict(normal["signs"]))
    beginnings: dict[str, list[tuple[int, str]]] = {}
    whole: dict[str, list[int]] = {}
    for n, entry in enumerate(entries):
        for phrase in entry.phrases:
            if entry.whole:
                whole.setdefault(phrase, []).append(n)
            else:
                beginnings.setdefault(phrase.partition("~")[0][:2], []).append((n, phrase))
    return _Lexicon(entries, MappingProxyType(words), table, signs, beginnings, whole)


def normal_text(text: str) -> str:
    """A text as the phrases are written: simplified, narrow, without what is put in between.

    "刷 🌟單！" → "刷星单!"; runs of digits become "#"; of marks only those that end a clause stay.
    The first TEXT_CAP characters are read.
    """
    known = lexicon()
    cut = text[:TEXT_CAP].replace("。", ";").replace("\n", ";").replace("…", ";")
    cut = _STARS.sub("星", cut)
    for sign, character in known.signs.items():
        if sign in cut:
            cut = cut.replace(sign, character)
    plain = _NOISE.sub("", plain_text(cut).translate(known.table))
    plain = _SPELLED.sub(r"\1", _BLANK.sub("", _DOT.sub("", plain)))
    return _DIGITS.sub("#", plain).replace(". ", "; ")


def said_in(text: str, speaker: str, where: str = "chat") -> Said:
    """What a text by buyer or seller says; `text` in the form of `normal_text`."""
    known = lexicon()
    affirmed, refused = {}, False
    for n, place in _places(text, known):
        entry = known.entries[n]
        if where not in entry.where or n in affirmed:
            continue
        heard = entry.speaker in (speaker, "either")
        if entry.kind == "G":
            affirmed.update({n: entry} if heard else {})
        elif _denied(text, place, known):
            refused = True
        elif heard and not _means_else(text, place, entry, speaker, known):
            affirmed[n] = entry
    return Said(tuple(affirmed[n] for n in sorted(affirmed)), refused)


def _places(text: str, known: _Lexicon) -> Iterator[tuple[int, tuple[int, int]]]:
    """Number of an entry, and where in the text a phrase of it stands: each phrase once."""
    pairs = {text[n : n + 2] for n in range(len(text) - 1)} | set(text)
    for pair in sorted(pairs & known.beginnings.keys()):
        for n, phrase in known.beginnings[pair]:
            place = _found(text, phrase)
            if place is not None:
                yield n, place
    for n in known.whole.get(text.strip(" ,.;!"), ()):
        yield n, (0, len(text))


def _found(text: str, phrase: str) -> tuple[int, int] | None:
    """First and last place of a phrase in a text; None where it is not."""
    first, _, last = phrase.partition("~")
    start = text.find(first)
    while start >= 0:
        end = start + len(first)
        if last:
            more = text.find(last, end, end + _GAP + len(last))
            inside = more >= 0 and not _SPLIT.search(text, end, more)
            end = more + len(last) if inside else -1
        if end >= 0 and not _within_word(text, start, end):
            return start, end
        start = text.find(first, start + 1)
    return None


def _within_word(text: str, start: int, end: int) -> bool:
    """Whether a phrase in Latin letters is only part of a word."""
    before = start and _LATIN.match(text[start]) and _LATIN.match(text[start - 1])
    after = end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end])
    return bool(before or after)


def _denied(text: str, place: tuple[int, int], known: _Lexicon) -> bool:
    """Whether the clause denies the phrase, or what follows warns of it."""
    reach = _BEFORE * 2 if text[place[0]].isascii() else _BEFORE
    before = _SPLIT.split(text[max(0, place[0] - reach) : place[0]])[-1]
    for form in known.words["affirmative"]:
        before = before.replace(form, "")
    if any(word in before for word in known.words["negations"]):
        return True
    after = _SENTENCE.split(text[place[1] : place[1] + _AFTER])[0]
    return any(word in after for word in known.words["warnings"])


def _means_else(
    text: str, place: tuple[int, int], entry: Entry, speaker: str, known: _Lexicon
) -> bool:
    """Whether the sentence, or a complaint in it, gives the phrase another meaning."""
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, place[0])), default=0)
    ends = _SENTENCE.search(text, place[1])
    sentence = text[start : ends.start() if ends else len(text)]
    words = entry.unless
    if speaker == "buyer" and entry.kind in "AF":
        words += known.words["complaints"]
    return any(word in sentence for word in words)
