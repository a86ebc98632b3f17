"""The fields of the mapping helper: one per header, per word of a closed list, per proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets

from workbench.element import tag
from workbench.language import Say
from workbench.load import Proposal
from workbench.load.top import TableTop
from workbench.tables import TABLES
from workbench.widgets.mapping_choice import closed_words, header_of
from workbench.widgets.markup import page

__all__ = ["column_fields", "derived_fields", "field_line", "settings_fields", "word_fields"]

_SAMPLES = 3
_LABEL = {"description_width": "140px"}
_WIDE = {"width": "min(100%, 480px)"}

Changed = Callable[[Any], None]


def column_fields(
    top: TableTop,
    table: str,
    proposals: Sequence[Proposal],
    changed: Changed,
    say: Say,
    language: str,
) -> dict[str, ipywidgets.Dropdown]:
    """Header → the dropdown that says which canonical column it is; proposals are chosen."""
    options = [(say("– not used –"), "")]
    for column in TABLES[table].columns:
        about = column.zh if language == "zh" else column.en
        needed = say(" (required)") if column.required else ""
        options.append((f"{column.name} · {about}{needed}", column.name))
    by_header = {header_of(p): p.column for p in proposals}
    fields = {}
    for header in dict.fromkeys(filter(None, top.headers)):
        field = ipywidgets.Dropdown(
            options=options, value=by_header.get(header, ""), layout={"width": "360px"}
        )
        field.observe(changed, "value")
        fields[header] = field
    return fields


def field_line(
    top: TableTop,
    header: str,
    field: ipywidgets.Dropdown,
    proposal: Proposal | None,
    say: Say,
    language: str,
) -> ipywidgets.HBox:
    """A header with sample values, its dropdown, and why it was proposed."""
    samples = " | ".join(dict.fromkeys(top.cells(header)[:_SAMPLES]))
    why = proposal.reasons[language] if proposal else say("no known table calls a column so")
    return ipywidgets.HBox(
        [
            ipywidgets.HTML(
                page(tag("b", header), tag("p", samples[:80], class_="wb-quiet")),
                layout={"width": "260px"},
            ),
            field,
            ipywidgets.HTML(page(tag("p", why, class_="wb-quiet"))),
        ]
    )


def word_fields(
    top: TableTop,
    table: str,
    columns: Mapping[str, str],
    proposals: Sequence[Proposal],
    known: Mapping[tuple[str, str], str],
    changed: Changed,
    say: Say,
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
        for word in words:
            value = known.get((header, word)) or meant.get((header, word)) or ""
            field = ipywidgets.Dropdown(
                options=[(say("– unknown –"), ""), *((name, name) for name in closed)],
                value=value if value in closed else "",
                description=f"{header}: {word}"[:40],
                style=_LABEL,
                layout=_WIDE,
            )
            field.observe(changed, "value")
            fields[(header, word)] = field
    return fields


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
) -> dict[str, ipywidgets.Text]:
    """Fields for what holds for the whole file: form of times, zone, currency."""
    told = {
        "time": (say("Form of times"), "%d/%m/%Y %H:%M"),
        "zone": (say("Time zone"), zone),
        "currency": (say("Currency"), currency),
    }
    fields = {}
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
    return fields
