"""The fields of the mapping helper: one per header, per word of a closed list, per proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets

from workbench.language import Say
from workbench.load import Proposal, TableTop
from workbench.load.names import name_key, names_of, split_unit, usual_word
from workbench.tables import TABLES
from workbench.widgets.mapping_choice import closed_words, header_of
from workbench.widgets.mapping_line import ColumnLine

__all__ = [
    "column_lines",
    "derived_fields",
    "settings_fields",
    "sheet_field",
    "table_field",
    "word_fields",
]

_LABEL = {"description_width": "140px"}
_WIDE = {"width": "min(100%, 480px)"}

Changed = Callable[[Any], None]


def column_lines(
    top: TableTop,
    table: str,
    proposals: Sequence[Proposal],
    changed: Changed,
    say: Say,
    language: str,
) -> dict[str, ColumnLine]:
    """Header → its line; what names say is chosen, what shapes suggest is left to a person."""
    options = [(say("– not used –"), "")]
    for column in TABLES[table].columns:
        about = column.zh if language == "zh" else column.en
        needed = say(" (required)") if column.required else ""
        options.append((f"{column.name} · {about}{needed}", column.name))
    by_header = {header_of(p): p for p in proposals}
    lines = {}
    for header in dict.fromkeys(filter(None, top.headers)):
        found = by_header.get(header)
        chosen, why = "", say("no known table calls a column so")
        if found is not None:
            why = found.reasons[language]
            named = found.sure or name_key(split_unit(header)[0]) in names_of(table).columns
            chosen = found.column if named else ""
            if not chosen:
                why = say("perhaps {column}: {why}", column=found.column, why=why)
        lines[header] = ColumnLine(header, top.cells(header), options, chosen, why, changed)
    return lines


def table_field(nearest: str, language: str, say: Say) -> ipywidgets.Dropdown:
    """The dropdown of canonical tables, the nearest one chosen."""
    options = []
    for name, table in TABLES.items():
        # What a row of it is follows after the colon; the name is enough to choose by.
        about = (
            table.about_zh.partition("：") if language == "zh" else table.about_en.partition(":")
        )
        options.append((f"{name} · {about[0]}", name))
    return ipywidgets.Dropdown(
        options=options, value=nearest, description=say("Kind of table"), style=_LABEL, layout=_WIDE
    )


def sheet_field(top: TableTop, say: Say) -> ipywidgets.Dropdown:
    """The dropdown of a workbook's sheets; not shown where there is no choice."""
    return ipywidgets.Dropdown(
        options=top.sheets or ("",),
        value=top.sheet,
        description=say("Sheet"),
        style=_LABEL,
        layout={**_WIDE, "display": None if len(top.sheets) > 1 else "none"},
    )


def word_fields(
    top: TableTop,
    table: str,
    columns: Mapping[str, str],
    proposals: Sequence[Proposal],
    known: Mapping[tuple[str, str], str],
    changed: Changed,
    say: Say,
    language: str,
) -> dict[tuple[str, str], ipywidgets.Dropdown]:
    """(header, word) → the dropdown of its meaning, for headers whose column has a closed list."""
    meant = {
        (str(p.rule["header"]), word): meaning
        for p in proposals
        if isinstance(p.rule, dict) and "header" in p.rule
        for word, meaning in p.rule.get("words", {}).items()
    }
    fields = {}
    for header, column in columns.items():
        closed = closed_words(table, column)
        words = dict.fromkeys(top.cells(header)) if closed else ()
        labels = [(_word(table, column, name, language), name) for name in closed]
        for word in words:
            value = known.get((header, word)) or meant.get((header, word)) or ""
            field = ipywidgets.Dropdown(
                options=[(say("– unknown –"), ""), *labels],
                value=value if value in closed else "",
                description=f"{header}: {word}"[:40],
                style=_LABEL,
                layout=_WIDE,
            )
            field.observe(changed, "value")
            fields[(header, word)] = field
    return fields


def _word(table: str, column: str, name: str, language: str) -> str:
    usual = usual_word(table, column, name)
    return f"{name} · {usual}" if usual and language == "zh" else name


def derived_fields(
    proposals: Sequence[Proposal], changed: Changed, language: str
) -> dict[str, ipywidgets.Checkbox]:
    """Column → the box that accepts a rule which no header names; none is ticked by itself."""
    fields = {}
    for proposal in proposals:
        if header_of(proposal) is None:
            field = ipywidgets.Checkbox(
                value=False,
                description=f"{proposal.column}: {proposal.reasons[language]}",
                indent=False,
                layout=_WIDE,
            )
            field.observe(changed, "value")
            fields[proposal.column] = field
    return fields


def settings_fields(
    zone: str, currency: str, changed: Changed, say: Say
) -> dict[str, ipywidgets.Text | ipywidgets.Dropdown]:
    """Fields for what holds for the whole file: form and order of dates, zone, currency."""
    told = {
        "time": (say("Form of times"), "%d/%m/%Y %H:%M"),
        "zone": (say("Time zone"), zone),
        "currency": (say("Currency"), currency),
    }
    fields: dict[str, ipywidgets.Text | ipywidgets.Dropdown] = {}
    for name, (label, example) in told.items():
        field = ipywidgets.Text(
            description=label,
            placeholder=say("as usual; else e.g. {example}", example=example)
            if name == "time"
            else say("that of the case: {value}", value=example),
            style=_LABEL,
            layout=_WIDE,
            continuous_update=False,
        )
        field.observe(changed, "value")
        fields[name] = field
    fields["dates"] = ipywidgets.Dropdown(
        options=[
            (say("03/04/2026: as the column itself tells"), ""),
            (say("03/04/2026 is 3 April"), "day-first"),
            (say("03/04/2026 is 4 March"), "month-first"),
        ],
        description=say("Short dates"),
        style=_LABEL,
        layout=_WIDE,
    )
    fields["dates"].observe(changed, "value")
    return fields
