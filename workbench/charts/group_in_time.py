"""The orders of one group among the shop's other orders of those days, and the campaigns then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import ibis
import pandas as pd
import plotly.graph_objects as go

from workbench.charts.order_rows import order_rows
from workbench.charts.theme import COLOURS, PATTERNS, plain, themed
from workbench.charts.wording import number_text, source_note
from workbench.language import Say, words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = [
    "GroupInTime",
    "group_in_time_chart",
    "group_in_time_data",
    "group_in_time_table",
]

Bin = Literal["hour", "day", "week"]
_UNITS: dict[Bin, Literal["h", "D", "W"]] = {"hour": "h", "day": "D", "week": "W"}
# The group's time takes a third of the page; what is usual shows on both sides of it.
_BESIDE = 1.0
_LEAST_BESIDE = pd.Timedelta(days=1)
_HOURS = pd.Timedelta(days=9)
_DAYS = pd.Timedelta(days=400)
_MOST_CAMPAIGNS = 4
_NAME_LENGTH = 14


@dataclass(frozen=True)
class GroupInTime:
    """Orders per bin, and campaigns.

    `bins`: period (start), per (hour | day | week), group (orders of the group), others. Bins
    without orders are absent. `campaigns`: name, starts_at, ends_at, those that touch the time
    of the group. `window`: from when to when the bins reach.
    """

    group_id: str
    bins: pd.DataFrame
    campaigns: pd.DataFrame
    window: tuple[pd.Timestamp, pd.Timestamp]


def group_in_time_data(tables: Tables, assessment: Assessment, group_id: str) -> GroupInTime:
    """The orders from a while before a group's first order to as long after its last.

    The group's orders are those whose main group it is. Raises KeyError for a group that is not
    there or that has no time.
    """
    own: Any = assessment.groups.set_index("group_id").loc[group_id]
    if pd.isna(own.window_start) or pd.isna(own.window_end):
        raise KeyError(group_id)
    first, last = pd.Timestamp(own.window_start), pd.Timestamp(own.window_end)
    beside = max((last - first) * _BESIDE, _LEAST_BESIDE)
    per = _bin(last - first + 2 * beside)
    start, end = first - beside, last + beside
    rows = order_rows(tables, assessment)
    rows = rows.filter((rows.created_at >= _at(start)) & (rows.created_at <= _at(end)))
    rows = rows.mutate(
        period=rows.created_at.truncate(_UNITS[per]),
        mine=(rows.group_id == group_id).fill_null(False),
    )
    counted = rows.group_by("period").agg(
        group=rows.mine.sum().cast("int64"), orders=rows.count().cast("int64")
    )
    bins = counted.order_by("period").to_pandas()
    bins = bins.assign(per=per, others=bins["orders"] - bins["group"])
    bins = bins[["period", "per", "group", "others"]]
    bins = bins.astype({"per": "str", "period": "datetime64[us]"})
    return GroupInTime(group_id, bins, _campaigns(tables, first, last), (start, end))


def group_in_time_chart(rows: GroupInTime, language: str = "zh") -> go.Figure:
    """Stacked bars: the group's orders below, the shop's others above; campaigns as bands."""
    say = words("charts", language)
    figure = go.Figure()
    step = _step(rows)
    parts = (
        (say("orders of the group"), rows.bins["group"], "evidence"),
        (say("the shop's other orders"), rows.bins["others"], "ordinary"),
    )
    for name, counts, meaning in parts:
        figure.add_trace(
            go.Bar(
                x=rows.bins["period"].tolist(),
                y=counts.tolist(),
                name=plain(name),
                xperiod=step / pd.Timedelta(milliseconds=1),
                xperiodalignment="middle",
                marker={
                    "color": COLOURS[meaning],
                    "line": {"width": 0},
                    "pattern": {
                        "shape": PATTERNS[meaning],
                        "fillmode": "overlay",
                        "fgcolor": "white",
                        "size": 5,
                    },
                },
                hovertemplate=f"%{{x}}<br>{plain(name)}: %{{y:,}}<extra></extra>",
            )
        )
    for at, campaign in enumerate(rows.campaigns.head(_MOST_CAMPAIGNS).itertuples()):
        _band(figure, campaign, rows.window, at)
    figure.update_layout(barmode="stack", bargap=0.08, hovermode="closest")
    figure.update_xaxes(
        type="date",
        range=list(rows.window),
        hoverformat="%Y-%m-%d %H:%M",
        title_text=plain(say("Time (shop's local time)")),
        tickformatstops=[
            {"dtickrange": [None, 86_399_999], "value": "%m-%d %H:%M"},
            {"dtickrange": [86_400_000, "M1"], "value": "%Y-%m-%d"},
            {"dtickrange": ["M1", None], "value": "%Y-%m"},
        ],
    )
    counts = rows.bins["group"] + rows.bins["others"]
    top = 1 if counts.empty else int(counts.max())
    figure.update_yaxes(
        title_text=plain(_per_words(say)[_per(rows)]),
        tickformat=",d",
        range=[0, top * (1.3 if len(rows.campaigns) else 1.08)],
        dtick=1 if top <= 6 else None,
    )
    note = source_note(say, int(counts.sum()))
    return themed(figure, _title(say, rows), note, height=400)


def group_in_time_table(rows: GroupInTime, language: str = "zh") -> pd.DataFrame:
    """The bins that hold orders of the group, as a reader sees them."""
    say = words("charts", language)
    shape = "%Y-%m-%d %H:%M" if _per(rows) == "hour" else "%Y-%m-%d"
    mine = rows.bins[rows.bins["group"] > 0]
    return pd.DataFrame(
        {
            say("From"): mine["period"].dt.strftime(shape),
            say("Orders of the group"): [number_text(say, n) for n in mine["group"]],
            say("The shop's other orders"): [number_text(say, n) for n in mine["others"]],
        }
    )


def _campaigns(tables: Tables, first: datetime, last: datetime) -> pd.DataFrame:
    columns = ["name", "starts_at", "ends_at"]
    if "campaigns" not in tables:
        return pd.DataFrame(columns=columns)
    table = tables["campaigns"]
    on = table.filter((table.starts_at <= _at(last)) & (table.ends_at >= _at(first)))
    frame = on.select(*columns).distinct().to_pandas()
    return frame.sort_values(["starts_at", "name"], ignore_index=True)


def _band(
    figure: go.Figure, campaign: Any, window: tuple[pd.Timestamp, pd.Timestamp], at: int
) -> None:
    start, end = max(campaign.starts_at, window[0]), min(campaign.ends_at, window[1])
    name = str(campaign.name)
    short = name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
    figure.add_vrect(
        x0=start,
        x1=end,
        fillcolor=COLOURS["defend"],
        opacity=0.13,
        line={"width": 0},
        layer="below",
    )
    figure.add_annotation(
        x=start + (end - start) / 2,
        y=0.99 - 0.075 * at,
        yref="paper",
        yanchor="top",
        text=plain(short),
        showarrow=False,
        font={"size": 12, "color": COLOURS["quiet"]},
    )


def _at(moment: datetime) -> ibis.expr.types.TimestampScalar:
    return ibis.literal(pd.Timestamp(moment).to_pydatetime())


def _bin(shown: pd.Timedelta) -> Bin:
    if shown <= _HOURS:
        return "hour"
    return "day" if shown <= _DAYS else "week"


def _per(rows: GroupInTime) -> Bin:
    return _bin(rows.window[1] - rows.window[0])


def _step(rows: GroupInTime) -> pd.Timedelta:
    return pd.Timedelta(1, unit=_UNITS[_per(rows)])


def _per_words(say: Say) -> dict[Bin, str]:
    return {
        "hour": say("Orders per hour"),
        "day": say("Orders per day"),
        "week": say("Orders per week"),
    }


def _title(say: Say, rows: GroupInTime) -> str:
    mine = int(rows.bins["group"].sum())
    return say(
        "{group}: {mine:,} of the {all:,} orders of these days",
        group=rows.group_id,
        mine=mine,
        all=mine + int(rows.bins["others"].sum()),
    )
