"""How often buyers come back: one time, two times, three times …, and how many are suspicious."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd
import plotly.graph_objects as go

from workbench.charts.marks import assessed_bars, nothing_drawn
from workbench.charts.order_rows import ASSESSMENTS, order_rows
from workbench.charts.theme import plain, themed
from workbench.charts.wording import number_text, share_text, source_note
from workbench.language import Say, assessment_word, words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["repeat_buyers_chart", "repeat_buyers_data", "repeat_buyers_table"]

_LAST = 10


def repeat_buyers_data(tables: Tables, assessment: Assessment) -> pd.DataFrame:
    """Buyers by how many orders they placed, from 1 up; no rows when the files name no buyers.

    Columns: times (orders of one account; 10 stands for 10 and more), buyers, orders, evidence,
    needs_documents, none (buyers, each counted once, at the worst assessment of their orders).
    """
    rows = order_rows(tables, assessment)
    columns = ["times", "buyers", "orders", *ASSESSMENTS]
    if "buyer_id" not in rows.columns:
        return pd.DataFrame({name: pd.Series(dtype="int64") for name in columns})
    named = rows.filter(rows.buyer_id.notnull())
    buyers = named.group_by("buyer_id").agg(
        placed=named.count(),
        evidence=(named.assessment == "evidence").any(),
        open=(named.assessment == "needs_documents").any(),
    )
    worst = ibis.cases(
        (buyers.evidence, "evidence"), (buyers.open, "needs_documents"), else_="none"
    )
    buyers = buyers.mutate(worst=worst, times=ibis.least(buyers.placed, _LAST))
    counted = buyers.group_by("times").agg(
        buyers=buyers.count(),
        orders=buyers.placed.sum(),
        **{name: (buyers.worst == name).sum() for name in ASSESSMENTS},
    )
    found = counted.to_pandas().set_index("times")
    every = pd.RangeIndex(1, found.index.max() + 1 if len(found) else 1, name="times")
    return found.reindex(every, fill_value=0).reset_index()[columns].astype("int64")


def repeat_buyers_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Stacked bars of the buyers by number of orders.

    `rows` is what `repeat_buyers_data` gives.
    """
    say = words("charts", language)
    figure = go.Figure()
    labels = [_times(say, n) for n in rows.times]
    for name in ASSESSMENTS:
        figure.add_trace(assessed_bars(say, labels, rows[name], name))
    figure.update_xaxes(title_text=plain(say("Orders of one buyer")), type="category")
    figure.update_yaxes(title_text=plain(say("Buyers (accounts)")))
    figure.update_layout(barmode="stack")
    themed(figure, _title(say, rows), source_note(say, int(rows.orders.sum())))
    if not len(rows):
        nothing_drawn(figure, say("The files name no buyers"))
    return figure


def repeat_buyers_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The rows of `repeat_buyers_data` as a reader sees them."""
    say = words("charts", language)
    table = {
        say("Orders of one buyer"): [_times(say, n) for n in rows.times],
        say("Buyers (accounts)"): [number_text(say, n) for n in rows.buyers],
        say("Their orders"): [number_text(say, n) for n in rows.orders],
    }
    for name in ASSESSMENTS:
        table[assessment_word(say, name)] = [number_text(say, n) for n in rows[name]]
    suspicious = (rows.evidence + rows.needs_documents) / rows.buyers
    table[say("Suspicious share of the buyers")] = [share_text(say, n) for n in suspicious]
    return pd.DataFrame(table)


def _times(say: Say, times: int) -> str:
    return say("{n} and more", n=times) if times >= _LAST else str(times)


def _title(say: Say, rows: pd.DataFrame) -> str:
    buyers = int(rows.buyers.sum())
    if not buyers:
        return say("How often buyers come back: the files cannot tell")
    again = rows[rows.times > 1]
    return say(
        "{again:,} of {buyers:,} buyers came back ({share}), {suspicious:,} of them in suspicious "
        "orders",
        again=int(again.buyers.sum()),
        buyers=buyers,
        share=share_text(say, again.buyers.sum() / buyers),
        suspicious=int(again.evidence.sum() + again.needs_documents.sum()),
    )
