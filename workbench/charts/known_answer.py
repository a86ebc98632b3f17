"""How much of planted brushing is found, kind by kind: what a silence is worth."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.marks import nothing_drawn
from workbench.charts.theme import COLOURS, OKABE_ITO, plain, themed
from workbench.charts.wording import number_text, share_text
from workbench.known_answer import (
    ELSEWHERE,
    LEVELS,
    interval,
    kind_word,
    known_answers_told,
    level_word,
)
from workbench.language import Say, words

__all__ = ["known_answer_chart", "known_answer_data", "known_answer_table"]

_LOOK = {
    "plain": (OKABE_ITO["bluish_green"], "circle"),
    "moderate": (OKABE_ITO["blue"], "square"),
    "hard": (OKABE_ITO["vermillion"], "diamond"),
}
_COUNTS = ["rings", "planted", "evidence", "marked", "false_evidence", "false_marked"]


def known_answer_data(answers: pd.DataFrame) -> pd.DataFrame:
    """One row per kind and level, shops taken together, in the order of the catalogue of kinds.

    `answers` is what `workbench.known_answer.known_answers` gives. Columns: kind, level, state
    (measured, or not_visible where no shop can show it), absent (columns it would need), rings,
    planted, evidence, marked, recall_evidence, recall, low, high, false_evidence, false_marked.
    Shares are null where nothing was planted.
    """
    by = ["kind", "level"]
    summed = answers.groupby(by, sort=False)[_COUNTS].sum()
    measured = answers.state.eq("measured").groupby([answers.kind, answers.level], sort=False)
    rows = summed.assign(
        state=measured.any().map({True: "measured", False: "not_visible"}),
        absent=answers.groupby(by, sort=False)["absent"].agg("max"),
    ).reset_index()
    planted = rows.planted.where(rows.planted > 0).astype("float64")
    rows = rows.assign(recall_evidence=rows.evidence / planted, recall=rows.marked / planted)
    bounds = [
        interval(recall, rings) if planted else (float("nan"), float("nan"))
        for recall, rings, planted in zip(rows.recall, rows.rings, rows.planted, strict=True)
    ]
    rows = rows.assign(low=[b[0] for b in bounds], high=[b[1] for b in bounds])
    shares = ["recall_evidence", "recall", "low", "high"]
    return rows[[*by, "state", "absent", *_COUNTS[:4], *shares, *_COUNTS[4:]]]


def known_answer_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """A mark per kind and level with its interval; `rows` is what `known_answer_data` gives."""
    say = words("charts", language)
    drawn = rows[rows.kind != ELSEWHERE]
    kinds = list(dict.fromkeys(drawn.kind))
    figure = go.Figure()
    for number, level in enumerate(LEVELS):
        own = drawn[(drawn.level == level) & (drawn.planted > 0)]
        figure.add_trace(_marks(say, own, level, kinds, 0.22 * (number - 1), language))
    figure.update_xaxes(
        title_text=plain(say("Share of the planted orders that were found")),
        tickformat=".0%",
        range=[-0.02, 1.02],
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(kinds))),
        ticktext=[plain(kind_word(language, kind)) for kind in kinds],
        range=[len(kinds) - 0.4, -0.6],
    )
    _say_hidden(figure, say, drawn, kinds)
    themed(figure, _title(rows, language), _note(say, rows), height=240 + 46 * len(kinds))
    if not drawn.planted.sum():
        nothing_drawn(figure, say("Nothing was planted that these data can show"))
    return figure


def known_answer_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The rows of `known_answer_data` as a reader sees them."""
    say = words("charts", language)
    between = [
        f"{share_text(say, low)} – {share_text(say, high)}" if planted else ""
        for low, high, planted in zip(rows.low, rows.high, rows.planted, strict=True)
    ]
    return pd.DataFrame(
        {
            say("Planted kind"): [kind_word(language, kind) for kind in rows.kind],
            say("How well it hides"): [level_word(language, level) for level in rows.level],
            say("Rings"): [number_text(say, n) for n in rows.rings],
            say("Planted orders"): [number_text(say, n) for n in rows.planted],
            say("Found as unusual"): [number_text(say, n) for n in rows.evidence],
            say("Found at all"): [number_text(say, n) for n in rows.marked],
            say("Share found"): [share_text(say, n) if n == n else "" for n in rows.recall],
            say("95 % interval, by rings"): between,
            say("Shop's own orders newly unusual"): [
                number_text(say, n) for n in rows.false_evidence
            ],
            say("Shop's own orders newly marked"): [number_text(say, n) for n in rows.false_marked],
            say("Not visible without"): rows.absent.tolist(),
        }
    )


def _marks(
    say: Say, own: pd.DataFrame, level: str, kinds: list[str], shift: float, language: str
) -> go.Scatter:
    colour, symbol = _LOOK[level]
    hover = [
        say("{found:,} of {planted:,} orders in {rings} rings", found=m, planted=p, rings=r)
        for m, p, r in zip(own.marked, own.planted, own.rings, strict=True)
    ]
    return go.Scatter(
        x=own.recall.tolist(),
        y=[kinds.index(kind) + shift for kind in own.kind],
        mode="markers",
        name=plain(say("hides: {level}", level=level_word(language, level))),
        marker={"color": colour, "symbol": symbol, "size": 10},
        error_x={
            "type": "data",
            "array": (own.high - own.recall).tolist(),
            "arrayminus": (own.recall - own.low).tolist(),
            "thickness": 1.2,
            "width": 3,
        },
        customdata=[plain(text) for text in hover],
        hovertemplate="%{x:.0%}<br>%{customdata}<extra></extra>",
    )


def _say_hidden(figure: go.Figure, say: Say, drawn: pd.DataFrame, kinds: list[str]) -> None:
    hidden = drawn[drawn.state == "not_visible"].drop_duplicates("kind")
    for kind, columns in zip(hidden.kind, hidden.absent, strict=True):
        figure.add_annotation(
            x=0,
            y=kinds.index(kind),
            text=plain(say("not visible in these data: {columns} absent", columns=columns)),
            showarrow=False,
            xanchor="left",
            font={"color": COLOURS["quiet"], "size": 12},
        )


def _title(rows: pd.DataFrame, language: str) -> str:
    return known_answers_told(rows.assign(shop=""), language)[0]


def _note(say: Say, rows: pd.DataFrame) -> str:
    return say(
        "n = {planted:,} made-up orders in {rings} rings, planted into copies of this case and "
        "screened without the shuffled copies. Found: marked as unusual or as needing documents. "
        "Lines are 95 % intervals over rings, since a ring is found as a whole or not.",
        planted=int(rows.planted.sum()),
        rings=int(rows.rings.sum()),
    )
