"""Open a file far enough to say what it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from workbench.errors import BadInput, Problem
from workbench.language import words
from workbench.load.container import Kind, kind_of, open_bytes
from workbench.load.decode import (
    TextFacts,
    candidates,
    decide_encoding,
    first_guess,
    refuse_wide,
)
from workbench.load.formats import Format, read_mapping
from workbench.load.headers import HeaderRow, text_header
from workbench.load.plan import make_plan
from workbench.load.recognise import Match, choose_format, known_headers, not_recognised
from workbench.load.sheet_rows import SheetRows, read_headers
from workbench.load.text_rows import Rows, TextRows
from workbench.tables import TABLES

__all__ = ["Recognised", "recognise_file"]

# The header lies within the first rows; this much text holds them even with long preambles.
_HEAD = 1 << 16


@dataclass(frozen=True)
class Recognised:
    """What a file is: its format, how it is written, and the rows to read.

    `keys` are the headers that gave it away. `header.row` counts as a spreadsheet does. A
    workbook has `facts` None and the names of the sheets that hold the table, besides those that
    do not (`other_sheets`).
    """

    file: str
    path: Path
    kind: Kind
    form: Format
    keys: tuple[str, ...]
    header: HeaderRow
    facts: TextFacts | None = None
    sheets: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()

    @property
    def encoding(self) -> str:
        """The encoding of a text file; "xlsx" for a workbook."""
        return self.facts.encoding if self.facts else "xlsx"

    def reason(self, language: str) -> str:
        """Why the file was taken for what it is, in words."""
        say = words("load", language)
        keys = (", " if language == "en" else "、").join(self.keys)
        title = self.form.title.get(language) or self.form.name
        told = say("{title}: it has the headers {keys}", title=title, keys=keys)
        misfits = self.facts.misfits if self.facts else ()
        for misfit in misfits:
            told += say(
                "; not {encoding} (byte {offset}, line {line})",
                encoding=misfit.encoding,
                offset=misfit.offset,
                line=misfit.line,
            )
        return told

    def rows(self) -> Rows:
        """The data rows, to be read once."""
        if self.facts is None:
            return SheetRows(self.path, self.sheets, self.header)
        return TextRows(
            partial(open_bytes, self.path, self.kind),
            self.file,
            self.header,
            self.facts,
            self.form.quoting,
        )


def recognise_file(
    path: Path, mapping: Path | Format | None = None, *, name: str = ""
) -> Recognised:
    """What the file at `path` is; `mapping` says what its columns mean if no format does.

    `name` is what messages call the file, by default its own name. The whole file is read once,
    to be sure of its encoding. Raises BadInput when it cannot be read or is not recognised.
    """
    path = Path(path)
    form = read_mapping(mapping) if isinstance(mapping, Path) else mapping
    name = name or path.name
    kind = kind_of(path)
    if kind == "xlsx":
        return _workbook(path, name, form)
    opened = partial(open_bytes, path, kind)
    with opened() as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise BadInput("The file is empty", name, "Download it again")
    refuse_wide(head, name)
    guess = first_guess(head)
    lines = [line.decode(guess, "replace") for line in head.splitlines(keepends=True)]
    header = text_header(lines, known_headers(form))
    match = _match(header, form, name)
    facts = _facts(opened, head, header, match.form, name)
    return Recognised(name, path, kind, match.form, match.keys, header, facts)


def _workbook(path: Path, name: str, form: Format | None) -> Recognised:
    found = read_headers(path, known_headers(form))
    problems: list[Problem] = []
    for sheet, header in found.items():
        try:
            match = _match(header, form, f"{name}, sheet {sheet}")
        except BadInput as error:
            problems += error.problems
            continue
        same = tuple(s for s, other in found.items() if other.cells == header.cells)
        others = tuple(s for s in found if s not in same)
        return Recognised(
            name, path, "xlsx", match.form, match.keys, header, None, same, others
        )
    if problems:
        raise BadInput.many(problems)
    raise BadInput("The workbook has no rows", name, "Export it again")


def _match(header: HeaderRow, form: Format | None, where: str) -> Match:
    match = choose_format(header.cells, form)
    if match is None:
        raise BadInput.many([not_recognised(header.cells, where)])
    plan = make_plan(match.form, header.cells, "UTC", "")
    lacking = [name for name in TABLES[plan.table].required if name in plan.missing]
    if lacking:
        title = match.form.title.get("en", match.form.name)
        shown = ", ".join(cell.strip() for cell in header.cells)
        raise BadInput(
            f"The file looks like {title}, but nothing in it gives {', '.join(lacking)}",
            f"{where}; headers: {shown}",
            "Export it again with these columns, or load it with a mapping "
            "(docs/load-your-data.md)",
        )
    return match


def _facts(
    opened: Callable[[], AbstractContextManager[BinaryIO]],
    head: bytes,
    header: HeaderRow,
    form: Format,
    name: str,
) -> TextFacts:
    marked = [encoding for mark, encoding in form.encoding_marks if mark.encode() in head]
    ascii_header = all(cell.isascii() for cell in header.cells)
    tried = candidates(head, ascii_header, [*marked, *form.encodings])
    return decide_encoding(opened, tried, name)
