"""How much of each column is filled, month by month."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.theme import plain, themed
from workbench.charts.wording import share_text
from workbench.language import Say, words
from workbench.quality import column_word, completeness_table, filled_by, table_word

__all__ = [
    "completeness_by_month_chart",
    "completeness_by_month_data",
    "completeness_by_month_table",
]

# Light to dark in one hue: it reads the same in grey.
_SEQUENTIAL = [[0, "#FFFFFF"], [0.5, "#9DB8CF"], [1, "#1B4B72"]]
_MOST_PERIODS = 48
_MOST_WRITTEN = 14
_MOST_BETWEEN = 14


def completeness_by_month_data(counts: pd.DataFrame, table: str = "orders") -> pd.DataFrame:
    """The share of cells that are filled, per column of a table that any file has, and per month.

    `counts` is what `workbench.quality.completeness_data` gives. Columns: table, column, month
    ("2025-03"; years where there are more than 48 months), rows, filled, masked, opaque, share
    (0..1), masked_share, opaque_share. Rows without a time are left out; months without rows too.
    """
    own = counts[(counts.table == table) & (counts.month != "")]
    own = own[own.groupby("column").filled.transform("sum") > 0]
    if own.month.nunique() > _MOST_PERIODS:
        own = own.assign(month=own.month.str[:4])
    return filled_by(own, "month").sort_values(["month"], kind="stable", ignore_index=True)


def completeness_by_month_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """A heat map: one line per column, one field per month, the darker the fuller.

    `rows` is what `completeness_by_month_data` gives.
    """
    say = words("charts", language)
    shares = rows.pivot(index="column", columns="month", values="share")
    shares = shares.reindex(index=rows.column.unique(), columns=_with_empty(list(shares.columns)))
    percent = 100 * shares.to_numpy()
    written = len(shares.columns) <= _MOST_WRITTEN
    figure = go.Figure(
        go.Heatmap(
            z=percent,
            x=[str(month) for month in shares.columns],
            y=[plain(column_word(rows.table.iloc[0], c, language)) for c in shares.index],
            zmin=0,
            zmax=100,
            colorscale=_SEQUENTIAL,
            xgap=1,
            ygap=1,
            text=[[_written(value) for value in line] for line in percent],
            hoverongaps=False,
            texttemplate="%{text}" if written else "",
            textfont={"size": 10},
            colorbar={
                "title": {"text": plain(say("filled, %")), "font": {"size": 12}},
                "thickness": 12,
            },
            hovertemplate="%{y}<br>%{x}: %{z:.1f}%<extra></extra>",
        )
    )
    figure.update_xaxes(type="category", showgrid=False, nticks=12)
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont_size=11, dtick=1)
    note = say(
        "n = {rows:,} rows of the table “{table}”, by month of the row's own time. Columns that "
        "no file has are not drawn.",
        rows=int(rows.groupby("month").rows.max().sum()),
        table=table_word(rows.table.iloc[0], language),
    )
    return themed(figure, _title(say, rows, language), note, height=230 + 19 * len(shares))


def completeness_by_month_table(counts: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """All tables, column by column, as a reader sees them: also the columns that no file has."""
    return completeness_table(counts, language)


def _with_empty(months: list[str]) -> list[str]:
    """The months and those without rows between them; more than a year apart, nothing is between.

    An empty field in the row of months is how a missing export is seen.
    """
    shown = months[:1]
    for month in months[1:]:
        between = pd.period_range(shown[-1], month, freq="M" if "-" in month else "Y").astype(str)
        shown += [*(between[1:] if len(between) <= _MOST_BETWEEN else [month])]
    return shown


def _written(percent: float) -> str:
    return "" if pd.isna(percent) or percent >= 99.5 else f"{percent:.0f}"


def _title(say: Say, rows: pd.DataFrame, language: str) -> str:
    added = rows.groupby("column", sort=False)[["rows", "filled"]].sum()
    share = added.filled / added.rows
    whole, least = int((share >= 0.995).sum()), str(share.idxmin())
    if whole == len(share):
        return say("All {columns} columns are filled in every month", columns=len(share))
    return say(
        "{whole} of {columns} columns are filled throughout; least is {least} ({share})",
        whole=whole,
        columns=len(share),
        least=column_word(rows.table.iloc[0], least, language),
        share=share_text(say, float(share.min())),
    )
