"""Set phrases in a notice, and traits of orders that it speaks of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

__all__ = ["generic_phrase", "traits"]


def _read() -> tuple[tuple[re.Pattern[str], ...], Mapping[str, re.Pattern[str]]]:
    with Path(__file__).with_name("generic_phrases.toml").open("rb") as file:
        raw = tomllib.load(file)
    phrases = tuple(re.compile(one, re.IGNORECASE) for one in raw["generic"])
    return phrases, {name: re.compile(one, re.IGNORECASE) for name, one in raw["traits"].items()}


_GENERIC, _TRAITS = _read()


def generic_phrase(text: str) -> str:
    """The first set phrase in `text`, as it stands there; "" when there is none."""
    found = [match for phrase in _GENERIC if (match := phrase.search(text))]
    return min(found, key=lambda match: match.start()).group() if found else ""


def traits(text: str) -> list[str]:
    """The traits of orders that `text` speaks of: parcels, people, money, time, talk, goods."""
    return [name for name, seen in _TRAITS.items() if seen.search(text)]
