"""How many orders enter or leave the list when a constant is a tenth smaller or larger."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.theme import COLOURS, plain, themed
from workbench.charts.wording import number_text
from workbench.language import Say, words

__all__ = ["sensitivity_chart", "sensitivity_chart_data", "sensitivity_table"]

_MOST = 25


def sensitivity_chart_data(rows: pd.DataFrame) -> pd.DataFrame:
    """The constants that move any order, those that move most first, at most 25.

    `rows` is what `workbench.explain.sensitivity_data` gives. Columns: constant, value, listed,
    and for down and up: value, entered, left; others (constants that are not shown) is the same
    in every row.
    """
    moved = rows[["down_entered", "down_left", "up_entered", "up_left"]].sum(axis=1)
    chosen = rows.assign(moved=moved)[moved > 0]
    chosen = chosen.sort_values(["moved", "constant"], ascending=[False, True], ignore_index=True)
    columns = ["constant", "value", "listed"]
    columns += [f"{way}_{what}" for way in ("down", "up") for what in ("value", "entered", "left")]
    shown = chosen[columns].head(_MOST)
    return shown.assign(others=len(rows) - len(shown))


def sensitivity_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Bars to the right for orders that enter the list, to the left for those that leave it.

    `rows` is what `sensitivity_chart_data` gives.
    """
    say = words("charts", language)
    figure = go.Figure()
    bars = (
        (say("10 % less"), "down", COLOURS["needs_documents"]),
        (say("10 % more"), "up", COLOURS["evidence"]),
    )
    names = [plain(name) for name in rows.constant]
    for name, way, colour in bars:
        for what, sign in (("entered", 1), ("left", -1)):
            figure.add_trace(
                go.Bar(
                    y=names,
                    x=(sign * rows[f"{way}_{what}"]).tolist(),
                    orientation="h",
                    name=plain(name),
                    legendgroup=way,
                    offsetgroup=way,
                    showlegend=what == "entered",
                    marker={"color": colour},
                    customdata=rows[[f"{way}_value", "value"]].to_numpy(),
                    hovertemplate="%{y}: %{customdata[1]} → %{customdata[0]}<br>%{x:+d}"
                    "<extra></extra>",
                )
            )
    figure.update_layout(barmode="relative", bargap=0.3)
    figure.update_xaxes(
        title_text=plain(say("Orders that leave the list (left) or enter it (right)"))
    )
    figure.update_yaxes(autorange="reversed")
    if not len(rows):
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
    return themed(
        figure,
        _title(say, rows),
        _note(say, rows),
        height=(240 if len(rows) else 120) + 34 * len(rows),
    )


def sensitivity_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """What `workbench.explain.sensitivity_data` gives, every constant, as a reader sees it."""
    say = words("charts", language)
    table = {
        say("Constant"): rows.constant,
        say("Why it has this value"): rows.reason,
        say("Value"): rows.value,
    }
    for way, what in (("down", say("10 % less")), ("up", say("10 % more"))):
        table[say("{way}: value", way=what)] = rows[f"{way}_value"]
        table[say("{way}: orders that enter", way=what)] = rows[f"{way}_entered"]
        table[say("{way}: orders that leave", way=what)] = rows[f"{way}_left"]
    return pd.DataFrame(table)


def _title(say: Say, rows: pd.DataFrame) -> str:
    if not len(rows):
        return say("No constant moves an order when it is a tenth smaller or larger")
    first = rows.iloc[0]
    return say(
        "{constant} moves most: {entered} orders enter the list and {left} leave it",
        constant=first.constant,
        entered=number_text(say, max(first.down_entered, first.up_entered)),
        left=number_text(say, max(first.down_left, first.up_left)),
    )


def _note(say: Say, rows: pd.DataFrame) -> str:
    if not len(rows):
        return ""
    return say(
        "n = {listed} orders on the list as it is (evidence or needs documents). {others} other "
        "constants move none, or fewer than those shown.",
        listed=number_text(say, int(rows.listed.iloc[0])),
        others=number_text(say, int(rows.others.iloc[0])),
    )
