"""The suspicious groups as marks on a time axis: data, table and traces."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.theme import COLOURS, SYMBOLS, plain, wrapped
from workbench.charts.wording import number_text
from workbench.language import Say, assessment_word, words

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["cut_to", "group_marks_data", "group_marks_table", "group_traces", "sizes_shown"]

_MOST_GROUPS = 300


def group_marks_data(
    assessment: Assessment, *, start: datetime | None = None, end: datetime | None = None
) -> pd.DataFrame:
    """The suspicious groups that overlap a window, the most significant first, at most 300.

    Columns: group_id, assessment, size (orders), q_value, window_start, window_end,
    sentence_zh, sentence_en. Groups that are not suspicious, or have no time, are left out.
    """
    groups = assessment.groups
    keep = groups.assessment.isin(["evidence", "needs_documents"]) & groups.window_start.notna()
    if start is not None:
        keep &= groups.window_end >= pd.Timestamp(start)
    if end is not None:
        keep &= groups.window_start < pd.Timestamp(end)
    columns = ["group_id", "assessment", "size", "q_value", "window_start", "window_end"]
    marked = groups.loc[keep, [*columns, "sentence_zh", "sentence_en"]]
    return marked.sort_values(["q_value", "group_id"], ignore_index=True).head(_MOST_GROUPS)


def group_marks_table(groups: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The groups of `group_marks_data` as a reader sees them, each with its sentence."""
    say = words("charts", language)
    return pd.DataFrame(
        {
            say("Group"): groups.group_id,
            say("Assessment"): [assessment_word(say, name) for name in groups.assessment],
            say("Orders"): [number_text(say, n) for n in groups["size"]],
            say("From"): groups.window_start.dt.strftime("%Y-%m-%d %H:%M"),
            say("To"): groups.window_end.dt.strftime("%Y-%m-%d %H:%M"),
            say("What was found"): groups[f"sentence_{language}"],
        }
    )


def sizes_shown(groups: pd.DataFrame) -> list[float] | None:
    """The range of the logarithmic axis, with room for the marks and for a tick or two."""
    if not len(groups):
        return None
    return [math.log10(0.7 * groups["size"].min()), math.log10(1.4 * groups["size"].max())]


def cut_to(groups: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The groups, cut to a window, so that the mark in the middle of each can be seen."""
    return groups.assign(
        window_start=groups.window_start.where(groups.window_start > first, first),
        window_end=groups.window_end.where(groups.window_end < last, last),
    )


def group_traces(
    say: Say, groups: pd.DataFrame, assessment: str, language: str
) -> list[go.Scatter]:
    """One trace of all lines of an assessment, and one of the marks that carry the words."""
    colour = COLOURS[assessment]
    times: list[object] = []
    sizes: list[object] = []
    for group in groups.itertuples():
        times += [group.window_start, group.window_end, None]
        sizes += [group.size, group.size, None]
    lines = go.Scatter(
        x=times,
        y=sizes,
        mode="lines",
        line={"color": colour, "width": 3},
        hoverinfo="skip",
        showlegend=False,
        legendgroup=assessment,
    )
    middle = groups.window_start + (groups.window_end - groups.window_start) / 2
    marks = go.Scatter(
        x=middle,
        y=groups["size"],
        mode="markers",
        name=plain(say("Group: {assessment}", assessment=assessment_word(say, assessment))),
        legendgroup=f"group {assessment}",
        marker={"symbol": SYMBOLS[assessment], "size": 10, "color": colour}
        | {"line": {"width": 1, "color": COLOURS["ink"]}},
        customdata=[
            [plain(group.group_id), wrapped(getattr(group, f"sentence_{language}"), 70)]
            for group in groups.itertuples()
        ],
        hovertemplate="<b>%{customdata[0]}</b> n = %{y}<br>%{customdata[1]}<extra></extra>",
    )
    return [lines, marks]
