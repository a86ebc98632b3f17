"""The records of a JSON file as rows of text cells, under headers that are dotted paths."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa

from workbench.errors import BadInput
from workbench.load.decode import OpenBytes
from workbench.load.json_units import (
    Number,
    Shape,
    is_json_lines,
    json_lines,
    json_shape,
    json_units,
)
from workbench.load.text_rows import Misshapen
from workbench.load.wide_text import as_utf8

__all__ = ["JsonFile", "JsonRows"]

_SAMPLE = 200
_COLUMNS = 2_000
_CELLS = 1_000_000
_RAW = 100_000

# Row, its cells by header; or what is no record, as text.
Record = tuple[int, dict[str, str] | Misshapen]


@dataclass
class JsonFile:
    """A JSON document, or a file with one JSON value a line.

    A list of records is named by its path, with [] after each list: "data[]" of a document, "[]" of
    one that is a list, "" of lines that are records themselves.
    """

    open_bytes: OpenBytes
    encoding: str
    where: str
    lines: bool = False
    shape: Shape = field(default_factory=Shape)

    def __post_init__(self) -> None:
        with self.open() as file:
            head = (line for line in iter(lambda: file.readline(1 << 24), b"") if line.strip())
            first, second = next(head, b""), next(head, b"")
        self.lines = is_json_lines(first, second)
        if not self.lines:
            with self.open() as file:
                self.shape = json_shape(file, self.where)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file as UTF-8."""
        with self.open_bytes() as file:
            if self.encoding == "utf-8":
                yield file
                return
            with as_utf8(file, self.encoding, self.where) as narrow:
                yield narrow

    def paths(self) -> list[str]:
        """Paths of the lists of records, the least nested first."""
        found = dict.fromkeys(self.shape.lists)
        if self.lines:
            found[""] = None
            for _, _, value in self._sample():
                found.update(dict.fromkeys(_lists(value, "")))
        return sorted(found, key=lambda path: (path.count("[]"), path.count("."), path))

    def headers(self, path: str, *, all_rows: bool = False) -> list[str]:
        """The headers of the records at a path: of the first of them, or of all."""
        found: dict[str, None] = {}
        for _, record in islice(self.records(path), None if all_rows else _SAMPLE):
            if not isinstance(record, Misshapen):
                found.update(dict.fromkeys(record))
                if len(found) > _COLUMNS:
                    raise BadInput(
                        "The records of the file have too many different names", self.where
                    )
        return list(found)

    def records(self, path: str) -> Iterator[Record]:
        """Every record at a path, and what lies there but is none."""
        if self.lines and not path:
            for number, text, value in self._lines():
                yield number, _own(value) if isinstance(value, dict) else _no_record(number, text)
            return
        number = 0
        for text, value, steps, base, around in self._units(path):
            before = number
            for cells in _within(value, steps, base, around):
                number += 1
                if not isinstance(cells, dict):
                    yield number, _no_record(number, cells or text)
                else:
                    yield number, cells
            if number == before:
                number += 1
                raw = text if self.lines else _dumped(value)
                yield number, _no_record(number, raw, "no_records")

    def _units(self, path: str) -> Iterator[tuple[str, Any, list[str], str, dict[str, str]]]:
        """What is held in memory at once: a line, or an item of the document's outermost list."""
        steps = path.split("[]")[:-1]
        steps = [step.removeprefix(".") for step in steps]
        if self.lines:
            for _, text, value in self._lines():
                yield text, value, steps, "", {}
            return
        around = {name: _text(value) for name, value in self.shape.root.items()}
        with self.open() as file:
            for value in json_units(file, steps[0], self.where):
                yield "", value, steps[1:], steps[0], around

    def _lines(self) -> Iterator[tuple[int, str, Any]]:
        with self.open() as file:
            yield from json_lines(file)

    def _sample(self) -> Iterator[tuple[int, str, Any]]:
        return islice(self._lines(), _SAMPLE)


@dataclass
class JsonRows:
    """The records at a path, as rows; what is no record is misshapen."""

    file: JsonFile
    path: str
    headers: tuple[str, ...]
    misshapen: list[Misshapen] = field(default_factory=list)

    def tables(self) -> Iterator[pa.Table]:
        """The rows, in order."""
        most = max(1, min(50_000, _CELLS // max(1, len(self.headers))))
        records = self.file.records(self.path)
        while group := list(islice(records, most)):
            self.misshapen += [cells for _, cells in group if isinstance(cells, Misshapen)]
            rows = [(number, cells) for number, cells in group if isinstance(cells, dict)]
            columns = {
                f"c{i}": pa.array([cells.get(header, "") for _, cells in rows], pa.string())
                for i, header in enumerate(self.headers)
            }
            numbers = pa.array([number for number, _ in rows], pa.int64())
            yield pa.table({**columns, "source_row": numbers})


def _within(
    value: Any, steps: list[str], base: str, around: Mapping[str, str]
) -> Iterator[dict[str, str] | str]:
    """The records inside a value, each with the cells of what it lies in."""
    if not isinstance(value, dict):
        yield "" if isinstance(value, ValueError) else _dumped(value)
        return
    if not steps:
        yield {**around, **_own(value)}
        return
    place = steps[0]
    inner: Any = value
    for name in place.split("."):
        inner = inner.get(name) if isinstance(inner, dict) else None
    if inner is None or inner == []:
        return
    if not isinstance(inner, list):
        yield _dumped(inner)
        return
    outer = {**around, **{_join(base, name): text for name, text in _flat(value, "")}}
    outer.pop(_join(base, place), None)
    for item in inner:
        yield from _within(item, steps[1:], _join(base, place), outer)


def _own(record: Mapping[str, Any]) -> dict[str, str]:
    return dict(_flat(record, "", lists=True))


def _flat(value: Mapping[str, Any], base: str, *, lists: bool = False) -> Iterator[tuple[str, str]]:
    """The cells of an object; a list is one cell of JSON, or left out."""
    for name, inner in value.items():
        path = _join(base, _text(name))
        if isinstance(inner, dict):
            yield from _flat(inner, path, lists=lists)
        elif isinstance(inner, list):
            if lists:
                yield path, _dumped(inner) if inner else ""
        else:
            yield path, _text(inner)


def _join(base: str, name: str) -> str:
    return f"{base}.{name}" if base else name


def _lists(value: Any, base: str) -> Iterator[str]:
    """Paths of the lists of objects inside a line's value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lists(inner, _join(base, name))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield f"{base}[]"
        for item in value:
            yield from _lists(item, f"{base}[]")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    text = _plain(value) if isinstance(value, Decimal | Number) else str(value)
    # Half of a pair that makes one character cannot be written; it is shown as it was escaped.
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _plain(number: Decimal | Number) -> str:
    """A number without an exponent where that is not absurd."""
    text = str(number)
    if "e" not in text.lower():
        return text
    exact = Decimal(text)
    return f"{exact:f}" if exact.is_finite() and abs(exact.adjusted()) < 30 else text


def _dumped(value: Any) -> str:
    return _text(json.dumps(value, ensure_ascii=False, default=str))


def _no_record(row: int, text: str, reason: str = "misshapen") -> Misshapen:
    return Misshapen(row, 0, _text(text)[:_RAW], reason)
