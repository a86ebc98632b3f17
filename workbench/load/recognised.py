"""What a file was taken for, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workbench.language import words
from workbench.load.container import Kind, open_bytes
from workbench.load.decode import TextFacts
from workbench.load.formats import Format
from workbench.load.headers import HeaderRow
from workbench.load.joins import JoinedFile, JoinedRows
from workbench.load.other_tables import OtherTable
from workbench.load.sheet_rows import SHEET_ROWS, SheetRows
from workbench.load.text_rows import Rows, TextRows

__all__ = ["Recognised"]


@dataclass(frozen=True)
class Recognised:
    """What a file is: its format, how it is written, and the rows to read.

    `keys` are the headers that gave it away. `header.row` counts as a spreadsheet does. A
    workbook has no `facts`, but the names of the `sheets` that hold the table and of those that do
    not (`other_sheets`); a file of JSON and a pasted chat have the table they hold (`other`).
    `joined` are the files that a mapping joins.
    """

    path: Path
    kind: Kind
    form: Format
    keys: tuple[str, ...]
    header: HeaderRow
    facts: TextFacts | None = None
    sheets: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    joined: tuple[JoinedFile, ...] = ()
    other: OtherTable | None = None

    @property
    def file(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of every column that `rows` gives."""
        own = (*self.header.cells, *[""] * self.header.extra)
        return own + tuple(cell for file in self.joined for cell in file.header.cells)

    @property
    def under(self) -> tuple[int, ...]:
        """The rows right under the headers."""
        return tuple(n * SHEET_ROWS + self.header.row + 1 for n in range(max(1, len(self.sheets))))

    @property
    def encoding(self) -> str:
        """The encoding of a text file; for others what they are, such as "xlsx"."""
        if self.other is not None:
            return self.other.encoding
        return self.facts.encoding if self.facts else self.kind

    def reason(self, language: str) -> str:
        """Why the file was taken for what it is, in words."""
        say = words("load", language)
        keys = (", " if language == "en" else "、").join(key.strip() for key in self.keys)
        title = self.form.title.get(language) or self.form.name
        told = say("{title}: it has the headers {keys}", title=title, keys=keys) if keys else title
        for misfit in self.facts.misfits if self.facts else ():
            told += say(
                "; read as {encoding}, because byte {offset} in line {line} is no {tried}",
                encoding=self.encoding,
                tried=misfit.encoding,
                offset=misfit.offset,
                line=misfit.line,
            )
        if self.other_sheets:
            told += say("; sheets left out: {sheets}", sheets=", ".join(self.other_sheets))
        return told

    def rows(self) -> Rows:
        """The data rows, to be read once."""
        if self.other is not None:
            return self.other.rows()
        if self.facts is None:
            return SheetRows(self.path, self.sheets, self.header, self.kind)
        opened = partial(open_bytes, self.path, self.kind)
        rows = TextRows(opened, self.file, self.header, self.facts, self.form.quoting)
        if not self.joined:
            return rows
        own = (*self.header.cells, *[""] * self.header.extra)
        return JoinedRows(rows, own, self.joined)
