"""Recognise a table of no known format by what its columns are usually called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from workbench.language import LANGUAGES, Say, words
from workbench.load.format_faults import ENUMS
from workbench.load.formats import Format, parse_format
from workbench.load.looks import filled_cells, looks_like
from workbench.load.names import name_key, names_of, split_unit, vocabulary
from workbench.load.proposal import Proposal
from workbench.load.propose import propose_mapping
from workbench.load.reasons import in_words
from workbench.load.remarks import remarks
from workbench.load.time_settings import time_settings
from workbench.load.write_mapping import mapping_text
from workbench.tables import TABLES

__all__ = ["ByNames", "Reading", "readings", "table_by_names", "told_lacks"]

# The best table must explain so many headers more than the next, whether that is whole or not.
_AHEAD = 2
_COLUMNS = 2
# So much of an unknown word is told.
_WORD = 40


@dataclass(frozen=True)
class Reading:
    """A file read as one table: how many of its headers that explains, and what stands against it.

    `lacks` says in words what is missing; a table without lacks can be loaded.
    """

    table: str
    proposals: tuple[Proposal, ...]
    score: int
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class ByNames:
    """The format made of a file's own headers, and "header → column" for each that is read."""

    form: Format
    keys: tuple[str, ...]


def readings(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Reading]:
    """The file read as every table, the one that explains most of it first."""
    found = [_reading(table, headers, rows) for table in TABLES]
    return sorted(found, key=lambda reading: -reading.score)


def table_by_names(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> ByNames | None:
    """The one table that the headers name, or None.

    All its required columns are named, the cells look like their types, every word of a closed
    list is known, and it is clearly ahead of every other table.
    """
    best, *others = readings(headers, rows)
    rivals = [other.score for other in others if not _gives_way(other, best)]
    if best.lacks or best.score < max(rivals) + _AHEAD:
        return None
    read = [p for p in best.proposals if p.sure]
    keys = tuple(f"{h} → {p.column}" for p in read for h in _headers_of(p, headers))
    return ByNames(_format(best.table, read, headers, rows), keys)


def _gives_way(wider: Reading, narrower: Reading) -> bool:
    """Whether a table with more columns is out of the question beside one with fewer."""
    given = {proposal.column for proposal in wider.proposals}
    missing = [name for name in TABLES[wider.table].required if name not in given]
    return names_of(narrower.table).instead_of == wider.table and len(missing) >= _AHEAD


def told_lacks(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """What keeps each of the nearest tables from being the one, in words."""
    found = [reading for reading in readings(headers, rows) if reading.score > 1]
    near = [reading for reading in found if reading.score > found[0].score - _AHEAD][:3]
    told = []
    for reading in near:
        why = "; ".join(reading.lacks) or "nothing, but another table is as near"
        told.append(f"{reading.table} ({reading.score} headers speak for it) lacks {why}")
    return told


def _reading(table: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Reading:
    names = names_of(table)
    keys = {name_key(split_unit(header)[0]) for header in headers if header.strip()}
    proposals = tuple(propose_mapping(headers, rows, table, guesses=False))
    explained = {header for p in proposals for header in _headers_of(p, headers)}
    score = len(explained) + len(keys & names.telling)
    lacks = [*_missing(table, proposals, headers, rows), *_unknown(table, proposals, rows, headers)]
    if names.some_of and not {p.column for p in proposals} & set(names.some_of):
        lacks.append(f"one of {', '.join(names.some_of)}")
    if len(proposals) < _COLUMNS:
        lacks.append(f"{_COLUMNS} known columns")
    if foreign := sorted(keys & names.against):
        lacks.append(f"nothing, but {', '.join(foreign)} belongs to another kind of table")
    return Reading(table, proposals, score, tuple(lacks))


def _missing(
    table: str,
    proposals: Sequence[Proposal],
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> list[str]:
    """Required columns that no header gives."""
    given, told = {p.column for p in proposals}, []
    for name in TABLES[table].required:
        if name in given:
            continue
        column, why = TABLES[table].column(name), ""
        for at, header in enumerate(headers):
            if names_of(table).columns.get(name_key(split_unit(header)[0]), ("",))[0] == name:
                seen, filled = looks_like(column, _cells(at, rows))
                why = f" ({header.strip()}: {seen} of {filled} cells are of type {column.type})"
        told.append(name + why)
    return told


def _unknown(
    table: str,
    proposals: Sequence[Proposal],
    rows: Sequence[Sequence[str]],
    headers: Sequence[str],
) -> list[str]:
    """Required columns with words that nobody has explained."""
    told = []
    for proposal in proposals:
        header = proposal.header
        if proposal.sure or header is None or not isinstance(proposal.rule, dict):
            continue
        at = [h.strip() for h in headers].index(header)
        known = proposal.rule.get("words", {})
        strange = dict.fromkeys(w for w in filled_cells(_cells(at, rows)) if w not in known)
        shown = ", ".join(word[:_WORD] for word in list(strange)[:5])
        told.append(f"the meaning of {len(strange)} words under {header}: {shown}")
    return told


def _format(
    table: str,
    read: Sequence[Proposal],
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Format:
    whole = [_with_all_words(table, proposal) for proposal in read]
    settings = time_settings(table, read, headers, rows)
    text = mapping_text(whole, table=table, **settings)
    form = parse_format(text.encode(), f"names_{table}", f"names_{table}")
    notes = remarks(headers, rows, table)
    for proposal in read:
        if isinstance(proposal.rule, dict) and proposal.rule.get("scale") == 1000:
            for language, line in in_words(partial(_kilograms, proposal.header)).items():
                notes.setdefault(language, []).append(line)
    return replace(
        form,
        title=_title(table),
        notes={language: tuple(lines) for language, lines in notes.items()},
    )


def _kilograms(header: str | None, say: Say) -> str:
    return say("{header} is in kilograms: loaded as whole grams.", header=header)


def _title(table: str) -> Mapping[str, str]:
    name = {"en": table, "zh": TABLES[table].about_zh.partition("：")[0]}
    titles: dict[str, str] = {}
    for language in LANGUAGES:
        say = words("load", language)
        titles[language] = say(
            "a list of {table}, by the usual names of its columns", table=name[language]
        )
    return titles


def _with_all_words(table: str, proposal: Proposal) -> Proposal:
    """The proposal with every word known for its column, not only those of the sample."""
    if (table, proposal.column) not in ENUMS or not isinstance(proposal.rule, dict):
        return proposal
    if "words" not in proposal.rule:
        return proposal
    known = {**vocabulary(table, proposal.column), **proposal.rule["words"]}
    return replace(proposal, rule={**proposal.rule, "words": known})


def _headers_of(proposal: Proposal, headers: Sequence[str]) -> list[str]:
    """The headers a rule reads its value from."""
    if proposal.header is not None:
        return [proposal.header]
    rules = proposal.rule if isinstance(proposal.rule, list) else [proposal.rule]
    named = [r["header"] for r in rules if isinstance(r, dict) and "header" in r]
    return [h for h in dict.fromkeys(named) if h in [header.strip() for header in headers]]


def _cells(at: int, rows: Sequence[Sequence[str]]) -> list[str]:
    return [row[at] for row in rows if at < len(row)]
