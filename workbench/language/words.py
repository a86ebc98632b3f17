"""Look a text up in a room's catalogue and fill its figures in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

__all__ = ["LANGUAGES", "Language", "Say", "words"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Say = Callable[..., str]

_CATALOGUES = Path(__file__).resolve().parent / "zh"


def words(room: str, language: str) -> Say:
    """A function `say(text, **figures)` that words `text` of `room` in `language`.

    `text` is English and is itself the key; `figures` fill its `{named}` places. The catalogue
    of a room is `workbench/language/zh/<room>.po`. Raises ValueError for a language other than
    "zh" and "en", and KeyError for a text that the Chinese catalogue lacks, so that a reader
    never meets a half-translated page.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, not {language!r}")

    # What every room says alike stands in the catalogue of this room.
    chinese = {**catalogue("language"), **catalogue(room)} if language == "zh" else {}

    def say(text: str, **figures: object) -> str:
        template = text if language == "en" else chinese[text]
        return template.format(**figures) if figures else template

    return say


@cache
def catalogue(room: str) -> Mapping[str, str]:
    """English text → Chinese text of one room; empty translations are left out."""
    path = _CATALOGUES / f"{room}.po"
    with path.open("rb") as file:
        messages = read_po(file, locale="zh_CN")
    return {str(entry.id): str(entry.string) for entry in messages if entry.id and entry.string}
