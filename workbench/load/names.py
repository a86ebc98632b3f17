"""What shops, carriers and banks call the columns of the canonical tables, and their words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from workbench.load.cells import word_key
from workbench.load.headers import header_key
from workbench.tables import TABLES

__all__ = [
    "GRAMS",
    "Names",
    "known_names",
    "meaning_of",
    "name_key",
    "names_of",
    "split_unit",
    "unread_words",
    "usual_word",
    "vocabulary",
]

# Units of weight, as grams.
GRAMS: Mapping[str, int] = {
    **dict.fromkeys(("g", "克", "gram", "grams"), 1),
    **dict.fromkeys(("kg", "kgs", "千克", "公斤"), 1000),
}
# Units that say nothing which the column does not say. Others (万元, USD) stay part of the name, so
# that such a column is asked of a person.
_PLAIN = ("元", "¥", "件", "个", "次", "人", "分", "星", "cny", "rmb", "人民币")
_UNIT = "|".join(map(re.escape, (*GRAMS, *_PLAIN)))
_IN_BRACKETS = re.compile(rf"^(.+?)\s*[(\[【]\s*({_UNIT})\s*[)\]】]$")
_AT_END = re.compile(rf"^(.+?)(?:[\s_/:-]|(?<=[\u4e00-\u9fff]))({'|'.join(GRAMS)})$")
_SIGNS = re.compile(r"[\s_\-.:*#'\"]+")


@dataclass(frozen=True)
class Names:
    """The names one canonical table goes by; all keys are those of `name_key`.

    `columns` and `maybe` are name → (column, rank), the likeliest name of a column ranking 0;
    canonical names rank before all. `sides` are what came in and what went out. `telling`,
    `against`, `some_of` and `instead_of` are explained in synonyms.toml.
    """

    columns: Mapping[str, tuple[str, int]]
    maybe: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    telling: frozenset[str] = frozenset()
    against: frozenset[str] = frozenset()
    some_of: tuple[str, ...] = ()
    instead_of: str = ""


def name_key(name: str) -> str:
    """What names of columns are compared by: no case, blanks, underscores, hyphens or stars."""
    return _SIGNS.sub("", header_key(name))


def split_unit(header: str) -> tuple[str, str]:
    """A header's name and its unit: `重量(kg)` is 重量 in kg. A header without one gives ""."""
    plain = header_key(header)
    found = _IN_BRACKETS.match(plain) or _AT_END.match(plain)
    return (found[1], found[2]) if found else (plain, "")


@cache
def names_of(table: str) -> Names:
    """The names of a canonical table and its columns."""
    raw = _synonyms().get(table, {})
    columns: dict[str, tuple[str, int]] = {}
    for column in TABLES[table].columns:
        for name in (column.name, column.zh):
            columns.setdefault(name_key(split_unit(name)[0]), (column.name, -1))
    for name, found in _ranked(raw.get("columns", {})).items():
        columns.setdefault(name, found)
    return Names(
        columns,
        _ranked(raw.get("maybe", {})),
        {side: tuple(map(name_key, names)) for side, names in raw.get("sides", {}).items()},
        frozenset(map(name_key, raw.get("telling", ()))),
        frozenset(map(name_key, raw.get("against", ()))),
        tuple(raw.get("some_of", ())),
        raw.get("instead_of", ""),
    )


@cache
def known_names() -> frozenset[str]:
    """Keys of headers that mark a header row: every name of every table's columns."""
    found: set[str] = set()
    for raw in (_synonyms()[table] for table in TABLES if table in _synonyms()):
        for part in ("columns", "maybe", "sides"):
            for names in raw.get(part, {}).values():
                found.update(map(header_key, names))
    for table in TABLES.values():
        found.update(header_key(name) for c in table.columns for name in (c.name, c.zh))
    return frozenset(found)


@cache
def vocabulary(table: str, column: str) -> Mapping[str, str]:
    """Word key → canonical word, for a column whose values are a closed list; {} for others."""
    raw = _vocabulary().get(table, {}).get(column, {})
    return {word_key(w): meaning for meaning, ws in raw.get("words", {}).items() for w in ws}


def usual_word(table: str, column: str, meaning: str) -> str:
    """The first of the usual words that stand for a canonical word."""
    words = _vocabulary().get(table, {}).get(column, {}).get("words", {})
    return str(next(iter(words.get(meaning, ())), ""))


@cache
def unread_words(table: str, column: str) -> frozenset[str]:
    """Keys of words that stand in such a column and are known to give no value for it."""
    raw = _vocabulary().get(table, {}).get(column, {})
    return frozenset(map(word_key, raw.get("unread", ())))


def meaning_of(table: str, column: str, word: str) -> str | None:
    """The canonical word that a usual word stands for, or None."""
    return vocabulary(table, column).get(word_key(word))


def _ranked(raw: Mapping[str, list[str]]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for column, names in raw.items():
        for rank, name in enumerate(names):
            found.setdefault(name_key(name), (column, rank))
    return found


@cache
def _synonyms() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text("utf-8"))


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))
