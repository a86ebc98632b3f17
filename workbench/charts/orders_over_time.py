"""Orders per hour, day or week, with the suspicious groups marked below."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

import ibis
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from workbench.charts.group_marks import cut_to, group_traces, sizes_shown
from workbench.charts.marks import assessed_bars
from workbench.charts.order_rows import ASSESSMENTS, order_rows
from workbench.charts.theme import plain, themed
from workbench.charts.wording import number_text, source_note
from workbench.language import Say, assessment_word, words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = [
    "orders_over_time_chart",
    "orders_over_time_data",
    "orders_over_time_table",
]

Bin = Literal["hour", "day", "week"]
Window = tuple[pd.Timestamp, pd.Timestamp]
# Three stacked bars per bin: at most about 6,600 marks, well below what a browser draws at once.
_MOST_BINS = 2_200
_TICKS = [factor * 10**power for power in range(6) for factor in (1, 2, 3, 5, 7)]
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


def orders_over_time_chart(
    rows: pd.DataFrame, groups: pd.DataFrame, language: str = "zh"
) -> go.Figure:
    """Stacked bars of the orders above; below, each group as a line from first to last order.

    `rows` is what `orders_over_time_data` gives, `groups` what `group_marks_data` gives.
    """
    say = words("charts", language)
    window = _window(rows)
    shown = groups if window is None else cut_to(groups, *window)
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, row_heights=[0.6, 0.4], vertical_spacing=0.06
    )
    for name in ASSESSMENTS:
        bars = assessed_bars(say, rows.period.tolist(), rows[name], name)
        # A bar stands over its whole bin, so that it lines up with the groups below.
        bars.update(xperiod=_step(rows) / pd.Timedelta(milliseconds=1), xperiodalignment="middle")
        figure.add_trace(bars, row=1, col=1)
    for name in ("evidence", "needs_documents"):
        chosen = shown[shown.assessment == name]
        for trace in group_traces(say, chosen, name, language):
            figure.add_trace(trace, row=2, col=1)
    _axes(figure, say, rows, window)
    figure.update_yaxes(range=sizes_shown(groups), row=2, col=1)
    figure.update_layout(barmode="stack", bargap=0, hovermode="closest")
    note = source_note(say, int(rows.orders.sum()))
    return themed(figure, _title(say, rows, groups), note, height=640, legend_lines=2)


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


def _bin(first: datetime | None, last: datetime | None) -> Bin:
    if first is None or last is None or pd.isna(first) or pd.isna(last):
        return "day"
    days = (last - first).days + 1
    if days <= 14:
        return "hour"
    return "day" if days <= _MOST_BINS else "week"


def _axes(figure: go.Figure, say: Say, rows: pd.DataFrame, window: Window | None) -> None:
    per = rows.per.iloc[0] if len(rows) else "day"
    figure.update_yaxes(
        title_text=plain(_per_words(say)[per]),
        row=1,
        col=1,
        rangemode="tozero",
        tickformat=",d",
        dtick=1 if rows.orders.max() <= 6 else None,
    )
    figure.update_yaxes(
        title_text=plain(say("Orders in the group (log)")),
        type="log",
        tickvals=_TICKS,
        row=2,
        col=1,
    )
    figure.update_xaxes(
        type="date",
        range=window,
        hoverformat="%Y-%m-%d %H:%M",
        tickformatstops=[
            {"dtickrange": [None, 86_399_999], "value": "%m-%d %H:%M"},
            {"dtickrange": [86_400_000, "M1"], "value": "%Y-%m-%d"},
            {"dtickrange": ["M1", None], "value": "%Y-%m"},
        ],
    )
    figure.update_xaxes(title_text=plain(say("Time (shop's local time)")), row=2, col=1)


def _window(rows: pd.DataFrame) -> Window | None:
    """From the first bin to the end of the last; groups reach out of it where one looks closer."""
    if not len(rows):
        return None
    return rows.period.min(), rows.period.max() + _step(rows)


def _step(rows: pd.DataFrame) -> pd.Timedelta:
    return pd.Timedelta(1, unit=_UNITS[rows.per.iloc[0] if len(rows) else "day"])


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
