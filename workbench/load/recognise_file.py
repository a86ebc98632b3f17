"""Open a file far enough to say what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from workbench.errors import BadInput, Problem
from workbench.load.by_names import table_by_names
from workbench.load.chat_rows import chat_format
from workbench.load.compiler import make_plan
from workbench.load.container import SHEETS, Kind, kind_of
from workbench.load.first_rows import first_rows
from workbench.load.formats import Format, read_mapping
from workbench.load.headers import HeaderRow
from workbench.load.joins import open_joined
from workbench.load.other_tables import JsonTable, chat_in, json_in
from workbench.load.recognise import (
    UNKNOWN,
    Match,
    NotRecognised,
    choose_format,
    known_headers,
    not_recognised,
)
from workbench.load.recognised import Recognised
from workbench.load.sheet_rows import read_headers
from workbench.load.text_head import read_head
from workbench.tables import TABLES

__all__ = ["SAMPLE_ROWS", "recognise_file", "tables_in"]

# So many rows show what the columns of an unknown table hold.
SAMPLE_ROWS = 200


def recognise_file(
    path: Path,
    mapping: Path | Format | None = None,
    *,
    beside: Path | None = None,
    trust: bool = False,
    sellers: Sequence[str] = (),
) -> Recognised:
    """What the file at `path` is; `mapping` says what its columns mean if no format does.

    Without a mapping a platform's format comes first, then a mapping the user has saved, then a
    canonical table, then the usual names of columns together with what the first rows hold. Files
    that the mapping joins are looked for in the folder `beside`, by default the file's own.
    The whole file is read once, to be sure of its encoding; with `trust` that is left to the reader
    of its rows, who meets a UnicodeDecodeError if it was wrong. `sellers` are the names that the
    shop writes under in pasted chats. Raises BadInput when the file cannot be read or is not
    recognised.
    """
    path = Path(path)
    form = read_mapping(mapping) if isinstance(mapping, Path) else mapping
    try:
        return _recognised(path, form, beside or path.parent, trust=trust)
    except NotRecognised:
        kind = kind_of(path)
        chat = None if kind in SHEETS else chat_in(path, kind, sellers)
        if chat is not None:
            form = chat_format(sellers)
            return Recognised(path, kind, form, (), chat.header, other=chat)
        return _by_names(path, trust=trust)


def tables_in(path: Path, *, trust: bool = False) -> list[Recognised]:
    """The file at `path` as it stands, whatever it is: one table, or one per sheet with rows."""
    first = _recognised(path, UNKNOWN, path.parent, trust=trust)
    if first.other is not None:
        tables = json_in(path, first.kind) or []
        return [replace(first, header=table.header, other=table) for table in tables]
    if not first.sheets:
        return [first]
    found = read_headers(path, known_headers(), first.kind)
    return [
        replace(first, header=header, sheets=(sheet,), other_sheets=())
        for sheet, header in found.items()
    ]


def _by_names(path: Path, *, trust: bool) -> Recognised:
    """The first table whose headers are the usual names of a canonical table's columns."""
    tables, problems = tables_in(path, trust=trust), []
    for table in tables:
        headers = table.header.cells
        rows = first_rows(table.rows().tables(), len(headers), SAMPLE_ROWS)
        named = table_by_names(headers, rows)
        if named is not None:
            same = [t for t in tables if t.header == table.header]
            return replace(
                table,
                form=named.form,
                keys=named.keys,
                sheets=tuple(sheet for t in same for sheet in t.sheets),
                other_sheets=tuple(s for t in tables if t not in same for s in t.sheets),
            )
        where = ", sheet ".join([path.name, *table.sheets])
        problems.append(not_recognised(headers, where, rows))
    raise NotRecognised.many(problems)


def _recognised(path: Path, form: Format | None, beside: Path, *, trust: bool) -> Recognised:
    kind = kind_of(path)
    joined = open_joined(form, beside) if form else ()
    further = tuple(cell for file in joined for cell in file.header.cells)
    if kind in SHEETS:
        return _workbook(path, kind, form)
    tables = json_in(path, kind)
    if tables is not None:
        return _json(path, kind, tables, form)
    matches: list[Match] = []

    def chosen(header: HeaderRow) -> Format:
        matches.append(_match(header.cells, further, form, path.name))
        return matches[0].form

    header, facts = read_head(path, kind, path.name, known_headers(form), chosen, trust=trust)
    match = matches[0]
    return Recognised(path, kind, match.form, match.keys, header, facts, joined=joined)


def _json(path: Path, kind: Kind, tables: Sequence[JsonTable], form: Format | None) -> Recognised:
    """The first list of records that a format knows; one that says where they lie is believed."""
    problems: list[Problem] = []
    unknown = True
    for table in tables:
        try:
            match = _match(table.headers, (), form, f"{path.name}, records {table.path or 'lines'}")
        except BadInput as error:
            problems += error.problems
            unknown = unknown and isinstance(error, NotRecognised)
            continue
        place = match.form.records
        if place is not None and place not in (table.path, table.path.removeprefix("[].")):
            continue
        whole = table.whole()
        return Recognised(path, kind, match.form, match.keys, whole.header, other=whole)
    if problems:
        raise (NotRecognised if unknown else BadInput).many(problems)
    raise BadInput("The JSON holds no list of records", path.name, "Export it again")


def _workbook(path: Path, kind: Kind, form: Format | None) -> Recognised:
    found = read_headers(path, known_headers(form), kind)
    problems: list[Problem] = []
    unknown = True
    for sheet, header in found.items():
        try:
            match = _match(header.cells, (), form, f"{path.name}, sheet {sheet}")
        except BadInput as error:
            problems += error.problems
            unknown = unknown and isinstance(error, NotRecognised)
            continue
        # The row too: a sheet whose header stands elsewhere would be read from the wrong row.
        same = tuple(s for s, other in found.items() if other == header)
        others = tuple(s for s in found if s not in same)
        return Recognised(path, kind, match.form, match.keys, header, None, same, others)
    if problems:
        raise (NotRecognised if unknown else BadInput).many(problems)
    raise BadInput("The workbook has no rows", path.name, "Export it again")


def _match(
    headers: Sequence[str], further: Sequence[str], form: Format | None, where: str
) -> Match:
    match = choose_format(headers, form)
    if match is None:
        raise NotRecognised.many([not_recognised(headers, where)])
    plan = make_plan(match.form, (*headers, *further), "UTC", "")
    lacking = [name for name in TABLES[plan.table].required if name in plan.missing]
    if lacking:
        title = match.form.title.get("en", match.form.name)
        shown = ", ".join(cell.strip() for cell in (*headers, *further))
        raise BadInput(
            f"The file looks like {title}, but nothing in it gives {', '.join(lacking)}",
            f"{where}; headers: {shown}",
            "Export it again with these columns, or load it with a mapping "
            "(docs/load-your-data.md)",
        )
    return match
