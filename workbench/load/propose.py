"""Propose what the columns of an unknown table mean, for a person to confirm."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from workbench.errors import BadInput
from workbench.language import LANGUAGES, words
from workbench.load.cells import word_key
from workbench.load.formats import DEFAULT_EMPTY, DEFAULT_TIMES, built_in, read_mapping
from workbench.load.headers import header_key
from workbench.load.rules import Cell, First
from workbench.tables import TABLES, Column

__all__ = ["Proposal", "propose_mapping", "write_mapping"]

# This share of the filled sample cells must look like the column's type.
_SHARE = 0.8


@dataclass(frozen=True)
class Proposal:
    """Where a canonical column may come from.

    `rule` is what a mapping file says (a header or a table); `sure` is False where a person must
    look, because no header names the column; `reasons` says why, by language.
    """

    column: str
    rule: Any
    sure: bool
    reasons: Mapping[str, str]


def propose_mapping(
    headers: Sequence[str], sample_rows: Sequence[Sequence[str]], table: str = "orders"
) -> list[Proposal]:
    """Proposals for the columns of `table`, in its order; a column without one is left out.

    A header is proposed when a known export, a list of usual names, or the canonical table itself
    calls the column so, and the sample's cells look like its type. Nothing is loaded by it: the
    result is for `write_mapping`, after a person has read it.
    """
    known = _names(table)
    taken: set[int] = set()
    found: dict[str, Proposal] = {}
    for column in TABLES[table].columns:
        for position, header in enumerate(headers):
            cells = [row[position] for row in sample_rows if position < len(row)]
            if position in taken or header_key(header) not in known.get(column.name, {}):
                continue
            if not _looks_like(column, cells):
                continue
            taken.add(position)
            origin = known[column.name][header_key(header)]
            found[column.name] = _named(column, header, origin, cells)
            break
    if table == "orders":
        found.update(_derived(found))
    return [found[c.name] for c in TABLES[table].columns if c.name in found]


def write_mapping(
    path: Path,
    proposals: Sequence[Proposal],
    *,
    table: str = "orders",
    zone: str = "",
    currency: str = "",
) -> None:
    """Write a mapping file that `workbench load --mapping` reads.

    Raises BadInput when a required column has no rule; then no file is left.
    """
    lines = [f"table = {_toml(table)}"]
    lines += [f"zone = {_toml(zone)}"] if zone else []
    lines += [f"currency = {_toml(currency)}"] if currency else []
    lines += ["", "[columns]"]
    for proposal in proposals:
        lines.append(f"# {proposal.reasons['en']}")
        lines.append(f"{proposal.column} = {_toml(proposal.rule)}")
    waiting = path.with_name(f".{path.name}.new")
    waiting.write_text("\n".join(lines) + "\n", "utf-8")
    try:
        read_mapping(waiting)
    except BadInput:
        waiting.unlink()
        raise
    waiting.replace(path)


def _named(column: Column, header: str, origin: str, cells: Sequence[str]) -> Proposal:
    reasons: dict[str, str] = {}
    for language in LANGUAGES:
        say = words("load", language)
        reasons[language] = say(
            "the header {header} is what {origin} calls it",
            header=header.strip(),
            origin=say("the canonical table")
            if origin == "canonical"
            else say("a usual table of orders")
            if origin == "usual"
            else origin,
        )
    rule: Any = header.strip()
    sure = True
    if column.name == "status":
        meant = {word: _meaning(word) for word in dict.fromkeys(c.strip() for c in cells) if word}
        rule = {"header": rule, "words": {w: m for w, m in meant.items() if m is not None}}
        sure = all(meant.values())
    return Proposal(column.name, rule, sure, reasons)


def _derived(found: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """Proposals for required columns that no header names."""
    amount_told: dict[str, str] = {}
    status_told: dict[str, str] = {}
    for language in LANGUAGES:
        say = words("load", language)
        amount_told[language] = say("no header names it: quantity times unit price")
        status_told[language] = say("no header names it: every order taken as completed")
    derived = {}
    if "paid_amount" not in found and {"quantity", "unit_price"} <= set(found):
        rule = {"product": [found["quantity"].rule, found["unit_price"].rule]}
        derived["paid_amount"] = Proposal("paid_amount", rule, False, amount_told)
    if "status" not in found:
        derived["status"] = Proposal("status", {"constant": "completed"}, False, status_told)
    return derived


@cache
def _names(table: str) -> Mapping[str, Mapping[str, str]]:
    """Canonical column → header key → who calls it so."""
    names: dict[str, dict[str, str]] = {column.name: {} for column in TABLES[table].columns}
    for column in TABLES[table].columns:
        for name in (column.name, column.zh, column.en):
            names[column.name][header_key(name)] = "canonical"
    for form in built_in():
        if form.table == table and form.platform:
            for column_name, rule in form.columns.items():
                for header in _plain_headers(rule):
                    names[column_name].setdefault(header_key(header), form.title["en"])
    for column_name, usual in _synonyms().get(table, {}).items():
        for name in usual:
            names[column_name].setdefault(header_key(name), "usual")
    return names


def _plain_headers(rule: Any) -> Iterator[str]:
    if isinstance(rule, Cell) and not rule.pattern and not rule.when:
        yield rule.header
    elif isinstance(rule, First):
        for inner in rule.rules:
            yield from _plain_headers(inner)


@cache
def _synonyms() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text("utf-8"))


def _meaning(word: str) -> str | None:
    """The canonical status that a platform's word or a usual word stands for."""
    for form in built_in():
        rule = form.columns.get("status")
        if isinstance(rule, Cell):
            for known, meaning in rule.words:
                if word_key(known) == word_key(word):
                    return meaning
    for meaning, usual in _synonyms()["status"].items():
        if word_key(word) in map(word_key, usual):
            return str(meaning)
    return None


def _looks_like(column: Column, cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip() and cell.strip() not in DEFAULT_EMPTY]
    if not filled:
        return True
    if column.type == "text":
        return not column.required or len(filled) >= _SHARE * len(cells)
    test = _is_time if column.type in ("time", "date") else _is_amount
    return sum(map(test, filled)) >= _SHARE * len(filled)


def _is_time(cell: str) -> bool:
    for form in DEFAULT_TIMES:
        try:
            datetime.strptime(cell, form)
        except ValueError:
            continue
        return True
    return False


def _is_amount(cell: str) -> bool:
    try:
        Decimal(cell.strip("¥￥$€£元 ").replace(",", ""))
    except InvalidOperation:
        return False
    return True


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml(str(k))} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
