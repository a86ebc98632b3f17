"""Totals of the shop by month, order status or assessment."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import ibis
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from workbench.charts.marks import assessed_bars
from workbench.charts.order_rows import ASSESSMENTS, order_rows
from workbench.charts.theme import OKABE_ITO, plain, themed
from workbench.charts.wording import money_text, number_text, share_text, source_note, status_word
from workbench.language import Say, assessment_word, words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["overview_chart", "overview_data", "overview_table"]

By = Literal["month", "status", "assessment"]
_SMALL = ("buyers", "amount", "refund_share", "returning_share")


def overview_data(tables: Tables, assessment: Assessment, by: By = "month") -> pd.DataFrame:
    """Totals, one row per value of `by` and currency, in order of `by`.

    Columns: by (what `value` is), value ("2025-03", a status, an assessment), currency (empty
    where the files name none), orders, buyers (different accounts), amount (paid, in the
    currency), refund_share (refunds / paid, 0..1), returning_share (orders of an account that
    had ordered before / orders of a known account), evidence, needs_documents, none (orders).
    What the files cannot tell is missing (NaN), never zero.
    """
    rows = order_rows(tables, assessment)
    known = rows.columns
    nothing = ibis.null("float64")
    buyer = rows.buyer_id if "buyer_id" in known else ibis.null("string")
    rows = rows.mutate(
        value=rows.created_at.strftime("%Y-%m") if by == "month" else rows[by],
        currency=(rows.currency if "currency" in known else ibis.null("string")).fill_null(""),
        buyer=buyer,
        refund=rows.refund_amount if "refund_amount" in known else ibis.null("decimal(18, 4)"),
    )
    one_buyer = ibis.window(group_by="buyer", order_by=["created_at", "order_id"])
    rows = rows.mutate(earlier=ibis.row_number().over(one_buyer))
    came_back = (rows.earlier > 0).cast("float64")
    rows = rows.mutate(returning=rows.buyer.notnull().ifelse(came_back, nothing))
    counts = {name: (rows.assessment == name).sum() for name in ASSESSMENTS}
    totals = rows.group_by(["value", "currency"]).agg(
        orders=rows.count(),
        buyers=rows.buyer.nunique(),
        known_buyers=rows.buyer.count(),
        amount=rows.paid_amount.sum().cast("float64"),
        refund=rows.refund.sum().cast("float64"),
        returning_share=rows.returning.mean(),
        **counts,
    )
    return _finished(totals.to_pandas(), by)


def _finished(totals: pd.DataFrame, by: By) -> pd.DataFrame:
    totals.insert(0, "by", by)
    totals["buyers"] = totals.buyers.where(totals.known_buyers > 0).astype("float64")
    totals["refund_share"] = (totals.refund / totals.amount).where(totals.amount > 0)
    order = {name: n for n, name in enumerate(ASSESSMENTS)} if by == "assessment" else {}
    totals["rank"] = totals.value.map(order) if order else totals.value
    totals = totals.sort_values(["rank", "currency"], ignore_index=True)
    columns = ["by", "value", "currency", "orders", "buyers", "amount", "refund_share"]
    return totals[[*columns, "returning_share", *ASSESSMENTS]].astype({"by": "str"})


def overview_chart(rows: pd.DataFrame, language: str = "zh") -> go.Figure:
    """Five small charts on one axis: orders by assessment, buyers, amount, refunds, returning.

    `rows` is what `overview_data` gives.
    """
    say = words("charts", language)
    currency = " / ".join(sorted({c for c in rows.currency if c})) or say("currency not named")
    titles = (
        say("Orders"),
        say("Buyers (accounts)"),
        say("Amount paid ({currency})", currency=currency),
        say("Refunded share of the amount (%)"),
        say("Orders of returning buyers (%)"),
    )
    figure = make_subplots(
        rows=2,
        cols=3,
        subplot_titles=tuple(plain(title) for title in titles),
        horizontal_spacing=0.08,
        vertical_spacing=0.22,
    )
    figure.update_annotations(font_size=14)
    labels = _labels(say, rows)
    for name in ASSESSMENTS:
        figure.add_trace(assessed_bars(say, labels, rows[name], name), row=1, col=1)
    for n, column in enumerate(_SMALL, start=1):
        place = {"row": 1 + n // 3, "col": 1 + n % 3}
        if rows[column].isna().all():
            figure.add_annotation(text=plain(say("not in the files")), showarrow=False, **place)
        figure.add_trace(_bars(labels, rows[column], titles[n]), **place)
    figure.update_xaxes(
        type="category", tickangle=0, tickfont_size=11, dtick=max(1, math.ceil(len(labels) / 4))
    )
    figure.update_yaxes(rangemode="tozero", tickfont_size=11)
    figure.update_layout(barmode="stack")
    note = source_note(say, int(rows.orders.sum()))
    themed(figure, _title(say, rows), note, height=620)
    return figure.update_layout(
        legend={"orientation": "v", "x": 0.72, "y": 0.32, "yanchor": "top", "traceorder": "normal"}
    )


def overview_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The rows of `overview_data` as a reader sees them; "unknown" where the files cannot tell."""
    say = words("charts", language)
    heading = {
        "month": say("Month"),
        "status": say("Order status"),
        "assessment": say("Assessment"),
    }[rows.by.iloc[0] if len(rows) else "month"]
    table = {
        heading: _labels(say, rows),
        say("Currency"): [c or say("not named") for c in rows.currency],
        say("Orders"): [number_text(say, n) for n in rows.orders],
        say("Buyers (accounts)"): [number_text(say, n) for n in rows.buyers],
        say("Amount paid"): [money_text(say, n) for n in rows.amount],
        say("Refunded share"): [share_text(say, n) for n in rows.refund_share],
        say("Orders of returning buyers"): [share_text(say, n) for n in rows.returning_share],
    }
    for name in ASSESSMENTS:
        table[assessment_word(say, name)] = [number_text(say, n) for n in rows[name]]
    return pd.DataFrame(table)


def _bars(labels: list[str], values: pd.Series[float], name: str) -> go.Bar:
    factor = 100 if values.name in ("refund_share", "returning_share") else 1
    return go.Bar(
        x=labels,
        y=(values * factor).tolist(),
        marker={"color": OKABE_ITO["blue"]},
        name=plain(name),
        showlegend=False,
        hovertemplate="%{x}: %{y:,.4~f}<extra></extra>",
    )


def _labels(say: Say, rows: pd.DataFrame) -> list[str]:
    word = {"status": status_word, "assessment": assessment_word}
    return [
        plain(word[by](say, value) if by in word else value)
        for by, value in zip(rows.by, rows.value, strict=True)
    ]


def _title(say: Say, rows: pd.DataFrame) -> str:
    orders, evidence = int(rows.orders.sum()), int(rows.evidence.sum())
    if not orders:
        return say("No orders in the files")
    return say(
        "{orders:,} orders: {evidence:,} unusual ({share}), {open:,} need documents",
        orders=orders,
        evidence=evidence,
        share=share_text(say, evidence / orders),
        open=int(rows.needs_documents.sum()),
    )
