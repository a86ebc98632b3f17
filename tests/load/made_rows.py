"""Rows for a known export, made from the rules of the format that reads it.

What stands in a cell follows from what the format takes it for: a time, an amount, a count, a word
that it knows, or any text.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from tests.load.made import VARIANTS
from workbench.load.formats import Format, built_in
from workbench.load.headers import header_key
from workbench.load.rules import Cell, First, Product, Rule, Sum, value_headers
from workbench.tables import TABLES

EXPECTED: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("expected.toml").read_text("utf-8")
)
KINDS = ("orders", "refunds", "funds", "traffic")
# The stronger claim on a cell that several rules read.
_STRENGTH = ("text", "number", "money", "integer", "date", "time", "word")


def known_exports() -> list[tuple[str, str]]:
    """(platform, variant) of every export that has to be recognised."""
    return [
        (platform, variant)
        for platform, variants in VARIANTS.items()
        for variant, about in variants.items()
        if about["kind"] in KINDS
    ]


def headers_of(platform: str, variant: str) -> list[str]:
    """The headers of an export; a variant that is known in part only continues its `head`."""
    own: list[str] = VARIANTS[platform][variant]["headers"]
    head = EXPECTED.get(platform, {}).get(variant, {}).get("head")
    if not head:
        return own
    before: list[str] = VARIANTS[platform][head]["headers"]
    cut = before.index(own[0]) if own[0] in before else len(before)
    return before[:cut] + own


def format_of(platform: str, variant: str) -> Format:
    """The format that must read an export."""
    name = EXPECTED[platform][variant]["format"]
    return next(form for form in built_in() if form.name == name)


def key_headers(form: Format, headers: Sequence[str]) -> Iterator[list[str]]:
    """The fewest headers that an export can be told by and loaded from.

    One list for each header that can stand for the others: those the format always asks for, one
    of those it asks for one of, and those that the required columns come from.
    """
    there = {header_key(header): header for header in headers}
    needed = {*form.all_of}
    for column in TABLES[form.table].required:
        needed.update(value_headers(form.columns[column]))
    if form.fill:
        needed.add(form.fill_marker)
    base = {there[header_key(h)] for h in needed if header_key(h) in there}
    for one in form.any_of or (form.all_of[0],):
        if header_key(one) in there:
            some = base | {there[header_key(one)]}
            yield [header for header in headers if header in some]


def made_rows(form: Format, headers: Sequence[str], cells: Mapping[str, str]) -> list[list[str]]:
    """Two rows that can be used, and one of which no cell can be read."""
    kinds: dict[str, tuple[str, str]] = {}
    for column in TABLES[form.table].columns:
        if column.name in form.columns:
            for header, kind, word in _claims(form.columns[column.name], column.type):
                key = header_key(header)
                if _STRENGTH.index(kind) > _STRENGTH.index(kinds.get(key, ("text", ""))[0]):
                    kinds[key] = (kind, word)
    given = {header_key(header): cell for header, cell in cells.items()}
    rows = [
        [
            given.get(header_key(header))
            or _cell(form, *kinds.get(header_key(header), ("text", "")), at=10 * place + row)
            for place, header in enumerate(headers)
        ]
        for row in (1, 2)
    ]
    return [*rows, ["?"] * len(headers)]


def _claims(rule: Rule, kind: str) -> Iterator[tuple[str, str, str]]:
    """(header, what its cell is taken for, a word for it) of every cell that a rule reads whole."""
    if isinstance(rule, First):
        for inner in rule.rules:
            yield from _claims(inner, kind)
    elif isinstance(rule, Cell):
        if rule.words:
            yield rule.header, "word", rule.words[0][0]
        elif not rule.pattern:
            yield rule.header, kind, ""
    else:
        # The parts of a joined time are too different to be made: `cells` has to give them.
        number = isinstance(rule, Sum | Product)
        for header in value_headers(rule):
            yield header, "money" if number else "text", ""


def _cell(form: Format, kind: str, word: str, at: int) -> str:
    if kind == "word":
        return word
    if kind in ("time", "date"):
        # The 23rd: no month, so that the order of day and month shows.
        moment = dt.datetime(2026, 1, 23, 4, 5, 6, tzinfo=dt.UTC)
        return moment.strftime(form.times[0] if kind == "time" else "%Y-%m-%d")
    return {"money": "12.50", "integer": "2", "number": "4.5"}.get(kind, f"T{at}")


def write_export(path: Path, about: Mapping[str, Any], table: Sequence[Sequence[str]]) -> Path:
    """Write a table in the container of an export, its header on the row where it really stands.

    The name is no help: content decides.
    """
    preamble = [[f"line {row}"] for row in range(1, about.get("header_row", 1))]
    if "xls" in about["container"] and "csv" not in about["container"]:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Sheet1")
        for row in (*preamble, *table):
            sheet.append(list(row))
        book.save(path)
        return path
    delimiter = about.get("delimiter", ",")
    lines = [line[0] for line in preamble]
    lines += [delimiter.join(_quoted(cell, delimiter) for cell in row) for row in table]
    encoding = about["encoding"].split()[0]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def _quoted(cell: str, delimiter: str) -> str:
    if delimiter == "\t" or not any(sign in cell for sign in (delimiter, '"', "\n")):
        return cell
    return '"' + cell.replace('"', '""') + '"'
