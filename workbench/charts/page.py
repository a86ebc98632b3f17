"""Figures as one HTML file that needs nothing else: no host, no folder, no internet."""

from __future__ import annotations

import html
from collections.abc import Mapping

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
h1 {{ font-size: 22px; }} section {{ margin-bottom: 48px; }}
table {{ border-collapse: collapse; font-size: 13px; }}
th, td {{ border-bottom: 1px solid {COLOURS["grid"]}; padding: 4px 10px; text-align: left;
  vertical-align: top; }}
th {{ background: #F4F7F9; }} .scroll {{ max-height: 420px; overflow: auto; }}
p {{ color: {COLOURS["quiet"]}; font-size: 13px; }}
@media print {{ .scroll {{ max-height: none; overflow: visible; }} }}
"""
_MOST_ROWS = 1_000


def html_page(figure: go.Figure, table: pd.DataFrame, language: str = "zh") -> str:
    """One figure with its table below, as the text of a self-contained HTML file."""
    return html_pages({"figure": (figure, table)}, language)


def html_pages(figures: Mapping[str, Drawn], language: str = "zh", title: str = "") -> str:
    """Several figures, each with its table below, as the text of one self-contained HTML file.

    The keys become the anchors of the figures. Tables are escaped and cut after 1,000 rows,
    which is then said. Without a `title` that of the first figure stands.
    """
    say = words("charts", language)
    heading = title or next((text_of_title(figure) for figure, _ in figures.values()), "")
    sections = "\n".join(
        _section(anchor, figure, table, language) for anchor, (figure, table) in figures.items()
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
{sections}
</body>
</html>
"""


def text_of_title(figure: go.Figure) -> str:
    """The title of a themed figure as plain text on one line."""
    return html.unescape((figure.layout.title.text or "").replace("<br>", " "))


def _section(anchor: str, figure: go.Figure, table: pd.DataFrame, language: str) -> str:
    say = words("charts", language)
    drawn = figure.to_html(
        full_html=False,
        include_plotlyjs=False,
        config=dict(CONFIG),
        div_id=f"chart-{anchor}",
    )
    shown = table.head(_MOST_ROWS)
    cut = len(table) - len(shown)
    more = say("{cut:,} more rows are not shown here.", cut=cut) if cut else ""
    rows = shown.to_html(index=False, border=0, escape=True, na_rep=say("unknown"))
    label = html.escape(text_of_title(figure), quote=True)
    return (
        f'<section id="{html.escape(anchor, quote=True)}">\n'
        f'<div role="img" aria-label="{label}">{drawn}</div>\n'
        f'<div class="scroll" tabindex="0">{rows}</div>\n<p>{html.escape(more)}</p>\n</section>'
    )
