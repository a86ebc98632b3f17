"""How the first rows of a file would load, in words and as tables."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from workbench.element import tag
from workbench.language import Say
from workbench.tables import TABLES, Column
from workbench.widgets.mapping_choice import Choice
from workbench.widgets.mapping_preview import Preview
from workbench.widgets.markup import table

__all__ = ["beside", "preview_html", "preview_text", "required_html"]

_SHOWN = 6


def preview_text(tried: Preview, say: Say) -> str:
    """How many of the first rows load, and every one that would be quarantined."""
    lines = [_account(tried, say)]
    for row in tried.quarantined.to_dict("records"):
        lines.append(f"{row['source_row']}: {row['column']} {row['value']!r} – {row['why']}")
    return "\n".join(lines)


def preview_html(tried: Preview, say: Say, language: str) -> Markup:
    """The account, the first rows as they would load, and those that would be quarantined."""
    columns = TABLES[tried.report.table]
    named = [name for name in tried.rows.columns if name != "source_row"]
    loaded = table(
        [say("row"), *(_heading(columns.column(name), language) for name in named)],
        (
            [row["source_row"], *(_cell(row[name]) for name in named)]
            for row in tried.rows.head(_SHOWN).to_dict("records")
        ),
        caption=say("The first rows as they would load"),
    )
    refused = None
    if len(tried.quarantined):
        cells = ("source_row", "column", "value", "why")
        refused = table(
            (say("row"), say("column"), say("value"), say("why")),
            (
                [row[name] for name in cells]
                for row in tried.quarantined.head(_SHOWN).to_dict("records")
            ),
            caption=say("Rows that would be quarantined"),
        )
    return tag("div", tag("p", _account(tried, say)), loaded, refused)


def required_html(choice: Choice, say: Say, language: str) -> Markup:
    """Every required column of the table: the header that gives it, or that none does yet."""
    lines = []
    for column in TABLES[choice.table].columns:
        if not column.required:
            continue
        headers = choice.claimed.get(column.name, [])
        given = ", ".join(headers) or (say("derived") if column.name in choice.taken else "")
        lines.append(
            tag(
                "li",
                "✓ " if given else "○ ",
                tag("b", _heading(column, language)),
                ": ",
                given or say("still required"),
            )
        )
    if not lines:
        return tag("p", say("No column is required."), class_="wb-quiet")
    return tag("div", tag("p", say("Required columns")), tag("ul", *lines, class_="wb-plain"))


def beside(tried: Preview | None, choice: Choice, say: Say) -> dict[str, list[str]]:
    """Header → what is wrong with it: two that claim one column, cells that cannot be read."""
    told: dict[str, list[str]] = {}
    for name, headers in choice.claimed.items():
        if len(headers) > 1:
            line = say(
                "{headers}: only one can be {column}", headers=", ".join(headers), column=name
            )
            for claiming in headers:
                told.setdefault(claiming, []).append(line)
    if tried is None:
        return told
    for (place, why), rows in tried.quarantined.groupby(["column", "why"], sort=False):
        first = rows.iloc[0]
        line = say(
            "{count} of {read} rows: {why} (row {row}: {value})",
            count=len(rows),
            read=tried.report.rows_read,
            why=why,
            row=first.source_row,
            value=first.value or "–",
        )
        for part in str(place).split(" / "):
            told.setdefault(part, []).append(line)
    for header, words in tried.report.words_unknown.items():
        told.setdefault(header, []).append(
            say("words without a meaning stay empty: {words}", words=", ".join(words))
        )
    return told


def _heading(column: Column, language: str) -> str:
    return f"{column.zh} {column.name}" if language == "zh" else column.name


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}" if value == round(value, 2) else str(value)
    return str(value)


def _account(tried: Preview, say: Say) -> str:
    report = tried.report
    return say(
        "Of the first {read} rows {loaded} would load and {quarantined} be quarantined.",
        read=report.rows_read,
        loaded=report.rows_loaded,
        quarantined=report.rows_quarantined,
    )
