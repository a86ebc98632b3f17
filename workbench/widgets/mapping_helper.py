"""Help to write a mapping file by pointing at the columns of a table that no format knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import ipywidgets

from workbench.case import Case
from workbench.element import tag
from workbench.errors import BadInput
from workbench.language import words
from workbench.load import keep_mapping, read_top
from workbench.widgets.mapping_choice import Choice, proposed, write_choice
from workbench.widgets.mapping_fields import (
    column_lines,
    derived_fields,
    settings_fields,
    sheet_field,
    table_field,
    word_fields,
)
from workbench.widgets.mapping_preview import Preview, preview
from workbench.widgets.mapping_saving import SavingFields
from workbench.widgets.mapping_text import beside, preview_html, preview_text, required_html
from workbench.widgets.markup import page
from workbench.widgets.told import Told

__all__ = ["MappingHelper"]


class MappingHelper(Told):
    """Headers with sample values, what each is proposed to be, and how the first rows would load.

    Every choice is a person's: what no header names is taken only when ticked or pointed at.
    Saving writes a TOML file into the case's folder `mappings`, keeps it for files with the same
    headers unless the tick is taken away, and loads nothing. Raises BadInput when the file cannot
    be read.
    """

    def __init__(self, file: Path, case: Case, language: str | None = None) -> None:
        self._language = language or case.language
        self._say = words("widgets", self._language)
        self._case, self._top = case, read_top(file)
        self.words: dict[tuple[str, str], ipywidgets.Dropdown] = {}
        say = self._say
        self.sheet = sheet_field(self._top, say)
        self.table = table_field(self._top.nearest_table(), self._language, say)
        self.settings = settings_fields(case.zone, case.currency, self._changed, say)
        self.saving = SavingFields(self._top.path.stem, self._save, say)
        self.required, self.preview = ipywidgets.HTML(), ipywidgets.HTML()
        self._lines, self._words, self._derived = (ipywidgets.VBox() for _ in range(3))
        super().__init__(
            [
                self.sheet,
                self.table,
                self.required,
                self._lines,
                self._words,
                self._derived,
                *self.settings.values(),
                self.preview,
                self.saving,
            ]
        )
        self.sheet.observe(self._other_sheet, "value")
        self.table.observe(self._turned, "value")
        self._turned()

    @property
    def choice(self) -> Choice:
        """What the fields say."""
        return Choice(
            table=self.table.value,
            columns={h: field.value for h, field in self.columns.items() if field.value},
            words={key: field.value for key, field in self.words.items() if field.value},
            taken={column for column, box in self.derived.items() if box.value},
            **{name: field.value for name, field in self.settings.items()},
        )

    def point(self, header: str, column: str, words: Mapping[str, str] | None = None) -> None:
        """Say in code what the fields say by hand: this header is that canonical column.

        `words` is what the file's words mean. Raises BadInput for a header, a column or a word
        that is not there.
        """
        known = [name for _, name in self._options()]
        if header not in self.columns:
            raise BadInput(f"There is no header {header!r}", do=f"One of {list(self.columns)}")
        if column not in known:
            raise BadInput(f"There is no column {column!r}", do=f"One of {known}")
        self.columns[header].value = column
        for word, meaning in (words or {}).items():
            field = self.words.get((header, word))
            if field is None or meaning not in [value for _, value in field.options]:
                raise BadInput(f"{header} has no word {word!r} that can mean {meaning!r}")
            field.value = meaning

    def told(self) -> str:
        """Each header with what it is taken for, and how the first rows would load."""
        lines = [f"{h} → {field.value or '–'}" for h, field in self.columns.items()]
        lines += [f"{h}: {word} → {f.value or '–'}" for (h, word), f in self.words.items()]
        try:
            told = preview_text(self._preview(), self._say)
        except BadInput as error:
            told = str(error)
        return "\n".join([*lines, "", told])

    def _options(self) -> list[tuple[str, str]]:
        return list(next(iter(self.columns.values())).options) if self.columns else []

    def _other_sheet(self, change: object = None) -> None:
        """Another sheet of the workbook: another table."""
        self._top = read_top(self._top.path, self.sheet.value)
        nearest = self._top.nearest_table()
        if nearest == self.table.value:
            self._turned()
        else:
            self.table.value = nearest

    def _turned(self, change: object = None) -> None:
        """Another kind of table: other columns, other proposals."""
        say, table = self._say, self.table.value
        self._proposals = proposed(self._top, table)
        self._by_header = column_lines(
            self._top, table, self._proposals, self._pointed, say, self._language
        )
        self.columns = {header: line.field for header, line in self._by_header.items()}
        self.derived = derived_fields(self._proposals, self._changed, self._language)
        self._derived.children = tuple(self.derived.values())
        self._lines.children = tuple(self._by_header.values())
        self.words.clear()
        self._pointed()

    def _pointed(self, change: object = None) -> None:
        """A header became another column: its words may be those of a closed list."""
        choice = self.choice
        self.words = word_fields(
            self._top,
            choice.table,
            choice.columns,
            self._proposals,
            choice.words,
            self._changed,
            self._say,
            self._language,
        )
        self._words.children = tuple(self.words.values())
        for column, box in self.derived.items():
            box.layout.display = "none" if column in choice.columns.values() else None
        self._changed()

    def _changed(self, change: object = None) -> None:
        """Try the choice, and say beside each field what is wrong with it."""
        say, choice = self._say, self.choice
        self.saving.forget_result()
        self.required.value = page(required_html(choice, say, self._language))
        tried = None
        try:
            tried = self._preview()
            self.preview.value = page(preview_html(tried, say, self._language))
        except BadInput as error:
            told = (filter(None, (one.what, one.where, one.do)) for one in error.problems)
            lines = (tag("li", ". ".join(parts)) for parts in told)
            lead = tag("p", say("Not yet a mapping:"))
            self.preview.value = page(lead, tag("ul", *lines))
        wrong = beside(tried, choice, say)
        for header, line in self._by_header.items():
            line.tell(wrong.get(header, ()))

    def _preview(self) -> Preview:
        with TemporaryDirectory(prefix="workbench-mapping-") as folder:
            mapping = Path(folder) / "mapping.toml"
            write_choice(mapping, self.choice, self._top, self._proposals, self._say)
            return preview(self._top, mapping, self._case, self._language)

    def _save(self, name: str, *, keep: bool, replaced: bool) -> tuple[Path, str]:
        """Write the mapping into the case and, if wanted, keep it; gives path and how to load."""
        with TemporaryDirectory(prefix="workbench-mapping-") as folder:
            written = Path(folder) / f"{name}.toml"
            write_choice(written, self.choice, self._top, self._proposals, self._say)
            if keep:
                keep_mapping(written, name, replaced=replaced)
            path = self._case.path / "mappings" / written.name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(written.read_bytes())
        given = "" if keep else f', mapping=Path("{path}")'
        return path, f'load([Path("{self._top.path}")], case.path{given})'
