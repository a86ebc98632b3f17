"""What a person chose for the columns of an unknown table, as the rules of a mapping file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.errors import BadInput, Problem
from workbench.language import LANGUAGES, Say, words
from workbench.load import Proposal, TableTop, propose_mapping, write_mapping
from workbench.load.format_faults import ENUMS
from workbench.load.names import GRAMS, split_unit
from workbench.load.time_settings import time_settings
from workbench.tables import TABLES

__all__ = ["Choice", "closed_words", "header_of", "proposed", "rules", "write_choice"]


@dataclass
class Choice:
    """What the columns of a file mean.

    `columns` is header → canonical column; `words` is (header, word) → the word of the canonical
    column's closed list; `taken` are canonical columns whose derived rule (a constant, a
    product) a person has accepted. `time` is a strptime format, "" for the usual ones; `dates` says
    which number of a short date is the day, "" where the column itself tells.
    """

    table: str = "orders"
    columns: dict[str, str] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    zone: str = ""
    currency: str = ""
    time: str = ""
    dates: str = ""

    @property
    def claimed(self) -> dict[str, list[str]]:
        """Canonical column → the headers that are said to be it."""
        found: dict[str, list[str]] = {}
        for header, name in self.columns.items():
            found.setdefault(name, []).append(header)
        return found


def header_of(proposal: Proposal) -> str | None:
    """The header that a proposal reads, or None for a derived one."""
    return proposal.header


def proposed(top: TableTop, table: str) -> list[Proposal]:
    """What the loader proposes for the columns of `table`."""
    return propose_mapping(top.headers, top.rows, table)


def closed_words(table: str, column: str) -> tuple[str, ...]:
    """The words a canonical column is limited to; () for a column of free values."""
    return ENUMS.get((table, column), ())


def rules(choice: Choice, top: TableTop, proposals: Sequence[Proposal], say: Say) -> list[Proposal]:
    """The choice as rules, in the table's order; raises BadInput where two headers claim one."""
    by_header = {header_of(p): p for p in proposals}
    derived = {p.column: p for p in proposals if header_of(p) is None}
    claimed = choice.claimed
    problems = [
        Problem(say("{headers}: only one can be {column}", headers=", ".join(headers), column=name))
        for name, headers in claimed.items()
        if len(headers) > 1
    ]
    if problems:
        raise BadInput.many(problems)
    found = []
    for column in TABLES[choice.table].columns:
        if column.name in claimed:
            (header,) = claimed[column.name]
            found.append(_rule(column.name, header, choice, top, by_header.get(header)))
        elif column.name in derived and column.name in choice.taken:
            found.append(derived[column.name])
    return found


def write_choice(
    path: Path, choice: Choice, top: TableTop, proposals: Sequence[Proposal], say: Say
) -> None:
    """Write the mapping file; raises BadInput with everything that is missing, and leaves none."""
    found = rules(choice, top, proposals, say)
    given = {rule.column for rule in found}
    required = TABLES[choice.table].required
    problems = [
        Problem(say("No header is {column} yet", column=name))
        for name in required
        if name not in given
    ]
    if problems:
        raise BadInput.many(problems)
    times = time_settings(choice.table, found, top.headers, top.rows)
    if choice.time.strip():
        times = {"times": [choice.time.strip()]}
    if choice.dates:
        times |= {"dates": choice.dates}
    write_mapping(
        path,
        found,
        table=choice.table,
        zone=choice.zone.strip(),
        currency=choice.currency.strip(),
        headers=top.headers,
        **times,
    )


def _rule(
    column: str, header: str, choice: Choice, top: TableTop, proposal: Proposal | None
) -> Proposal:
    same = proposal is not None and proposal.column == column
    rule: Any = proposal.rule if proposal is not None and same else header
    closed = closed_words(choice.table, column)
    if closed:
        meant = {w: choice.words.get((header, w), "") for w in dict.fromkeys(top.cells(header))}
        rule = {"header": header, "words": {w: m for w, m in meant.items() if m in closed}}
        if not TABLES[choice.table].column(column).required:
            rule["lenient"] = True
    elif not same and column.endswith("_g") and GRAMS.get(split_unit(header)[1], 1) > 1:
        rule = {"header": header, "scale": GRAMS[split_unit(header)[1]]}
    if proposal is not None and same:
        return Proposal(column, rule, True, proposal.reasons)
    return Proposal(column, rule, True, _by_hand())


def _by_hand() -> Mapping[str, str]:
    told: dict[str, str] = {}
    for language in LANGUAGES:
        say = words("widgets", language)
        told[language] = say("chosen by hand")
    return told
