"""Read JSON in a stream: one document, or one JSON value a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import ijson

from workbench.errors import BadInput

__all__ = [
    "Doubled",
    "Number",
    "Shape",
    "is_json_lines",
    "json_lines",
    "json_shape",
    "json_units",
    "looks_like_json",
]

# No export nests deeper; a bomb of brackets does.
_DEEPEST = 60
# What one record may hold, since it is kept in memory as a whole.
_MOST_EVENTS = 500_000
_MOST_TEXT = 64 << 20
_LINE = 64 << 20
# The parser reads a text anew with every piece it spans: small pieces make long texts slow.
_PIECE = 8 << 20
_DEEP = "it is nested deeper than any export"


class Doubled(ValueError):
    """An object says the same name twice, so that nobody knows which value is meant."""


@dataclass
class Shape:
    """What a pass over a document tells.

    `root` are the values that lie in no list, by dotted path; `lists` counts the objects in each
    list of objects by its path ("data[]", "[]" for a document that is a list).
    """

    root: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)


def looks_like_json(head: str) -> bool:
    """Whether a text begins as JSON with objects in it does."""
    text = head.removeprefix("\ufeff").lstrip()
    if text.startswith("{"):
        return text[1:].lstrip()[:1] in ('"', "}", "")
    return text.startswith("[") and text[1:].lstrip()[:1] in ("{", "[", "]", "")


def json_lines(file: BinaryIO) -> Iterator[tuple[int, str, Any]]:
    """Line number, the line, and its value; the value is a ValueError where a line is no JSON.

    Numbers come as they are written. Blank lines are left out.
    """
    number = 0
    while line := file.readline(_LINE):
        number += 1
        if len(line) >= _LINE:
            raise BadInput("A line of the file is longer than any record", f"line {number}")
        text = line.decode("utf-8").strip()
        if not text:
            continue
        try:
            yield number, text, _value(text)
        except RecursionError:
            yield number, text, ValueError(_DEEP)
        except ValueError as error:
            yield number, text, error


def is_json_lines(first: bytes, second: bytes) -> bool:
    """Whether the first line that is not blank is an object by itself, and another line follows."""
    try:
        return bool(second.strip()) and isinstance(_value(first.decode("utf-8")), dict)
    except (ValueError, RecursionError):
        return False


def _value(text: str) -> Any:
    return json.loads(
        text,
        parse_int=Number,
        parse_float=Number,
        parse_constant=Number,
        object_pairs_hook=_object,
    )


class Number(str):
    """A number as it is written."""

    __slots__ = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Doubled("an object says the same name twice")
    return found


def json_shape(file: BinaryIO, where: str) -> Shape:
    """The shape of a document; raises BadInput when it is damaged or no export's."""
    shape = Shape()
    # Of each object or list that is open: the name under way, or "[]".
    path: list[str] = []
    names: list[set[str]] = []
    size = _Size(where)
    for event, value in _events(file, where):
        size.add(event, value, path)
        if event == "map_key":
            if value in names[-1]:
                raise _doubled(value, where)
            names[-1].add(value)
            path[-1] = value
        elif event == "start_map":
            if path and path[-1] == "[]":
                _count(shape, path)
            path.append("")
            names.append(set())
        elif event == "start_array":
            path.append("[]")
        elif event == "end_map":
            path.pop()
            names.pop()
        elif event == "end_array":
            path.pop()
        elif "[]" not in path:
            shape.root[".".join(path)] = value
    return shape


@dataclass
class _Size:
    """Holds a document to what an export may be: not too deep, no record too large for memory."""

    where: str
    events: int = 0
    text: int = 0

    def add(self, event: str, value: Any, path: list[str]) -> None:
        if event == "start_map" and "[]" in path and path.index("[]") == len(path) - 1:
            self.events = self.text = 0
        self.events += 1
        self.text += len(value) if isinstance(value, str) else 8
        if self.events > _MOST_EVENTS or self.text > _MOST_TEXT:
            raise BadInput("One record of the file is larger than any export's", self.where)
        if len(path) > _DEEPEST:
            raise BadInput(f"The JSON cannot be read: {_DEEP}", self.where)


def json_units(file: BinaryIO, prefix: str, where: str) -> Iterator[Any]:
    """The items of a document's outermost list, at a dotted path ("": it is the document)."""
    try:
        yield from ijson.items(file, f"{prefix}.item" if prefix else "item", buf_size=_PIECE)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        raise _damaged(error, where) from None


def _events(file: BinaryIO, where: str) -> Iterator[tuple[str, Any]]:
    try:
        yield from ijson.basic_parse(file, buf_size=_PIECE)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        raise _damaged(error, where) from None


def _doubled(name: str, where: str) -> BadInput:
    return BadInput(
        f"An object of the file says {name[:60]!r} twice: which value is meant?",
        where,
        "Export it again",
    )


def _count(shape: Shape, path: list[str]) -> None:
    told = ""
    for step in path:
        told += "[]" if step == "[]" else f".{step}" if told else step
    if len(shape.lists) < 1_000 or told in shape.lists:
        shape.lists[told] = shape.lists.get(told, 0) + 1


def _damaged(error: Exception, where: str) -> BadInput:
    told = str(error).splitlines()[0][:200] if str(error) else "damaged"
    return BadInput(
        f"The JSON cannot be read: {told}",
        where,
        "The download was cut off or damaged: download it again",
    )
