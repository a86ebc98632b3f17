"""The formats that files are recognised by: one data file per platform export, and mappings."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from workbench.errors import BadInput, Problem
from workbench.load.format_faults import ENUMS, format_faults
from workbench.load.headers import header_key
from workbench.load.rules import Cell, Condition, Rule, read_condition, read_rule, rule_headers
from workbench.tables import TABLES

__all__ = [
    "DEFAULT_EMPTY",
    "DEFAULT_TIMES",
    "Format",
    "Join",
    "Skip",
    "built_in",
    "parse_format",
    "read_mapping",
]

_FOLDER = Path(__file__).with_name("formats")

# Placeholders that stand for "empty" in observed exports (reference, section 2).
DEFAULT_EMPTY = ("NULL", "null", "-", "--", "—", "/")
# As written by the platforms, and as spreadsheets re-save them; with an offset at the end last.
DEFAULT_TIMES = (
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S%z",
)


@dataclass(frozen=True)
class Join:
    """A second file whose row joins each row of the first: `on` is a header both have.

    `take` is "only" (more than one row per key is bad input) or "first".
    """

    file: str
    on: str
    take: str = "only"


@dataclass(frozen=True)
class Skip:
    """Rows that are none of the table's, such as totals: what they look like and why they go."""

    condition: Condition
    why: Mapping[str, str]


@dataclass(frozen=True)
class Format:
    """How one kind of file becomes rows of one canonical table.

    `columns` maps a canonical column to its rule. `all_of`, `any_of` and `none_of` are the headers
    it is recognised by. `zone` is the IANA zone of its times ("" = the case's own; a time that
    carries an offset is converted whatever it says). `fill` are the headers of cells that stand
    only on an order's first row, and `fill_marker` the one that is blank on its further rows.
    `per_order` are the canonical amounts of the whole order that the file repeats on its rows.
    `skip` are rows that are left out, `description_row` is the canonical column that holds no digit
    in a row right under the header which only describes the columns.
    `dates` is "fixed" when `times` say all, one of READINGS for dates of numbers in that order, or
    "auto" to decide for each column; `decimal` is point, comma or "auto" likewise.
    `records` is where the records lie in a file of JSON ("data[]"); None: wherever they are found.
    `digest` identifies the rules, so that a file is read anew after they changed.
    """

    name: str
    table: str
    columns: Mapping[str, Rule]
    title: Mapping[str, str] = field(default_factory=dict)
    platform: str = ""
    grain: str = ""
    zone: str = ""
    currency: str = ""
    quoting: str = "standard"
    empty: tuple[str, ...] = DEFAULT_EMPTY
    times: tuple[str, ...] = DEFAULT_TIMES
    dates: str = "auto"
    decimal: str = "auto"
    encodings: tuple[str, ...] = ()
    encoding_marks: tuple[tuple[str, str], ...] = ()
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    fill_marker: str = ""
    per_order: tuple[str, ...] = ()
    skip: tuple[Skip, ...] = ()
    description_row: str = ""
    joins: tuple[Join, ...] = ()
    records: str | None = None
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digest: str = ""

    def headers(self) -> set[str]:
        """Keys of every header that the format knows."""
        return self._keys

    @cached_property
    def _keys(self) -> set[str]:
        named = {*self.all_of, *self.any_of, *self.fill}
        named.update(skip.condition.header for skip in self.skip)
        for rule in self.columns.values():
            named.update(rule_headers(rule))
        return {header_key(header) for header in named}


@cache
def built_in() -> tuple[Format, ...]:
    """The formats that travel with the package, canonical tables last."""
    platforms = [_read(path) for path in sorted(_FOLDER.glob("*.toml"))]
    return (*platforms, *(_canonical(name) for name in TABLES))


def read_mapping(path: Path) -> Format:
    """The mapping file at `path`; raises BadInput with everything that is wrong with it."""
    try:
        return _read(path, shipped=False)
    except FileNotFoundError:
        raise BadInput("There is no such mapping file", str(path), "Check the path") from None
    except IsADirectoryError:
        raise BadInput("The mapping is a folder, not a file", str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"The mapping file is no TOML: {error}", path.name) from None


def _read(path: Path, *, shipped: bool = True) -> Format:
    return parse_format(path.read_bytes(), path.stem, path.name, shipped=shipped)


def parse_format(content: bytes, name: str, file: str, *, shipped: bool = False) -> Format:
    """The format that a TOML file holds; `name` is what it is called where it does not say.

    Of a format that is `shipped` its platform is known: what it does not say of dates and amounts
    is not left open.

    Raises BadInput with everything that is wrong with it, TOMLDecodeError where it is no TOML.
    """
    raw = tomllib.loads(content.decode("utf-8"))
    problems = [
        Problem(what, f"{file}{where}", "docs/load-your-data.md shows the language of mappings")
        for what, where in format_faults(raw)
    ]
    if problems:
        raise BadInput.many(problems)
    known = raw.get("recognise", {})
    fill = raw.get("fill", {})
    return Format(
        name=raw.get("name", name),
        table=raw["table"],
        columns={column: read_rule(rule) for column, rule in raw["columns"].items()},
        title=raw.get("title", {}),
        platform=raw.get("platform", ""),
        grain=raw.get("grain", ""),
        zone=raw.get("zone", ""),
        currency=raw.get("currency", ""),
        quoting=raw.get("quoting", "standard"),
        empty=(*DEFAULT_EMPTY, *raw.get("empty", ())),
        times=tuple(raw.get("times", DEFAULT_TIMES)),
        # A platform writes one way; of any other table nobody knows until its columns are read.
        dates=raw.get("dates", "fixed" if shipped or "times" in raw else "auto"),
        decimal=raw.get("decimal", "point" if shipped else "auto"),
        encodings=tuple(raw.get("encodings", ())),
        encoding_marks=tuple(raw.get("encoding_marks", {}).items()),
        all_of=tuple(known.get("all_of", ())),
        any_of=tuple(known.get("any_of", ())),
        none_of=tuple(known.get("none_of", ())),
        fill=tuple(fill.get("headers", ())),
        fill_marker=fill.get("marker", ""),
        per_order=tuple(raw.get("per_order", ())),
        skip=tuple(_skip(entry) for entry in raw.get("skip", ())),
        description_row=known.get("description_row", ""),
        joins=tuple(Join(**join) for join in raw.get("join", ())),
        records=raw.get("json", {}).get("records"),
        notes={language: tuple(lines) for language, lines in raw.get("notes", {}).items()},
        digest=hashlib.sha256(content).hexdigest(),
    )


def _skip(raw: Mapping[str, Any]) -> Skip:
    rest = {key: value for key, value in raw.items() if key != "why"}
    return Skip(read_condition(rest), raw["why"])


def _canonical(name: str) -> Format:
    table = TABLES[name]
    columns: dict[str, Rule] = {}
    for column in table.columns:
        words = ENUMS.get((name, column.name), ())
        # An unknown word in a column that may be empty costs the word, not the row.
        lenient = bool(words) and not column.required
        same = tuple((word, word) for word in words)
        columns[column.name] = Cell(column.name, words=same, lenient=lenient)
    return Format(
        name=f"canonical_{name}",
        table=name,
        columns=columns,
        title={"en": f"canonical table {name}", "zh": f"标准表 {name}"},
        all_of=table.required,
        digest=hashlib.sha256(repr(table).encode()).hexdigest(),
    )
