"""The fields of a notice (fields.toml): their types, their names, and values typed by a person."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from workbench.errors import BadInput
from workbench.language import words

__all__ = ["FIELDS", "Field", "from_json", "to_json", "typed", "value_text"]

Type = Literal["text", "texts", "moment", "day", "count", "number", "flag", "orders", "pairs"]
_FLAGS = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
_LIST_MARKS = str.maketrans("，；、;,|\n\t", " " * 8)


@dataclass(frozen=True)
class Field:
    """One field; see fields.toml for what its attributes mean."""

    name: str
    type: Type
    zh: str
    en: str
    several: str = "ask"
    needed: bool = False

    def title(self, language: str) -> str:
        """What a reader sees for it."""
        return self.zh if language == "zh" else self.en


def _read() -> Mapping[str, Field]:
    with Path(__file__).with_name("fields.toml").open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType({name: Field(name=name, **told) for name, told in raw.items()})


FIELDS: Mapping[str, Field] = _read()


def typed(name: str, text: str) -> Any:
    """The value of a field from what a person typed; "" or "-" says that the notice is silent.

    Moments are YYYY-MM-DD or YYYY-MM-DD HH:MM[:SS] in the shop's local time; an appeal deadline
    without an hour ends with its day. Lists are parted by ";" (measures) or any blank or mark
    (orders); pairs are GIVEN=ORDER. Raises BadInput for an unknown field and a value that is none.
    """
    if name not in FIELDS:
        raise BadInput(f"A notice has no field {name!r}", do=f"Give one of {', '.join(FIELDS)}")
    text = text.strip()
    kind = FIELDS[name].type
    if text in ("", "-"):
        return () if kind in ("texts", "orders", "pairs") else None
    try:
        value = _typed(kind, text)
    except (ValueError, InvalidOperation, KeyError):
        raise BadInput(
            f"This is no value of {name}: {text!r}", do=f"It takes {_HOW[kind]}"
        ) from None
    if name == "appeal_deadline" and len(text) <= len("2026-01-31"):
        return datetime.combine(value.date(), datetime.max.time()).replace(microsecond=0)
    return value


_HOW: Mapping[str, str] = {
    "text": "a text",
    "texts": "texts parted by ;",
    "moment": "YYYY-MM-DD or YYYY-MM-DD HH:MM",
    "day": "YYYY-MM-DD",
    "count": "a whole number from 0 on",
    "number": "a number from 0 on",
    "flag": "yes or no",
    "orders": "order numbers parted by blanks",
    "pairs": "GIVEN=ORDER, several parted by blanks",
}


def _typed(kind: Type, text: str) -> Any:
    if kind == "text":
        return text
    if kind == "texts":
        return tuple(one.strip() for one in text.replace("；", ";").split(";") if one.strip())
    if kind == "orders":
        return tuple(dict.fromkeys(text.translate(_LIST_MARKS).split()))
    if kind == "pairs":
        pairs = [one.partition("=") for one in text.translate(_LIST_MARKS).split()]
        if not all(given and mark and order for given, mark, order in pairs):
            raise ValueError
        return tuple((given, order) for given, _, order in pairs)
    if kind == "flag":
        return _FLAGS[text.casefold()]
    if kind in ("count", "number"):
        number = Decimal(text.replace(",", ""))
        if not number.is_finite() or number < 0 or (kind == "count" and number % 1):
            raise ValueError
        return int(number) if kind == "count" else number
    return date.fromisoformat(text) if kind == "day" else _moment(text)


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is not None:
        raise ValueError
    return at


def to_json(value: Any) -> Any:
    """A value as the record of the case holds it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    return value


def from_json(name: str, value: Any) -> Any:
    """A value as `to_json` wrote it; None for what cannot be read as the field's type."""
    kind = FIELDS[name].type
    lists = ("texts", "orders", "pairs")
    if value is None:
        return () if kind in lists else None
    try:
        if kind in lists:
            items = [tuple(map(str, one)) if kind == "pairs" else str(one) for one in value]
            return tuple(items)
        if kind == "flag":
            return bool(value)
        return _typed(kind, str(value))
    except (ValueError, InvalidOperation, TypeError):
        return None


def value_text(name: str, value: Any, language: str) -> str:
    """A value as a reader sees it; "" for none."""
    say = words("notice", language)
    if value is None or value == ():
        return ""
    if FIELDS[name].type == "flag":
        return say("yes") if value else say("no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}" if value.second else f"{value:%Y-%m-%d %H:%M}"
    if FIELDS[name].type == "pairs":
        return say("; ").join(f"{given} = {order}" for given, order in value)
    if FIELDS[name].type == "orders":
        return " ".join(value)
    if isinstance(value, tuple):
        return say("; ").join(value)
    return str(value)
