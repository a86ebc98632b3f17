"""Mark a figure inside a sentence, so that whoever shows the sentence can link it to its rows.

A marked figure is wrapped in three characters of Unicode's private use area, which no font draws
and no data of a shop need: U+E000 id U+E001 text U+E002. A sentence keeps its marks on its way
through `say(...)`; a renderer takes it apart with `segments`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Segment", "defused", "mark", "segments", "unmarked"]

_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
_ID = re.compile(r"N[0-9]{2,9}")
_MARKED = re.compile(
    f"{_OPEN}({_ID.pattern}){_MIDDLE}([^{_OPEN}{_MIDDLE}{_CLOSE}]*){_CLOSE}", re.ASCII
)
_STRAY = str.maketrans("", "", _OPEN + _MIDDLE + _CLOSE)


@dataclass(frozen=True)
class Segment:
    """A piece of a sentence; `figure` is the id of the figure it shows, "" for plain words."""

    text: str
    figure: str = ""


def mark(figure_id: str, text: str) -> str:
    """The formatted figure, marked with its id ("N07").

    Raises ValueError for what is no id, and for a text that is marked already.
    """
    if not _ID.fullmatch(figure_id):
        raise ValueError(f"{figure_id!r} is no id of a figure")
    if defused(text) != text:
        raise ValueError("a figure cannot be marked twice")
    return f"{_OPEN}{figure_id}{_MIDDLE}{text}{_CLOSE}"


def segments(text: str) -> list[Segment]:
    """The pieces of a sentence in their order; what is no whole mark is plain words.

    The texts of the pieces together are `unmarked(text)`. Pieces without a text are left out.
    """
    found, last = [], 0
    for match in _MARKED.finditer(text):
        found.append(Segment(defused(text[last : match.start()])))
        found.append(Segment(match[2], match[1]))
        last = match.end()
    found.append(Segment(defused(text[last:])))
    return [piece for piece in found if piece.text]


def unmarked(text: str) -> str:
    """The sentence as it reads, without marks and ids."""
    return defused(_MARKED.sub(r"\2", text))


def defused(text: str) -> str:
    """A text of a stranger without the characters of marks: nobody else can make a figure."""
    return text.translate(_STRAY)
