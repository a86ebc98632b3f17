"""Marks that several charts draw alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.theme import COLOURS, PATTERNS, plain
from workbench.language import Say, assessment_word

__all__ = ["assessed_bars", "nothing_drawn"]

_MOST_HATCHED = 60


def assessed_bars(say: Say, x: Sequence[object], counts: pd.Series[int], assessment: str) -> go.Bar:
    """Bars of one assessment, to be stacked: its colour, its hatching, its name in the legend.

    Many thin bars go without hatching, which would be noise; their colours differ in lightness.
    """
    name = plain(assessment_word(say, assessment))
    shape = PATTERNS[assessment] if len(counts) <= _MOST_HATCHED else ""
    return go.Bar(
        x=list(x),
        y=counts.tolist(),
        name=name,
        legendgroup=assessment,
        marker={
            "color": COLOURS[assessment],
            "line": {"width": 0},
            "pattern": {
                "shape": shape,
                "fillmode": "overlay",
                "fgcolor": "white",
                "size": 5,
            },
        },
        hovertemplate=f"%{{x}}<br>{name}: %{{y:,}}<extra></extra>",
    )


def nothing_drawn(figure: go.Figure, text: str) -> go.Figure:
    """The same figure with `text` where the marks would be, so that an empty chart says why."""
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure.add_annotation(
        text=plain(text),
        showarrow=False,
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        font={"size": 15, "color": COLOURS["quiet"]},
    )
