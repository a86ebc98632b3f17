"""What happened when, in one lane per kind of record, with what contradicts itself marked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.marks import nothing_drawn
from workbench.charts.theme import COLOURS, OKABE_ITO, plain, themed, wrapped
from workbench.charts.wording import number_text
from workbench.language import Say, words
from workbench.procedure import KINDS, kind_word

__all__ = ["chronology_chart", "chronology_data", "chronology_table"]

# So many moments are drawn one by one; of more, those of one day and lane are one mark.
_MOST_SINGLE = 300
_ALWAYS_SINGLE = ("campaign", "notice", "appeal", "reply")
_COLUMNS = ["kind", "step", "at", "until", "count", "contradicts", "zh", "en"]
# What the trade did, what the platform did, what the shop did in the case.
_SIDES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("campaign", "order", "pick", "ship", "scan", "sign", "review"), ("blue", "circle")
    ),
    **dict.fromkeys(("notice", "reply"), ("black", "diamond")),
    **dict.fromkeys(("appeal", "decision", "evidence"), ("bluish_green", "square")),
}


def chronology_data(rows: pd.DataFrame) -> pd.DataFrame:
    """The marks of a chronology: `rows` are what `workbench.procedure.chronology` gives.

    Columns: kind (lane), step (of the first moment), at and until (the first and the last moment
    of the mark; a campaign is one mark from begin to end), count (moments it stands for),
    contradicts (whether they contradict other records), zh and en (what happened first). Up to
    300 moments are a mark each; of more, those of one lane and day are one, contradictions apart
    (campaigns and what passed with the platform never). Oldest first.
    """
    told = _campaigns_whole(rows)
    told["count"] = 1 + told["step"].eq("campaign_starts") * 1
    told["contradicts"] = told["flag"].ne("")
    for language in ("zh", "en"):
        odd = told[f"flag_{language}"]
        told[language] = told[language].where(odd.eq(""), told[language] + " " + odd)
    if len(told) > _MOST_SINGLE:
        alone = told["kind"].isin(_ALWAYS_SINGLE)
        days = told[~alone].assign(day=told["at"].dt.normalize())
        together = days.groupby(["kind", "day", "contradicts"], as_index=False).agg(
            step=("step", "first"),
            at=("at", "min"),
            until=("until", "max"),
            count=("count", "sum"),
            zh=("zh", "first"),
            en=("en", "first"),
        )
        told = pd.concat([told[alone], together])
    told["lane"] = told["kind"].map(list(KINDS).index)
    return told.sort_values(["at", "lane"], kind="stable")[_COLUMNS].reset_index(drop=True)


def _campaigns_whole(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `until`; the end of a campaign is that of the row of its begin."""
    where = ["source_file", "source_row"]
    ends = rows[rows["step"].eq("campaign_ends")].set_index(where)["at"]
    told = rows[rows["step"].ne("campaign_ends")].assign(until=lambda told: told["at"])
    begins = told["step"].eq("campaign_starts")
    if begins.any():
        of_begin = ends.reindex(pd.MultiIndex.from_frame(told.loc[begins, where]))
        told.loc[begins, "until"] = of_begin.to_numpy()
    return told


def chronology_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """One lane per kind, oldest on the left; what contradicts other records is a red cross.

    `rows` is what `chronology_data` gives. A larger mark stands for more moments.
    """
    say = words("charts", language)
    figure = go.Figure()
    lanes = [kind for kind in KINDS if kind in set(rows["kind"])]
    names = {kind: plain(kind_word(kind, language)) for kind in lanes}
    if "campaign" in lanes:
        figure.add_trace(_lines(rows[rows["kind"].eq("campaign")], names["campaign"]))
    for kind in lanes:
        own = rows[rows["kind"].eq(kind) & ~rows["contradicts"]]
        colour, symbol = _SIDES[kind]
        figure.add_trace(_marks(own, names[kind], OKABE_ITO[colour], symbol, language, say))
    odd = rows[rows["contradicts"]]
    if len(odd):
        cross = _marks(odd, "", COLOURS["failed"], "x", language, say)
        cross.update(y=[names[kind] for kind in odd["kind"]], showlegend=True, marker_opacity=1)
        cross.update(name=plain(say("contradicts other records")))
        figure.add_trace(cross)
    figure.update_yaxes(
        categoryorder="array", categoryarray=[names[kind] for kind in reversed(lanes)]
    )
    figure.update_xaxes(
        type="date",
        title_text=plain(say("Time (shop's local time)")),
        hoverformat="%Y-%m-%d %H:%M",
        tickformatstops=[
            {"dtickrange": [None, 86_399_999], "value": "%m-%d %H:%M"},
            {"dtickrange": [86_400_000, "M1"], "value": "%Y-%m-%d"},
            {"dtickrange": ["M1", None], "value": "%Y-%m"},
        ],
    )
    figure.update_layout(hovermode="closest", showlegend=bool(len(odd)))
    note = say("A larger mark stands for more moments. Source: files and events of this case.")
    themed(
        figure,
        _title(rows, say),
        note,
        subtitle=_days(rows, say),
        height=200 + 40 * max(4, len(lanes)),
        legend_lines=1 if len(odd) else 0,
    )
    return figure if len(rows) else nothing_drawn(figure, say("No moment is recorded"))


def chronology_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The marks of `chronology_data` as a reader sees them."""
    say = words("charts", language)
    return pd.DataFrame(
        {
            say("From"): rows["at"].dt.strftime("%Y-%m-%d %H:%M"),
            say("Record"): [kind_word(kind, language) for kind in rows["kind"]],
            say("Moments"): [number_text(say, n) for n in rows["count"]],
            say("What happened"): [_what(row, language, say) for row in rows.to_dict("records")],
            say("Contradicts other records"): [
                say("yes") if odd else "" for odd in rows["contradicts"]
            ],
        }
    )


def _marks(
    own: pd.DataFrame, name: str, colour: str, symbol: str, language: str, say: Say
) -> go.Scatter:
    return go.Scatter(
        x=own["at"],
        y=[name] * len(own),
        mode="markers",
        name=name,
        showlegend=False,
        marker={
            "symbol": symbol,
            "color": colour,
            "size": [_size(count) for count in own["count"]],
            "opacity": 0.75,
            "line": {"width": 1, "color": "white" if symbol != "x" else COLOURS["ink"]},
        },
        customdata=[wrapped(_what(row, language, say), 60) for row in own.to_dict("records")],
        hovertemplate="%{x}<br>%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _lines(campaigns: pd.DataFrame, name: str) -> go.Scatter:
    """Campaigns from begin to end."""
    times: list[object] = []
    for row in campaigns.to_dict("records"):
        times += [row["at"], row["until"], None]
    return go.Scatter(
        x=times,
        y=[name] * len(times),
        mode="lines",
        line={"color": OKABE_ITO["sky_blue"], "width": 8},
        hoverinfo="skip",
        showlegend=False,
        connectgaps=False,
    )


def _days(rows: pd.DataFrame, say: Say) -> str:
    """The days of the platform's decision, as far as they are known."""
    first = rows.drop_duplicates("step").set_index("step")["at"]
    days = {str(step): f"{at:%Y-%m-%d}" for step, at in first.items()}
    told = []
    if "decided" in days:
        told.append(say("Decision: {day}", day=days["decided"]))
    if "issued" in days:
        told.append(say("Notice: {day}", day=days["issued"]))
    if "deadline" in days:
        told.append(say("Appeal until: {day}", day=days["deadline"]))
    return say("; ").join(told)


def _what(row: Mapping[object, object], language: str, say: Say) -> str:
    """The sentence of a mark, or of its first moment and how many more there are."""
    if row["count"] == 1 or row["kind"] == "campaign":
        return str(row[language])
    return say(
        "{first} And {more:,} more on that day.",
        first=row[language],
        more=int(str(row["count"])) - 1,
    )


def _size(count: int) -> float:
    """Diameter in points: the area grows with the count, within what a lane can hold."""
    return float(min(28.0, 9.0 + 2.5 * (count - 1) ** 0.5))


def _title(rows: pd.DataFrame, say: Say) -> str:
    if not len(rows):
        return say("No moment is recorded")
    odd = int(rows.loc[rows["contradicts"], "count"].sum())
    moments = int(rows["count"].sum())
    if not odd:
        return say("{moments:,} recorded moments; none contradicts another", moments=moments)
    return say(
        "{moments:,} recorded moments; contradictions among them: {odd:,}", moments=moments, odd=odd
    )
