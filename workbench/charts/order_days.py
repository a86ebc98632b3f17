"""Orders per day, with the days marked that should have some and have none."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.theme import COLOURS, OKABE_ITO, plain, themed
from workbench.charts.wording import number_text
from workbench.language import Say, words
from workbench.quality import gaps_table

__all__ = ["order_days_chart", "order_days_data", "order_days_table"]

_DAY_MS = 86_400_000
_GAP = OKABE_ITO["vermillion"]


def order_days_data(days: pd.DataFrame) -> pd.DataFrame:
    """All shops together, day by day: day, orders, expected (orders at the usual rate).

    `days` is what `workbench.quality.days_data` gives.
    """
    return days.groupby("day", as_index=False)[["orders", "expected"]].sum()


def order_days_chart(rows: pd.DataFrame, gaps: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Orders per day as an area, the usual rate as a line, and each gap hatched with a mark.

    `rows` is what `order_days_data` gives, `gaps` what `workbench.quality.gaps_data` gives.
    """
    say = words("charts", language)
    top = float(max(rows.orders.max(), rows.expected.max(), 1)) if len(rows) else 1.0
    figure = go.Figure([_orders(say, rows), _usual(say, rows)])
    if len(gaps):
        for trace in _marks(say, gaps, top):
            figure.add_trace(trace)
    figure.update_layout(barmode="overlay", bargap=0)
    figure.update_yaxes(title_text=plain(say("Orders per day")), range=[0, 1.14 * top])
    day = pd.Timedelta(days=1)
    figure.update_xaxes(
        type="date",
        range=[rows.day.min() - day, rows.day.max() + day] if len(rows) else None,
        hoverformat="%Y-%m-%d",
        tickformatstops=[
            {"dtickrange": [None, "M1"], "value": "%Y-%m-%d"},
            {"dtickrange": ["M1", None], "value": "%Y-%m"},
        ],
    )
    note = say(
        "n = {orders:,} orders on {days:,} days. A gap is a run of days that chance leaves empty "
        "in fewer than 1 of 100 such shops.",
        orders=int(rows.orders.sum()),
        days=len(rows),
    )
    return themed(figure, _title(say, rows, gaps), note, legend_lines=2)


def order_days_table(gaps: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The gaps as a reader sees them; one line says so when there is none."""
    say = words("charts", language)
    if gaps.empty:
        return pd.DataFrame({say("Gaps"): [say("none")]})
    return gaps_table(gaps, language)


def _orders(say: Say, rows: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=rows.day,
        y=rows.orders,
        mode="lines",
        line={"color": OKABE_ITO["blue"], "width": 1, "shape": "hvh"},
        fill="tozeroy",
        fillcolor="rgba(0,114,178,0.35)",
        name=plain(say("Orders per day")),
        hovertemplate="%{x|%Y-%m-%d}: %{y:,}<extra></extra>",
    )


def _usual(say: Say, rows: pd.DataFrame) -> go.Scatter:
    return go.Scatter(
        x=rows.day,
        y=rows.expected.round(1),
        mode="lines",
        line={"color": COLOURS["ink"], "width": 1, "dash": "dot"},
        name=plain(say("usual on such a weekday")),
        hovertemplate="%{x|%Y-%m-%d}: %{y:,.1f}<extra></extra>",
    )


def _marks(say: Say, gaps: pd.DataFrame, top: float) -> list[go.Bar | go.Scatter]:
    """The hatched width of each gap, and a mark above it that a single day needs to be seen."""
    middle = gaps["first"] + (gaps["last"] - gaps["first"]) / 2
    told = [
        f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"
        for first, last in zip(gaps["first"], gaps["last"], strict=True)
    ]
    name = plain(say("no orders: a gap"))
    bars = go.Bar(
        x=middle,
        y=[top] * len(gaps),
        width=[days * _DAY_MS for days in gaps.days],
        marker={
            "color": "rgba(213,94,0,0.12)",
            "line": {"width": 0},
            "pattern": {"shape": "/", "fgcolor": _GAP, "size": 6, "fillmode": "overlay"},
        },
        name=name,
        legendgroup="gap",
        hovertext=told,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    marks = go.Scatter(
        x=middle,
        y=[1.06 * top] * len(gaps),
        mode="markers",
        marker={"symbol": "triangle-down", "size": 10, "color": _GAP},
        legendgroup="gap",
        showlegend=False,
        hovertext=told,
        hovertemplate="%{hovertext}<extra></extra>",
    )
    return [bars, marks]


def _title(say: Say, rows: pd.DataFrame, gaps: pd.DataFrame) -> str:
    if not len(rows):
        return say("No orders in the files")
    if gaps.empty:
        return say(
            "No gap in {days:,} days, from {first} to {last}",
            days=len(rows),
            first=f"{rows.day.min():%Y-%m-%d}",
            last=f"{rows.day.max():%Y-%m-%d}",
        )
    longest = gaps.iloc[0]
    return say(
        "{count} gaps; the longest from {first} to {last}: {days} days, where {usual} orders "
        "are usual",
        count=number_text(say, len(gaps)),
        first=f"{longest['first']:%Y-%m-%d}",
        last=f"{longest['last']:%Y-%m-%d}",
        days=int(longest["days"]),
        usual=number_text(say, float(longest["expected"])),
    )
