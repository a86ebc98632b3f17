"""When the shop sells: hour of the day by day of the week, and how suspicious orders differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from workbench.charts.order_rows import order_rows
from workbench.charts.theme import plain, themed
from workbench.charts.wording import number_text, source_note, weekday_words
from workbench.language import Say, words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["hour_weekday_chart", "hour_weekday_data", "hour_weekday_table"]

# Blue – white – vermillion: told apart with any colour vision; the sign is also in the hover text.
_DIVERGING = [[0, "#0072B2"], [0.5, "#FFFFFF"], [1, "#D55E00"]]
_SEQUENTIAL = [[0, "#F4F7F9"], [1, "#1B4B72"]]


def hour_weekday_data(tables: Tables, assessment: Assessment) -> pd.DataFrame:
    """All 168 hours of a week, Monday 0 o'clock first, by the time the order was placed.

    Columns: weekday (0 Monday … 6 Sunday), hour (0..23), orders, suspicious (orders assessed
    `evidence` or `needs_documents`), difference (share of the suspicious orders that fall into
    this hour minus the share of the other orders, -1..1; missing when either kind is absent).
    """
    rows = order_rows(tables, assessment)
    rows = rows.mutate(weekday=rows.created_at.day_of_week.index(), hour=rows.created_at.hour())
    counts = rows.group_by(["weekday", "hour"]).agg(
        orders=rows.count(), suspicious=(rows.assessment != "none").sum()
    )
    counted = counts.to_pandas()
    week = pd.MultiIndex.from_product([range(7), range(24)], names=["weekday", "hour"])
    full = counted.set_index(["weekday", "hour"]).reindex(week, fill_value=0).reset_index()
    full = full.astype("int64")
    others = full.orders - full.suspicious
    full["difference"] = (
        full.suspicious / full.suspicious.sum() - others / others.sum()
        if full.suspicious.sum() and others.sum()
        else float("nan")
    )
    return full


def hour_weekday_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Left all orders; right the hours that suspicious orders prefer or avoid.

    `rows` is what `hour_weekday_data` gives.
    """
    say = words("charts", language)
    figure = make_subplots(
        rows=1,
        cols=2,
        shared_yaxes=True,
        horizontal_spacing=0.14,
        subplot_titles=(
            plain(say("All orders")),
            plain(say("Suspicious orders against the others")),
        ),
    )
    figure.update_annotations(font_size=14)
    figure.add_trace(_all_orders(say, rows), row=1, col=1)
    figure.add_trace(_difference(say, rows), row=1, col=2)
    figure.update_xaxes(title_text=plain(say("Hour of the day")), dtick=3)
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(autorange="reversed", showgrid=False)
    if rows.difference.isna().all():
        figure.add_annotation(
            text=plain(say("no suspicious orders to compare")), showarrow=False, row=1, col=2
        )
    return themed(figure, _title(say, rows), source_note(say, int(rows.orders.sum())))


def hour_weekday_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The hours with suspicious orders, the most over-represented first."""
    say = words("charts", language)
    days = weekday_words(say)
    chosen = rows[rows.suspicious > 0].sort_values(
        ["difference", "weekday", "hour"], ascending=[False, True, True]
    )
    return pd.DataFrame(
        {
            say("Day of the week"): [days[n] for n in chosen.weekday],
            say("Hour of the day"): [_hour(n) for n in chosen.hour],
            say("Orders"): [number_text(say, n) for n in chosen.orders],
            say("Suspicious orders"): [number_text(say, n) for n in chosen.suspicious],
            say("Difference of shares (percentage points)"): [
                say("unknown") if pd.isna(d) else f"{100 * d:+.2f}" for d in chosen.difference
            ],
        }
    )


def _all_orders(say: Say, rows: pd.DataFrame) -> go.Heatmap:
    return go.Heatmap(
        z=rows.pivot(index="weekday", columns="hour", values="orders").to_numpy(),
        x=list(range(24)),
        y=[plain(day) for day in weekday_words(say)],
        colorscale=_SEQUENTIAL,
        xgap=1,
        ygap=1,
        colorbar={
            "title": {"text": plain(say("orders")), "font": {"size": 12}},
            "x": 0.435,
            "thickness": 12,
        },
        hovertemplate=plain(say("orders")) + ": %{z:,}<br>%{y} %{x}:00<extra></extra>",
    )


def _difference(say: Say, rows: pd.DataFrame) -> go.Heatmap:
    points = rows.assign(points=100 * rows.difference)
    reach = points.points.abs().max()
    return go.Heatmap(
        z=points.pivot(index="weekday", columns="hour", values="points").to_numpy(),
        x=list(range(24)),
        y=[plain(day) for day in weekday_words(say)],
        colorscale=_DIVERGING,
        zmin=-reach if reach > 0 else -1,
        zmax=reach if reach > 0 else 1,
        xgap=1,
        ygap=1,
        colorbar={
            "title": {"text": plain(say("points")), "font": {"size": 12}},
            "x": 1.0,
            "thickness": 12,
            "tickformat": "+.1f",
        },
        hovertemplate="%{z:+.2f} " + plain(say("points")) + "<br>%{y} %{x}:00<extra></extra>",
    )


def _title(say: Say, rows: pd.DataFrame) -> str:
    if rows.difference.isna().all():
        return say("When the shop sells: no suspicious orders to compare")
    most = rows.iloc[int(rows.difference.argmax())]
    return say(
        "Suspicious orders pile up on {day} at {hour}: their share there is {points:.1f} "
        "percentage points above that of the others",
        day=weekday_words(say)[int(most.weekday)],
        hour=_hour(int(most.hour)),
        points=100 * float(most.difference),
    )


def _hour(hour: int) -> str:
    return f"{hour:02d}:00"
