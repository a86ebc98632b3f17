"""Orders per hour, day or week, with the suspicious groups marked below."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

import ibis
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from workbench.charts.marks import assessed_bars
from workbench.charts.order_rows import ASSESSMENTS, order_rows
from workbench.charts.theme import COLOURS, SYMBOLS, plain, themed, wrapped
from workbench.charts.wording import assessment_word, number_text, source_note
from workbench.language import Say, words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = [
    "group_marks_data",
    "group_marks_table",
    "orders_over_time_chart",
    "orders_over_time_data",
    "orders_over_time_table",
]

Bin = Literal["hour", "day", "week"]
# Three stacked bars per bin: at most about 6,600 marks, well below what a browser draws at once.
_MOST_BINS = 2_200
_MOST_GROUPS = 300
_UNITS: dict[str, Literal["h", "D", "W"]] = {"hour": "h", "day": "D", "week": "W"}


def orders_over_time_data(
    tables: Tables,
    assessment: Assessment,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    per: Bin | None = None,
) -> pd.DataFrame:
    """Orders per bin of the shop's local time, from `start` up to but without `end`.

    `per` is the width of a bin; without it, hours for a window of at most 14 days and days
    otherwise, or weeks (from Monday) where days would be more than 2,200. Columns: period (start
    of the bin), per, orders, evidence, needs_documents, none. Bins without orders are absent.
    """
    rows = order_rows(tables, assessment)
    if start is not None:
        rows = rows.filter(rows.created_at >= ibis.literal(start))
    if end is not None:
        rows = rows.filter(rows.created_at < ibis.literal(end))
    chosen = per or _bin(rows.created_at.min().execute(), rows.created_at.max().execute())
    rows = rows.mutate(period=rows.created_at.truncate(_UNITS[chosen]))
    counts = {name: (rows.assessment == name).sum() for name in ASSESSMENTS}
    binned = rows.group_by("period").agg(orders=rows.count(), **counts)
    counted = binned.order_by("period").to_pandas()
    counted.insert(1, "per", chosen)
    return counted.astype({"per": "str", "period": "datetime64[us]"})


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


def orders_over_time_chart(
    rows: pd.DataFrame, groups: pd.DataFrame, language: str = "zh"
) -> go.Figure:
    """Stacked bars of the orders above; below, each group as a line from first to last order.

    `rows` is what `orders_over_time_data` gives, `groups` what `group_marks_data` gives.
    """
    say = words("charts", language)
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.6, 0.4], vertical_spacing=0.06
    )
    for name in ASSESSMENTS:
        figure.add_trace(assessed_bars(say, rows.period.tolist(), rows[name], name), row=1, col=1)
    for name in ("evidence", "needs_documents"):
        chosen = groups[groups.assessment == name]
        for trace in _group_traces(say, chosen, name, language):
            figure.add_trace(trace, row=2, col=1)
    per = rows.per.iloc[0] if len(rows) else "day"
    figure.update_yaxes(title_text=plain(_per_words(say)[per]), row=1, col=1, rangemode="tozero")
    figure.update_yaxes(
        title_text=plain(say("Orders in the group (log)")), type="log", row=2, col=1
    )
    figure.update_xaxes(
        type="date",
        hoverformat="%Y-%m-%d %H:%M",
        tickformatstops=[
            {"dtickrange": [None, 86_399_999], "value": "%m-%d %H:%M"},
            {"dtickrange": [86_400_000, "M1"], "value": "%Y-%m-%d"},
            {"dtickrange": ["M1", None], "value": "%Y-%m"},
        ],
    )
    figure.update_xaxes(title_text=plain(say("Time (shop's local time)")), row=2, col=1)
    figure.update_layout(barmode="stack", bargap=0.05, hovermode="closest")
    note = source_note(say, int(rows.orders.sum()))
    return themed(figure, _title(say, rows, groups), note, height=620)


def orders_over_time_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The bins of `orders_over_time_data` as a reader sees them."""
    say = words("charts", language)
    shape = "%Y-%m-%d %H:%M" if len(rows) and rows.per.iloc[0] == "hour" else "%Y-%m-%d"
    table = {
        say("From"): rows.period.dt.strftime(shape),
        say("Orders"): [number_text(say, n) for n in rows.orders],
    }
    for name in ASSESSMENTS:
        table[assessment_word(say, name)] = [number_text(say, n) for n in rows[name]]
    return pd.DataFrame(table)


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


def _bin(first: datetime | None, last: datetime | None) -> Bin:
    if first is None or last is None or pd.isna(first) or pd.isna(last):
        return "day"
    days = (last - first).days + 1
    if days <= 14:
        return "hour"
    return "day" if days <= _MOST_BINS else "week"


def _group_traces(
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


def _per_words(say: Say) -> dict[str, str]:
    return {
        "hour": say("Orders per hour"),
        "day": say("Orders per day"),
        "week": say("Orders per week"),
    }


def _title(say: Say, rows: pd.DataFrame, groups: pd.DataFrame) -> str:
    if not len(rows):
        return say("No orders in this window")
    if not len(groups):
        return say("{orders:,} orders, no suspicious group", orders=int(rows.orders.sum()))
    return say(
        "{suspicious:,} of {orders:,} orders are suspicious, in {groups:,} groups",
        groups=len(groups),
        suspicious=int(rows.evidence.sum() + rows.needs_documents.sum()),
        orders=int(rows.orders.sum()),
    )
