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
from workbench.load.top import read_top
from workbench.tables import TABLES
from workbench.widgets.mapping_choice import Choice, header_of, proposed, write_choice
from workbench.widgets.mapping_fields import (
    column_fields,
    derived_fields,
    field_line,
    settings_fields,
    word_fields,
)
from workbench.widgets.mapping_preview import Preview, preview
from workbench.widgets.mapping_text import preview_html, preview_text
from workbench.widgets.markup import page
from workbench.widgets.problems import done, refused
from workbench.widgets.told import Told

__all__ = ["MappingHelper"]

_BUTTON = {"width": "auto", "align_self": "flex-start", "margin": "4px 2px 4px 150px"}


class MappingHelper(Told):
    """Headers with sample values, what each is proposed to be, and how the first rows would load.

    Every choice is a person's: what no header names is taken only when ticked. Saving writes a
    TOML file into the case's folder `mappings` and loads nothing. Raises BadInput when the file
    cannot be read.
    """

    def __init__(self, file: Path, case: Case, language: str | None = None) -> None:
        self._language = language or case.language
        self._say = words("widgets", self._language)
        self._case, self._top = case, read_top(file)
        self.words: dict[tuple[str, str], ipywidgets.Dropdown] = {}
        say = self._say
        self.table = ipywidgets.Dropdown(
            options=list(TABLES),
            description=say("Kind of table"),
            style={"description_width": "140px"},
        )
        self.settings = settings_fields(case.zone, case.currency, self._changed, say)
        self.name = ipywidgets.Text(
            value=f"{self._top.path.stem}.toml",
            description=say("Name of the file"),
            style={"description_width": "140px"},
        )
        self.save = ipywidgets.Button(
            description=say("Save the mapping"), button_style="primary", layout=_BUTTON
        )
        self.result, self.preview = ipywidgets.HTML(), ipywidgets.HTML()
        self._lines, self._words, self._derived = (ipywidgets.VBox() for _ in range(3))
        super().__init__(
            [
                self.table,
                self._lines,
                self._words,
                self._derived,
                *self.settings.values(),
                self.preview,
                self.name,
                self.save,
                self.result,
            ]
        )
        self.table.observe(self._turned, "value")
        self.save.on_click(self._save)
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

    def _turned(self, change: object = None) -> None:
        """Another kind of table: other columns, other proposals."""
        say, table = self._say, self.table.value
        self._proposals = proposed(self._top, table)
        self.columns = column_fields(
            self._top, table, self._proposals, self._pointed, say, self._language
        )
        self.derived = derived_fields(self._proposals, self._changed, self._language)
        self._derived.children = tuple(self.derived.values())
        why = {header_of(p): p for p in self._proposals}
        self._lines.children = tuple(
            field_line(self._top, header, field, why.get(header), say, self._language)
            for header, field in self.columns.items()
        )
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
        )
        self._words.children = tuple(self.words.values())
        for column, box in self.derived.items():
            box.layout.display = "none" if column in choice.columns.values() else None
        self._changed()

    def _changed(self, change: object = None) -> None:
        say = self._say
        self.result.value = ""
        try:
            self.preview.value = page(preview_html(self._preview(), self._say, self._language))
        except BadInput as error:
            lines = (tag("li", str(problem)) for problem in error.problems)
            lead = tag("p", say("Not yet a mapping:"))
            self.preview.value = page(lead, tag("ul", *lines))

    def _preview(self) -> Preview:
        with TemporaryDirectory(prefix="workbench-mapping-") as folder:
            mapping = Path(folder) / "mapping.toml"
            write_choice(mapping, self.choice, self._top, self._proposals, self._say)
            return preview(self._top, mapping, self._case, self._language)

    def _save(self, button: object = None) -> None:
        say = self._say
        name = Path(self.name.value.strip()).name
        try:
            if not name:
                raise BadInput(say("Give the file a name"))
            folder = self._case.path / "mappings"
            folder.mkdir(exist_ok=True)
            path = folder / f"{name.removesuffix('.toml')}.toml"
            write_choice(path, self.choice, self._top, self._proposals, self._say)
        except BadInput as error:
            self.result.value = refused(self._say, error)
            return
        told = say("Written: {path}. Load the file with this mapping.", path=path)
        how = f'load([Path("{self._top.path}")], case.path, mapping=Path("{path}"))'
        self.result.value = done(told, tag("code", how))
