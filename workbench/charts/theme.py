"""How every figure looks: colours with a fixed meaning, shapes, fonts, and no way to upload."""

from __future__ import annotations

import html
import textwrap
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

__all__ = [
    "COLOURS",
    "CONFIG",
    "FONT_FAMILY",
    "OKABE_ITO",
    "PATTERNS",
    "SYMBOLS",
    "TEMPLATE",
    "plain",
    "themed",
    "use_in_notebook",
    "wrapped",
]

# Okabe & Ito (2008), "Color Universal Design": told apart with any colour vision.
OKABE_ITO: Mapping[str, str] = MappingProxyType(
    {
        "black": "#000000",
        "orange": "#E69F00",
        "sky_blue": "#56B4E9",
        "bluish_green": "#009E73",
        "yellow": "#F0E442",
        "blue": "#0072B2",
        "vermillion": "#D55E00",
        "reddish_purple": "#CC79A7",
    }
)

# What a colour means, on every page: assessments, decisions, results of the innocent tests, kinds
# of link. `ordinary` is not of Okabe & Ito: a grey-blue that stays behind the others.
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "evidence": OKABE_ITO["vermillion"],
        "needs_documents": OKABE_ITO["orange"],
        "none": "#6F879E",
        "ordinary": "#6F879E",
        "defend": OKABE_ITO["bluish_green"],
        "concede": OKABE_ITO["reddish_purple"],
        "hold": OKABE_ITO["sky_blue"],
        "undecided": "#6F879E",
        "passed": OKABE_ITO["bluish_green"],
        "failed": OKABE_ITO["vermillion"],
        "not_available": "#6F879E",
        "phone": OKABE_ITO["blue"],
        "address": OKABE_ITO["bluish_green"],
        "device": OKABE_ITO["reddish_purple"],
        "payer": OKABE_ITO["black"],
        "ink": "#1F2A36",
        "quiet": "#55626F",
        "grid": "#E1E6EB",
    }
)

# The same meanings without colour: marker shapes, and hatching of bars.
SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "evidence": "diamond",
        "needs_documents": "triangle-up",
        "none": "circle",
        "ordinary": "circle",
        "defend": "circle",
        "concede": "x",
        "hold": "square-open",
        "undecided": "circle-open",
        "phone": "square",
        "address": "diamond",
        "device": "triangle-up",
        "payer": "cross",
    }
)
PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "evidence": "/",
        "needs_documents": ".",
        "none": "",
        "ordinary": "",
        "defend": "",
        "concede": "x",
        "hold": "-",
        "undecided": "",
        "passed": "",
        "failed": "/",
        "not_available": ".",
    }
)

# Latin letters from the first that is there, Chinese ones from a font with mainland glyph forms.
FONT_FAMILY = (
    '"Noto Sans", "Segoe UI", "Helvetica Neue", Arial, "Noto Sans CJK SC", "Noto Sans SC", '
    '"Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'
)

# plotly.js 4 offers "Share chart", which uploads the data of the figure, unless it is told not to.
# The empty address keeps it from sending anywhere even where somebody puts the button back.
CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "displaylogo": False,
        "responsive": True,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
        "toImageButtonOptions": {"format": "png", "scale": 2},
    }
)


def _axis() -> dict[str, Any]:
    return {
        "gridcolor": COLOURS["grid"],
        "linecolor": COLOURS["quiet"],
        "zeroline": False,
        "showline": True,
        "ticks": "outside",
        "tickcolor": COLOURS["quiet"],
        "title": {"font": {"size": 13}, "standoff": 12},
        "automargin": True,
    }


TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT_FAMILY, "size": 13, "color": COLOURS["ink"]},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "colorway": [OKABE_ITO[name] for name in ("blue", "orange", "bluish_green", "vermillion")],
        "xaxis": _axis(),
        "yaxis": _axis(),
        "hoverlabel": {"align": "left", "bgcolor": "white", "font": {"family": FONT_FAMILY}},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"},
        "margin": {"l": 64, "r": 24},
    }
)


def plain(text: object) -> str:
    """Text as plotly.js may show it: shop data can neither format a figure nor put links in it."""
    return html.escape(str(text), quote=False)


def wrapped(text: str, width: int = 90) -> str:
    """Escaped text in lines of at most `width` columns, a Chinese character counting as two."""
    lines: list[str] = []
    for line in textwrap.wrap(text, width, break_long_words=False) or [""]:
        lines.extend(_cut(line, width))
    return "<br>".join(plain(line) for line in lines)


def _cut(line: str, width: int) -> list[str]:
    # textwrap knows words, but a Chinese sentence is one word to it, and it counts characters.
    pieces, piece, used = [], "", 0
    for character in line:
        columns = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used + columns > width and columns == 2 and character not in "，。；：、）":
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + character, used + columns
    return [*pieces, piece]


def themed(
    figure: go.Figure,
    title: str,
    source_note: str,
    *,
    subtitle: str = "",
    height: int = 460,
    legend_lines: int = 1,
) -> go.Figure:
    """The same figure with the workbench's look, its finding as title and its source below.

    `title`, `subtitle` and `source_note` are plain text; they are escaped and wrapped here.
    `height` is in pixels; the width is that of the page. `legend_lines` is how many lines the
    legend may take on a narrow page, so that it does not grow into the title.
    """
    # plotly.js sets the first of several lines on the anchor, but a single line below it: 14 or 27.
    head, below, note = wrapped(title, 88), wrapped(subtitle, 118), wrapped(source_note, 140)
    top = 40 + 24 * _lines(head) + 18 * _lines(below) + 22 * legend_lines
    figure.update_layout(
        template=TEMPLATE,
        height=height,
        margin={"t": top, "b": 78 + 15 * _lines(note)},
        title={
            "text": head,
            "subtitle": {"text": below, "font": {"size": 13, "color": COLOURS["quiet"]}},
            "font": {"size": 18, "color": COLOURS["ink"]},
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": 1 - (14 if _lines(head) == 1 else 27) / height,
            "yref": "container",
            "yanchor": "top",
        },
    )
    figure.add_annotation(
        text=note,
        name="source_note",
        showarrow=False,
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-58,
        align="left",
        font={"size": 11, "color": COLOURS["quiet"]},
    )
    return figure


def _lines(text: str) -> int:
    return text.count("<br>") + 1 if text else 0


def use_in_notebook() -> None:
    """Let figures of this kernel show as plain data, without logo and without "Share chart".

    Tables show their sentences whole.
    """
    renderer = pio.renderers["plotly_mimetype"]
    renderer.config = dict(CONFIG)
    pio.renderers.default = "plotly_mimetype"
    pd.set_option("display.max_colwidth", None)
