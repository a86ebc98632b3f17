"""The board of cases as a picture: days left to the right, orders lacking evidence upwards."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.marks import nothing_drawn
from workbench.charts.page import html_pages
from workbench.charts.theme import COLOURS, OKABE_ITO, plain, themed
from workbench.language import Say, words
from workbench.notice.board import NEAR_DAYS
from workbench.notice.board_told import board_table, next_step, row_name, state_text

__all__ = ["board_chart", "board_page", "board_points"]

# Colour and shape of a state; those alike are told apart by where they lie.
_MARKS: Mapping[str, tuple[str, str]] = {
    "urgent": (OKABE_ITO["vermillion"], "diamond"),
    "unknown_deadline": (OKABE_ITO["yellow"], "hexagram"),
    "collect": (OKABE_ITO["orange"], "triangle-up"),
    "decide": (OKABE_ITO["blue"], "square"),
    "send": (OKABE_ITO["bluish_green"], "circle"),
    "waiting": (OKABE_ITO["sky_blue"], "circle-open"),
    "past": (OKABE_ITO["black"], "x"),
    "exhausted": (COLOURS["ordinary"], "x"),
    "conceded": (COLOURS["concede"], "cross"),
    "settled": (COLOURS["ordinary"], "circle-open"),
}
_LEAST_DAYS, _MOST_DAYS = 10, 30
_PAST, _TICKS = -2.0, (0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000)
_NAMES_AT_A_SPOT = 3
_LONGEST_NAME = 16


def board_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Where each notice lies in the picture: the rows of `board_data` with x, y and edge.

    x is the days left, -2 for a deadline that is over, at most 30; without a deadline it lies
    right of all others (edge "unknown"; "past", "later" for more than 30 days, else ""). y is the
    logarithm of one and the orders lacking evidence, so that 0 has its place; an unknown number
    is drawn at the top of the others (edge_y "unknown"). Cases that cannot be read or have no
    notice are left out: the table lists them.
    """
    drawn = rows[rows["state"].isin(list(_MARKS))].copy()
    days = drawn["days_left"].astype("Float64")
    furthest = days.clip(upper=_MOST_DAYS).max()
    end = float(max(_LEAST_DAYS, furthest if pd.notna(furthest) else 0))
    drawn["edge"] = ""
    drawn.loc[days.lt(0).fillna(False), "edge"] = "past"
    drawn.loc[days.gt(_MOST_DAYS).fillna(False), "edge"] = "later"
    drawn.loc[days.isna(), "edge"] = "unknown"
    drawn["x"] = days.clip(lower=_PAST, upper=_MOST_DAYS).astype(float)
    drawn.loc[drawn["edge"].eq("past"), "x"] = _PAST
    drawn.loc[drawn["edge"].eq("unknown"), "x"] = end + 3
    lacking = drawn["missing"].astype("Float64")
    top = max(10, int(lacking.max()) if lacking.notna().any() else 0)
    drawn["edge_y"] = ["unknown" if one else "" for one in lacking.isna()]
    drawn["y"] = [_height(top * 2 if pd.isna(one) else float(one)) for one in lacking]
    return drawn.assign(end=end, top=top).reset_index(drop=True)


def board_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """One mark per notice; top left is what burns. `rows` is what `board_data` gives."""
    say = words("charts", language)
    points = board_points(rows)
    figure = go.Figure()
    listed = len(rows) - len(points)
    note = say(
        "The vertical axis counts by tens, so that shops of any size fit. Lacking evidence: no two "
        "independent sources with a neutral one among them. Source: the cases' own records."
    )
    below = say(
        "Notices drawn: {drawn}; cases listed in the table only: {listed}",
        drawn=len(points),
        listed=listed,
    )
    if points.empty:
        themed(figure, say("Days left and evidence missing"), note, subtitle=below)
        return nothing_drawn(figure, say("No notice to draw"))
    _quadrants(figure, points, say)
    for state in _MARKS:
        own = points[points["state"].eq(state)]
        if len(own):
            figure.add_trace(_marks(own, state, language))
    _names(figure, points, say)
    _axes(figure, points, say)
    figure.update_layout(hovermode="closest", showlegend=True)
    urgent = int(points["state"].eq("urgent").sum())
    title = say(
        "{urgent} of {drawn} notices have at most {days} days left and lack evidence",
        urgent=urgent,
        drawn=len(points),
        days=NEAR_DAYS,
    )
    return themed(figure, title, note, subtitle=below, height=560, legend_lines=1)


def board_page(rows: pd.DataFrame, language: str = "zh") -> str:
    """The picture with its table as one HTML file that needs no internet."""
    say = words("charts", language)
    drawn = (board_chart(rows, language), board_table(rows, language))
    return html_pages({"board": drawn}, language, say("Board of cases"), narrow=True)


def _height(missing: float) -> float:
    return log10(1 + missing)


def _marks(own: pd.DataFrame, state: str, language: str) -> go.Scatter:
    colour, symbol = _MARKS[state]
    return go.Scatter(
        x=own["x"],
        y=own["y"],
        mode="markers",
        name=plain(state_text(state, language)),
        marker={
            "symbol": symbol,
            "color": colour,
            "size": 14,
            "line": {
                "width": 2 if symbol.endswith("open") else 1,
                "color": colour if symbol.endswith("open") else COLOURS["ink"],
            },
        },
        customdata=[_hover(row, language) for row in own.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _hover(row: Mapping[Any, Any], language: str) -> str:
    say = words("charts", language)
    unknown = say("unknown")
    deadline = f"{row['deadline']:%Y-%m-%d %H:%M}" if pd.notna(row["deadline"]) else unknown
    told = [
        f"{row_name(row)} · {row['notice_id'] or '–'}",
        say("Appeal until: {day}", day=deadline),
        say("Days left: {days}", days=unknown if pd.isna(row["days_left"]) else row["days_left"]),
        say(
            "Orders lacking evidence: {missing} of {named}",
            missing=unknown if pd.isna(row["missing"]) else row["missing"],
            named=unknown if pd.isna(row["named"]) else row["named"],
        ),
        f"→ {next_step(row, language)}",
    ]
    return "<br>".join(plain(one) for one in told)


def _quadrants(figure: go.Figure, points: pd.DataFrame, say: Say) -> None:
    """Bands for what is over and what is not known, the line of near deadlines, four words."""
    end, top = points["end"].iloc[0], _height(points["top"].iloc[0] * 2.6)
    bands = [(_PAST - 1, -0.5, points["edge"].eq("past").any())]
    bands.append((end + 1.5, end + 4.5, points["edge"].eq("unknown").any()))
    for first, last, wanted in bands:
        if wanted:
            figure.add_vrect(x0=first, x1=last, fillcolor="#EEF1F4", line_width=0, layer="below")
    figure.add_shape(
        type="rect", x0=-0.5, x1=NEAR_DAYS + 0.5, y0=_height(0.5), y1=top,
        fillcolor="#FBE9DF", line_width=0, layer="below",
    )  # fmt: skip
    line = {"color": COLOURS["quiet"], "dash": "dash", "width": 1}
    figure.add_vline(x=NEAR_DAYS + 0.5, line=line)
    figure.add_hline(y=_height(0.5), line=line)
    low, high = -0.24, top - 0.06
    for x, y, text, anchor in (
        (-0.4, high, say("now"), "left"),
        (end + 0.9, high, say("collect"), "right"),
        (-0.4, low, say("send today"), "left"),
        (end + 0.9, low, say("ready"), "right"),
    ):
        figure.add_annotation(
            x=x, y=y, text=f"<b>{plain(text)}</b>", showarrow=False, xanchor=anchor,
            yanchor="top" if y == high else "middle",
            font={"size": 12, "color": COLOURS["quiet"]},
        )  # fmt: skip


def _names(figure: go.Figure, points: pd.DataFrame, say: Say) -> None:
    """The names of the notices at each spot, up to three."""
    for (x, y), own in points.groupby(["x", "y"], sort=True):
        names = list(dict.fromkeys(_short(row_name(row)) for row in own.to_dict("records")))
        more = len(names) - _NAMES_AT_A_SPOT
        told = " · ".join(names[:_NAMES_AT_A_SPOT])
        if more > 0:
            told = say("{names} and {more} more", names=told, more=more)
        right = x > points["end"].iloc[0] - 1
        figure.add_annotation(
            x=x, y=y, text=plain(told), showarrow=False, xshift=-12 if right else 12,
            xanchor="right" if right else "left", yanchor="middle", font={"size": 11},
            bgcolor="rgba(255,255,255,0.75)",
        )  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _axes(figure: go.Figure, points: pd.DataFrame, say: Say) -> None:
    end, top = float(points["end"].iloc[0]), int(points["top"].iloc[0])
    step = 1 if end <= 12 else 5 if end <= 30 else 10
    days = [NEAR_DAYS, *range(0, int(end) + 1, step)] if step > 1 else list(range(int(end) + 1))
    ticks = {float(day): str(day) for day in days}
    left, right = -1.0, end + 1.2
    if points["edge"].eq("past").any():
        ticks[_PAST], left = plain(say("over")), _PAST - 1
    if points["edge"].eq("unknown").any():
        ticks[end + 3], right = plain(say("not known")), end + 4.5
    if points["edge"].eq("later").any():
        ticks[float(_MOST_DAYS)] = f"≥{_MOST_DAYS}"
    places = sorted(ticks)
    figure.update_xaxes(
        tickvals=places, ticktext=[ticks[one] for one in places], range=[left, right],
        title_text=plain(say("Whole days left to appeal")), showgrid=False,
    )  # fmt: skip
    heights = {_height(one): f"{one:,}" for one in _TICKS if one <= top * 1.3}
    if points["edge_y"].eq("unknown").any():
        heights[_height(top * 2)] = plain(say("not known"))
    figure.update_yaxes(
        tickvals=list(heights), ticktext=list(heights.values()),
        range=[-0.34, _height(top * 2.6)],
        title_text=plain(say("Orders lacking evidence")),
    )  # fmt: skip
