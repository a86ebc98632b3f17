"""Figures as one HTML file that needs nothing else: no host, no folder, no internet."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from workbench.charts.theme import COLOURS, CONFIG, FONT_FAMILY
from workbench.language import words

__all__ = ["Drawn", "html_page", "html_pages"]

Drawn = tuple[go.Figure, pd.DataFrame]
"""A figure and the table that stands beside it, ready to display."""

# The browser itself refuses whatever a figure might want to fetch.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; form-action 'none'; base-uri 'none'"
)
_STYLE = f"""
body {{ font-family: {FONT_FAMILY}; color: {COLOURS["ink"]}; max-width: 1080px;
  margin: 24px auto; padding: 0 16px; line-height: 1.5; }}
h1 {{ font-size: 22px; }} h2 {{ font-size: 18px; }} section {{ margin-bottom: 48px; }}
table {{ border-collapse: collapse; font-size: 13px; width: max-content; }}
th, td {{ border-bottom: 1px solid {COLOURS["grid"]}; padding: 4px 10px; text-align: left;
  vertical-align: top; max-width: 24em; }}
th {{ background: #F4F7F9; }} .scroll {{ max-height: 420px; overflow: auto; }}
p {{ color: {COLOURS["quiet"]}; font-size: 13px; }}
@media print {{ .scroll {{ max-height: none; overflow: visible; }} }}
"""
_MOST_ROWS = 1_000


def html_page(figure: go.Figure, table: pd.DataFrame, language: str = "zh") -> str:
    """One figure with its table below, as the text of a self-contained HTML file."""
    return html_pages({"figure": (figure, table)}, language)


def html_pages(
    figures: Mapping[str, Drawn],
    language: str = "zh",
    title: str = "",
    *,
    lines: Sequence[str] = (),
    tables: Mapping[str, pd.DataFrame] | None = None,
    narrow: bool = False,
) -> str:
    """Several figures, each with its table below, as the text of one self-contained HTML file.

    The keys become the anchors of the figures. `lines` stand above the figures as a list, `tables`
    below them, by heading. Tables are escaped and cut after 1,000 rows, which is then said.
    `narrow` sets the titles and notes of the figures as text of the page, which wraps on a phone.
    Without a `title` that of the first figure stands.
    """
    say = words("charts", language)
    heading = title or next((text_of_title(figure) for figure, _ in figures.values()), "")
    sections = "\n".join(
        _section(anchor, figure, table, language, narrow)
        for anchor, (figure, table) in figures.items()
    )
    told = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    listed = f"<ul>{told}</ul>" if told else ""
    further = "\n".join(
        f"<section>\n<h2>{html.escape(head)}</h2>\n{_scroll(table, language)}\n</section>"
        for head, table in (tables or {}).items()
    )
    lang = "zh-CN" if language == "zh" else "en"
    head = f"<h1>{html.escape(title)}</h1>" if title else ""
    return f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(heading)}</title>
<style>{_STYLE}</style>
<script>{get_plotlyjs()}</script>
</head>
<body>
{head}
<p>{html.escape(say("This page needs no internet. Each figure has its table below it."))}</p>
{listed}
{sections}
{further}
</body>
</html>
"""


def text_of_title(figure: go.Figure) -> str:
    """The title of a themed figure as plain text on one line."""
    return html.unescape((figure.layout.title.text or "").replace("<br>", " "))


def _section(
    anchor: str, figure: go.Figure, table: pd.DataFrame, language: str, narrow: bool
) -> str:
    title, note = html.escape(text_of_title(figure)), ""
    if narrow:
        figure, note = _untitled(figure)
    drawn = figure.to_html(
        full_html=False,
        include_plotlyjs=False,
        config=dict(CONFIG),
        div_id=f"chart-{anchor}",
    )
    return (
        f'<section id="{html.escape(anchor, quote=True)}">\n'
        + (f"<h2>{title}</h2>\n" if narrow else "")
        + f'<div role="img" aria-label="{title}">{drawn}</div>\n'
        + (f"<p>{html.escape(note)}</p>\n" if narrow else "")
        + f"{_scroll(table, language)}\n</section>"
    )


def _untitled(figure: go.Figure) -> tuple[go.Figure, str]:
    """A copy of a themed figure without title and source note, and the note as plain text."""
    bare = go.Figure(figure)
    notes = [one for one in bare.layout.annotations if one.name == "source_note"]
    note = html.unescape(notes[0].text.replace("<br>", " ")) if notes else ""
    bare.layout.annotations = [one for one in bare.layout.annotations if one.name != "source_note"]
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b + 110
    bare.update_layout(title=None, margin={"t": 56, "b": 54}, height=height)
    return bare, note


def _scroll(table: pd.DataFrame, language: str) -> str:
    """A table that scrolls inside the page, and how much of it is not shown."""
    say = words("charts", language)
    shown = table.head(_MOST_ROWS)
    cut = len(table) - len(shown)
    more = say("{cut:,} more rows are not shown here.", cut=cut) if cut else ""
    rows = shown.to_html(index=False, border=0, escape=True, na_rep=say("unknown"))
    return f'<div class="scroll" tabindex="0">{rows}</div>\n<p>{html.escape(more)}</p>'
