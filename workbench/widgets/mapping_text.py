"""How the first rows of a file would load, in words and as tables."""

from __future__ import annotations

from markupsafe import Markup

from workbench.element import tag
from workbench.language import Say
from workbench.widgets.mapping_preview import Preview
from workbench.widgets.markup import table

__all__ = ["preview_html", "preview_text"]

_SHOWN = 6


def preview_text(tried: Preview, say: Say) -> str:
    """How many of the first rows load, and every one that would be quarantined."""
    lines = [_account(tried, say)]
    for row in tried.quarantined.to_dict("records"):
        lines.append(f"{row['source_row']}: {row['column']} {row['value']!r} – {row['why']}")
    return "\n".join(lines)


def preview_html(tried: Preview, say: Say, language: str) -> Markup:
    """The account, the first rows as they would load, and those that would be quarantined."""
    rows = tried.rows.head(_SHOWN)
    loaded = table(
        list(rows.columns),
        ([str(cell) for cell in row.values()] for row in rows.to_dict("records")),
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


def _account(tried: Preview, say: Say) -> str:
    report = tried.report
    return say(
        "Of the first {read} rows {loaded} would load and {quarantined} be quarantined.",
        read=report.rows_read,
        loaded=report.rows_loaded,
        quarantined=report.rows_quarantined,
    )
