"""The kinds of event a case can hold, read once from `kinds.toml`, and what is wrong with a body.

A kind that is not listed cannot be written: what nobody reads again is no record.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workbench.errors import Problem

__all__ = ["KINDS", "Field", "Kind", "body_problems"]

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Field:
    """A field of a body: the name of its type, or the words it may be."""

    type: str
    words: tuple[str, ...]
    required: bool


@dataclass(frozen=True)
class Kind:
    """What an event of a kind records, what it can be of, and the fields of its body.

    `personal` are the fields that may name a person: a purge takes them out.
    """

    says: str
    subjects: tuple[str, ...]
    fields: Mapping[str, Field]
    personal: tuple[str, ...]


def body_problems(kind: str, subject_kind: str, body: Mapping[str, object]) -> list[Problem]:
    """Everything that is wrong with writing such an event; [] when nothing is."""
    known = KINDS.get(kind)
    if known is None:
        listed = ", ".join(KINDS)
        return [Problem(f"An event cannot be of the kind {kind!r}", do=f"One of {listed}")]
    problems = []
    if subject_kind not in known.subjects:
        listed = ", ".join(known.subjects)
        problems.append(Problem(f"A {kind} is of {listed}, not of {subject_kind!r}"))
    for name in body.keys() - known.fields.keys():
        problems.append(Problem(f"A {kind} has no field {name!r}"))
    for name, field in known.fields.items():
        if name not in body:
            if field.required:
                problems.append(Problem(f"A {kind} needs {name}", do=f"Say {name}"))
        elif not _fits(field, body[name]):
            problems.append(Problem(f"{name} of a {kind} must be {_expected(field)}"))
    return problems


def _fits(field: Field, value: object) -> bool:
    return value in field.words if field.words else _TYPES[field.type][1](value)


def _expected(field: Field) -> str:
    return f"one of {', '.join(field.words)}" if field.words else _TYPES[field.type][0]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _is_moment(value: object) -> bool:
    return _parses(value, datetime.fromisoformat)


def _is_day(value: object) -> bool:
    return _parses(value, date.fromisoformat)


def _parses(value: object, read: Callable[[str], object]) -> bool:
    try:
        return isinstance(value, str) and bool(read(value))
    except ValueError:
        return False


def _list_of(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(map(fits, value))


_TYPES: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "text": ("a text that is not empty", _is_text),
    "words": ("a text", lambda value: isinstance(value, str)),
    "flag": ("true or false", lambda value: isinstance(value, bool)),
    "count": ("a whole number, not below 0", _is_count),
    "number": ("a number", _is_number),
    "hash": ("64 hexadecimal digits", _is_hash),
    "hashes": ("a list of texts of 64 hexadecimal digits", _list_of(_is_hash)),
    "texts": ("a list of texts that are not empty", _list_of(_is_text)),
    "day": ("a day such as 2026-01-31", _is_day),
    "moment": ("a time such as 2026-01-31T09:00:00", _is_moment),
    "object": ("an object", lambda value: isinstance(value, dict)),
    "objects": ("a list of objects", _list_of(lambda value: isinstance(value, dict))),
}


def _field(written: str) -> Field:
    required = not written.rstrip().endswith("?")
    told = written.rstrip().removesuffix("?").strip()
    words = tuple(word.strip() for word in told.split("|"))
    if len(words) > 1:
        return Field("", words, required)
    if told not in _TYPES:
        raise ValueError(f"kinds.toml knows no type {told!r}")
    return Field(told, (), required)


def _kind(raw: Mapping[str, Any]) -> Kind:
    fields = {name: _field(written) for name, written in raw.get("body", {}).items()}
    personal = tuple(raw.get("personal", ()))
    if unknown := set(personal) - set(fields):
        raise ValueError(f"kinds.toml: no such field {', '.join(sorted(unknown))}")
    subjects = tuple(raw["subjects"])
    return Kind(raw["says"], subjects, MappingProxyType(fields), personal)


def _read() -> Mapping[str, Kind]:
    with Path(__file__).with_name("kinds.toml").open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType({name: _kind(entry) for name, entry in raw.items()})


KINDS: Mapping[str, Kind] = _read()
