"""Propose what the columns of an unknown table mean, for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

from workbench.load.cells import word_key
from workbench.load.derive import derived_rules
from workbench.load.format_faults import ENUMS
from workbench.load.formats import built_in
from workbench.load.looks import ENOUGH, filled_cells, looks_like, matching
from workbench.load.names import (
    GRAMS,
    meaning_of,
    name_key,
    names_of,
    split_unit,
    unread_words,
)
from workbench.load.proposal import Proposal
from workbench.load.reasons import in_words, named, shaped
from workbench.load.rules import Cell, First
from workbench.tables import TABLES, Column

__all__ = ["propose_mapping"]


def propose_mapping(
    headers: Sequence[str],
    sample_rows: Sequence[Sequence[str]],
    table: str = "orders",
    *,
    guesses: bool = True,
) -> list[Proposal]:
    """Proposals for the columns of `table`, in its order; a column without one is left out.

    A header is proposed when the canonical table itself or a list of usual names calls the column
    so, or a known export does, and the sample's cells look like its type. With `guesses` a
    column that no header names is also proposed where the cells of one single header have its
    shape, and where a name may mean it; such a proposal is not `sure`. Nothing is loaded by it: the
    result is for `write_mapping`, after a person has read it.
    """
    search = _Search(table, tuple(headers), tuple(sample_rows))
    search.by_names()
    if guesses:
        search.by_exports()
        search.by_doubtful_names()
        search.by_shapes()
    derived = derived_rules(table, search.found, headers, search.cells, guesses=guesses)
    found = search.found | {p.column: p for p in derived}
    return [found[c.name] for c in TABLES[table].columns if c.name in found]


@dataclass
class _Search:
    """The proposals found so far, and which headers they take."""

    table: str
    headers: tuple[str, ...]
    rows: tuple[Sequence[str], ...]
    found: dict[str, Proposal] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def cells(self, position: int) -> list[str]:
        return [row[position] for row in self.rows if position < len(row)]

    def by_names(self) -> None:
        """The canonical names and the usual ones, the likeliest name of a column first."""
        self._named(names_of(self.table).columns, sure=True)

    def by_doubtful_names(self) -> None:
        """Names that may mean a column."""
        self._named(names_of(self.table).maybe, sure=False)

    def by_exports(self) -> None:
        """The names that platforms' exports give."""
        for column in TABLES[self.table].columns:
            known = _export_names(self.table).get(column.name, {})
            for position, header in enumerate(self.headers):
                origin = known.get(name_key(header))
                if origin and self._take(column, position, origin, sure=True):
                    break

    def by_shapes(self) -> None:
        """Columns whose values have a shape, or words, that the cells of one header alone have."""
        for column in TABLES[self.table].columns:
            if column.name in self.found or not self._asked_for(column):
                continue
            fitting = []
            for position in set(range(len(self.headers))) - self.taken:
                seen = self._shape(column, self.cells(position))
                if seen and seen[1] and seen[0] >= ENOUGH * seen[1]:
                    fitting.append((position, seen))
            if len(fitting) == 1:
                [(position, seen)] = fitting
                self.taken.add(position)
                reasons = in_words(partial(shaped, column=column, count=seen[0], filled=seen[1]))
                rule, _ = self._rule(column, position, self.cells(position)) or ("", False)
                self.found[column.name] = Proposal(column.name, rule, False, reasons)

    def _shape(self, column: Column, cells: Sequence[str]) -> tuple[int, int] | None:
        if (self.table, column.name) not in ENUMS:
            return matching(column, cells)
        filled = filled_cells(cells)
        known = sum(_meaning(self.table, column.name, cell) is not None for cell in filled)
        return known, len(filled)

    def _asked_for(self, column: Column) -> bool:
        return column.required or column.type == "text"

    def _named(self, names: Mapping[str, tuple[str, int]], *, sure: bool) -> None:
        for column in TABLES[self.table].columns:
            ranked = []
            for position, header in enumerate(self.headers):
                name, rank = names.get(_name(header), ("", 0))
                if name == column.name:
                    ranked.append((rank, position))
            for rank, position in sorted(ranked):
                origin = "canonical" if rank < 0 else "usual"
                if self._take(column, position, origin, sure=sure):
                    break

    def _take(self, column: Column, position: int, origin: str, *, sure: bool) -> bool:
        """Propose a header for a column, if both are free and its cells look like it."""
        cells = self.cells(position)
        if column.name in self.found or position in self.taken or not _fits(column, cells):
            return False
        made = self._rule(column, position, cells)
        if made is None:
            return False
        rule, known = made
        header = self.headers[position].strip()
        seen = looks_like(column, cells)
        reasons = in_words(lambda say: named(say, column, header, origin, seen, sure=sure))
        self.taken.add(position)
        self.found[column.name] = Proposal(column.name, rule, sure and known, reasons)
        return True

    def _rule(self, column: Column, position: int, cells: Sequence[str]) -> tuple[Any, bool] | None:
        """The rule for a column under a header, and whether all its words are known."""
        header = self.headers[position].strip()
        if (self.table, column.name) in ENUMS:
            meant = {w: _meaning(self.table, column.name, w) for w in filled_cells(cells)}
            rule = {"header": header, "words": {w: m for w, m in meant.items() if m is not None}}
            if not column.required:
                return ({**rule, "lenient": True}, True) if rule["words"] else None
            return rule, all(meant.values())
        if column.name.endswith("_g"):
            unit = split_unit(header)[1] or (
                "g" if name_key(header) == name_key(column.name) else ""
            )
            if unit not in GRAMS:
                return None
            return ({"header": header, "scale": 1000} if GRAMS[unit] > 1 else header), True
        return header, True


def _name(header: str) -> str:
    return name_key(split_unit(header)[0])


def _fits(column: Column, cells: Sequence[str]) -> bool:
    # A weight in kilograms has decimals, though the column counts whole grams.
    typed = replace(column, type="number") if column.name.endswith("_g") else column
    seen, filled = looks_like(typed, cells)
    if column.type == "text":
        graded = {word_key(cell) for cell in filled_cells(cells)}
        if graded and graded <= unread_words("reviews", "rating"):
            return False
        return not filled or not column.required or filled >= ENOUGH * len(cells)
    return seen >= ENOUGH * filled


@cache
def _export_names(table: str) -> Mapping[str, Mapping[str, str]]:
    """Canonical column → name key → the export that calls it so."""
    names: dict[str, dict[str, str]] = {}
    for form in built_in():
        if form.table == table and form.platform:
            for column, rule in form.columns.items():
                for header in _plain_headers(rule):
                    names.setdefault(column, {}).setdefault(name_key(header), form.title["en"])
    return names


def _plain_headers(rule: Any) -> Iterator[str]:
    if isinstance(rule, Cell) and not rule.pattern and not rule.when and rule.scale == 1:
        yield rule.header
    elif isinstance(rule, First):
        for inner in rule.rules:
            yield from _plain_headers(inner)


def _meaning(table: str, column: str, word: str) -> str | None:
    """The canonical word that a usual word or a platform's word stands for."""
    known = meaning_of(table, column, word)
    return known if known is not None else _export_words(table, column).get(word_key(word))


@cache
def _export_words(table: str, column: str) -> Mapping[str, str]:
    """The words of the exports; one that two of them take differently is left to a person."""
    meant: dict[str, set[str]] = {}
    for form in built_in():
        rules = form.columns.get(column) if form.table == table else None
        for rule in rules.rules if isinstance(rules, First) else (rules,):
            if isinstance(rule, Cell):
                for word, meaning in rule.words:
                    meant.setdefault(word_key(word), set()).add(meaning)
    return {word: next(iter(found)) for word, found in meant.items() if len(found) == 1}
