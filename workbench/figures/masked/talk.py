"""What people said, in code: the lexicon hears the same in it, and copies stay copies.

The code of a text is a run of letters that stands for its words, then a phrase of the lexicon for
each entry that the text affirms (and one that is denied, where the text refuses something), then
digits that part its spellings. The letters are as many as the text is long, and copies begin
alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from workbench.detect.constants import LINE_LENGTH, TEXT_CAP
from workbench.detect.copies import as_texts
from workbench.detect.phrases import Entry, Said, lexicon, normal_text, said_in
from workbench.figures.masked.codes import Codes

__all__ = ["TalkCodes"]

_WORDS = 14
_SPELLINGS = 8


class TalkCodes:
    """Gives the codes of what was said; `lines` are all lines of buyers in chats."""

    def __init__(self, codes: Codes, lines: Iterable[str] = ()) -> None:
        self._codes = codes
        self._copies = _copies([line for line in lines if len(line) >= LINE_LENGTH])
        self._done: dict[tuple[str, str, str], str] = {}

    def text(self, text: str, speaker: str, place: str) -> str:
        """The code of what `speaker` (buyer or seller) said in a `place` (chat or note)."""
        key = (text, speaker, place)
        if key not in self._done:
            self._done[key] = self._coded(*key) if text.strip() else ""
        return self._done[key]

    def _coded(self, text: str, speaker: str, place: str) -> str:
        plain = normal_text(text)
        said = said_in(plain, speaker, place)
        if any(entry.whole for entry in said.affirmed):
            # The text is a phrase of the lexicon and nothing beside.
            return text
        end = _phrases(said, speaker, place)
        end += f";{self._codes.digits('spelling', text, _SPELLINGS)}"
        if place == "chat" and speaker == "buyer" and text[:TEXT_CAP] in self._copies:
            first, length = self._copies[text[:TEXT_CAP]]
            return self._as_long(first, length, end)
        return self._codes.letters("said", plain, _WORDS) + end

    def _as_long(self, first: str, length: int, end: str) -> str:
        letters = self._codes.letters("copies", first, length + _WORDS)
        count = length
        for _ in range(3):
            told = _length(letters[:count] + end)
            if told == length:
                break
            count = max(1, count + length - told)
        return letters[:count] + end


def _copies(lines: list[str]) -> dict[str, tuple[str, int]]:
    """By text the first text that it is a copy of, and how long it is (see workbench.detect)."""
    if not lines:
        return {}
    different = sorted({line[:TEXT_CAP] for line in lines})
    rows = as_texts(pd.DataFrame({"text": different}), 0)
    first = rows.groupby("cluster").text.transform("min")
    return dict(
        zip(rows.text.tolist(), zip(first.tolist(), rows.length.tolist(), strict=True), strict=True)
    )


def _length(text: str) -> int:
    return int(as_texts(pd.DataFrame({"text": [text]}), 0).length.iloc[0])


def _phrases(said: Said, speaker: str, place: str) -> str:
    told = [_phrase(entry, said.affirmed, speaker, place) for entry in said.affirmed]
    affirmed = "".join(f";{one}" for one in told if one)
    if not said.refused:
        return affirmed
    # Of several places of one phrase the lexicon hears the first: what is refused must differ.
    for refusal in _refusals(speaker, place):
        both = f"{affirmed};{refusal}"
        if said_in(normal_text(both), speaker, place) == said:
            return both
    return affirmed


@lru_cache(maxsize=4096)
def _phrase(entry: Entry, among: tuple[Entry, ...], speaker: str, place: str) -> str:
    """A phrase of which the lexicon hears this entry, and nothing that the text does not say."""
    for phrase in entry.phrases:
        plain = phrase.replace("~", "").replace("#", "1")
        heard = said_in(normal_text(plain), speaker, place)
        if entry in heard.affirmed and set(heard.affirmed) <= set(among) and not heard.refused:
            return plain
    return ""


@lru_cache(maxsize=16)
def _refusals(speaker: str, place: str) -> tuple[str, ...]:
    """Words of which the lexicon hears that something is refused, and nothing affirmed."""
    known = lexicon()
    found = []
    for entry in known.entries:
        for negation in known.words["negations"]:
            plain = f"{negation}{entry.phrases[0]}".replace("~", "").replace("#", "1")
            if said_in(normal_text(plain), speaker, place) == Said((), refused=True):
                found.append(plain)
                break
    return tuple(found)
