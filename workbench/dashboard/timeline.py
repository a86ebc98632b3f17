"""Orders per day, with the groups that stand out marked above them."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from workbench.charts.theme import COLOURS, PATTERNS, SYMBOLS, TEMPLATE, plain
from workbench.dashboard.bilingual import BothSay, both
from workbench.dashboard.figures import count, day, moment
from workbench.dashboard.part import Part
from workbench.element import tag
from workbench.language import LANGUAGES, Say, assessment_word, words
from workbench.snapshot import Snapshot

__all__ = ["group_marks", "orders_per_day", "orders_per_day_chart"]

_MONTH = 28 * 86_400_000  # milliseconds, as plotly counts distances of ticks
_HATCHED_DAYS = 130
_STANDING_OUT = ("needs_documents", "evidence")
_MARKED = ("group_id", "assessment", "size")


def group_marks(snapshot: Snapshot) -> list[dict[str, Any]]:
    """One row per group that stands out and has a time: date, group_id, assessment, size.

    `date` is the day on which its window starts.
    """
    return [
        {"date": day(group["window_start"]), **{k: group[k] for k in _MARKED}}
        for group in snapshot["groups"]
        if group["assessment"] in _STANDING_OUT and moment(group["window_start"])
    ]


def orders_per_day(snapshot: Snapshot) -> Part:
    """The section "when": a sentence, the chart, and the same figures as a table."""
    say = both(snapshot["case"]["language"])
    days = snapshot["per_day"]
    standing_out = [row for row in days if row["evidence"] or row["needs_documents"]]
    sentence = (
        say(
            "On {n} of {all} days with orders, some belong to a group that stands out.",
            n=count(len(standing_out)),
            all=count(len(days)),
        )
        if standing_out
        else say("On no day does any group of orders stand out.")
    )
    chart = tag("div", class_="chart", role="img", aria_labelledby="timeline-sentence")
    hint = tag("p", say("A mark is a group: click it to read about it."), class_="quiet screen")
    html = tag(
        "section",
        tag("h2", say("When")),
        tag("p", sentence, id="timeline-sentence"),
        chart if days else None,
        hint if standing_out else None,
        _table(say, standing_out),
        id="timeline",
    )
    return Part("orders per day", html, orders_per_day_chart(snapshot) if days else None)


def orders_per_day_chart(snapshot: Snapshot) -> go.Figure:
    """Bars per day, stacked by assessment, and one mark per group that stands out.

    The figure speaks the case's language; `layout.meta` holds what the page's script puts in
    its place when the reader switches.
    """
    days, marks = snapshot["per_day"], group_marks(snapshot)
    dates = [row["date"] for row in days]
    counts = {name: [row[name] for row in days] for name in _STANDING_OUT}
    counts["ordinary"] = [row["orders"] - row["evidence"] - row["needs_documents"] for row in days]
    figure = go.Figure()
    for name in ("ordinary", *_STANDING_OUT):
        # On bars of a few pixels, hatching would hide the bar; the marks say it by their shape.
        shape = PATTERNS[name] if len(days) <= _HATCHED_DAYS else ""
        marker = {"color": COLOURS[name], "line": {"width": 0}}
        if shape:
            marker["pattern"] = {
                "shape": shape,
                "bgcolor": COLOURS[name],
                "fgcolor": "white",
                "size": 6,
                "solidity": 0.25,
            }
        figure.add_bar(x=dates, y=counts[name], marker=marker)
    heights = {row["date"]: row["orders"] for row in days}
    figure.add_scatter(
        x=[mark["date"] for mark in marks],
        y=[heights.get(mark["date"], 0) for mark in marks],
        mode="markers",
        marker={
            "symbol": [SYMBOLS[mark["assessment"]] for mark in marks],
            "color": [COLOURS[mark["assessment"]] for mark in marks],
            "size": 13,
            "line": {"color": COLOURS["ink"], "width": 1.5},
        },
        customdata=[[plain(mark["group_id"]), mark["size"]] for mark in marks],
        cliponaxis=False,
    )
    _lay_out(figure)
    return _worded(figure, snapshot["case"]["language"])


def _lay_out(figure: go.Figure) -> None:
    figure.update_layout(
        template=TEMPLATE,
        height=360,
        margin={"l": 48, "r": 12, "t": 56, "b": 40},
        barmode="stack",
        bargap=0.05,
        dragmode=False,
        legend={"y": 1.04, "itemclick": False, "itemdoubleclick": False},
    )
    # Nothing to zoom: on a phone, a finger on the chart must scroll the page.
    figure.update_xaxes(
        type="date",
        fixedrange=True,
        hoverformat="%Y-%m-%d",
        tickformatstops=[
            {"dtickrange": [None, _MONTH], "value": "%m-%d"},
            {"dtickrange": [_MONTH, None], "value": "%Y-%m"},
        ],
        nticks=7,
        tickangle=0,
    )
    figure.update_yaxes(fixedrange=True, rangemode="tozero", nticks=6)


def _worded(figure: go.Figure, first: str) -> go.Figure:
    wording: dict[str, Any] = {
        language: _wording(words("dashboard", language)) for language in LANGUAGES
    }
    for trace, (name, hover) in zip(
        figure.data, zip(*wording[first]["traces"].values(), strict=True), strict=True
    ):
        trace.update(name=name, hovertemplate=hover)
    figure.update_layout({"yaxis.title.text": wording[first]["y"], "meta": wording})
    return figure


def _wording(say: Say) -> dict[str, Any]:
    names = [
        say("ordinary"),
        say("needs documents"),
        say("unusual"),
        say("group that stands out"),
    ]
    bars = ["%{x|%Y-%m-%d}<br>" + name + ": %{y}<extra></extra>" for name in names[:-1]]
    mark = say("Group {id}: {n} orders", id="%{customdata[0]}", n="%{customdata[1]}")
    hovers = [*bars, mark + "<br>%{x|%Y-%m-%d}<extra></extra>"]
    return {"y": say("orders per day"), "traces": {"name": names, "hovertemplate": hovers}}


def _table(say: BothSay, rows: list[dict[str, Any]]) -> Markup | None:
    if not rows:
        return None
    head = (
        say("Day"),
        say("Orders"),
        assessment_word(say, "evidence"),
        assessment_word(say, "needs_documents"),
    )
    body = (
        tag(
            "tr",
            tag("th", row["date"], scope="row"),
            *(tag("td", count(row[k]), class_="n") for k in ("orders", *reversed(_STANDING_OUT))),
        )
        for row in rows
    )
    table = tag(
        "table",
        tag("thead", tag("tr", *(tag("th", text, scope="col") for text in head))),
        tag("tbody", *body),
    )
    return tag(
        "details",
        tag("summary", say("The days that stand out, as a table")),
        tag("div", table, class_="scroll", tabindex="0"),
        class_="plain",
    )
