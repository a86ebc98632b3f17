"""The network of accounts that share a phone, an address, a device or a payer."""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd
import plotly.graph_objects as go

from workbench.charts.account_links import LINK_COLUMNS, AccountLinks
from workbench.charts.marks import nothing_drawn
from workbench.charts.theme import COLOURS, SYMBOLS, plain, themed
from workbench.charts.wording import assessment_word, link_word, number_text, source_note
from workbench.language import Say, words

__all__ = ["linked_accounts_chart", "linked_accounts_table"]

_SEED = 7
_PAGE_WIDTH = 900
_DASHES = {"phone": "solid", "address": "dash", "device": "dot", "payer": "dashdot"}
_LABELLED = 60

Places = dict[tuple[str, str], tuple[float, float]]


def linked_accounts_chart(rows: AccountLinks, language: str = "zh") -> go.Figure:
    """Accounts as circles, what they share as small shapes, joined by lines per kind of link.

    `rows` is what `account_links_data` gives. The layout is the same for the same rows.
    """
    say = words("charts", language)
    figure = go.Figure()
    places = _places(rows.links)
    for kind in LINK_COLUMNS:
        links = rows.links[rows.links.kind == kind]
        if len(links):
            figure.add_trace(_lines(say, kind, links, places))
            figure.add_trace(_keys(say, kind, links, places))
    for name in ("evidence", "needs_documents"):
        chosen = rows.accounts[rows.accounts.assessment == name]
        if len(chosen):
            labelled = len(rows.accounts) <= _LABELLED
            figure.add_trace(_accounts(say, name, chosen, places, labelled=labelled))
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, scaleanchor="x")
    note = source_note(say, int(rows.accounts.orders.sum()))
    height = 260 + round(_PAGE_WIDTH * _aspect(places))
    themed(figure, _title(say, rows), note, subtitle=_subtitle(say, rows), height=height)
    if not len(rows.links):
        nothing_drawn(figure, say("Nothing that two accounts of a suspicious group share"))
    return figure


def linked_accounts_table(rows: AccountLinks, language: str = "zh") -> pd.DataFrame:
    """What is shared, by how many accounts and orders, in which network; the most shared first."""
    say = words("charts", language)
    counted = (
        rows.links.groupby(["network", "kind", "key"], as_index=False)
        .agg(accounts=("account", "count"), orders=("orders", "sum"))
        .sort_values(["accounts", "orders", "kind", "key"], ascending=[False, False, True, True])
    )
    return pd.DataFrame(
        {
            say("Network"): counted.network.astype("str").tolist(),
            say("What is shared"): [
                f"{link_word(say, kind)} {key}"
                for kind, key in zip(counted.kind, counted.key, strict=True)
            ],
            say("Buyers (accounts)"): [number_text(say, n) for n in counted.accounts],
            say("Orders"): [number_text(say, n) for n in counted.orders],
        }
    )


def _places(links: pd.DataFrame) -> Places:
    """Where each account and key lies: each network laid out alone, then packed in rows."""
    places: Places = {}
    left, base, tallest, width = 0.0, 0.0, 0.0, 0.0
    page = 2.2 * math.sqrt(sum(_side(len(part)) ** 2 for _, part in links.groupby("network")))
    for _, part in links.groupby("network"):
        side = _side(len(part))
        if left and left + side > page:
            left, base, tallest = 0.0, base - tallest, 0.0
        tallest, width = max(tallest, side), max(width, left + side)
        for node, (x, y) in _layout(part).items():
            places[node] = (left + side * (x + 1.2) / 2.4, base - side * (y + 1.2) / 2.4)
        left += side
    return places


def _aspect(places: Places) -> float:
    """Height of the drawing by its width, so that no empty strip is left; at most 0.8."""
    if not places:
        return 0.25
    x, y = zip(*places.values(), strict=True)
    return min((max(y) - min(y) + 1) / (max(x) - min(x) + 1), 0.8)


def _side(links: int) -> float:
    return math.sqrt(links) + 0.8


def _layout(part: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    graph = nx.Graph()
    graph.add_edges_from(
        (("account", row.account), (row.kind, str(row.key))) for row in part.itertuples()
    )
    placed = (
        nx.kamada_kawai_layout(graph)
        if len(graph) <= 60
        else nx.spring_layout(graph, seed=_SEED, iterations=150)
    )
    return {node: (round(float(x), 3), round(float(y), 3)) for node, (x, y) in placed.items()}


def _lines(say: Say, kind: str, links: pd.DataFrame, places: Places) -> go.Scatter:
    x: list[float | None] = []
    y: list[float | None] = []
    for link in links.itertuples():
        ends = places[("account", str(link.account))], places[(kind, str(link.key))]
        x += [ends[0][0], ends[1][0], None]
        y += [ends[0][1], ends[1][1], None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": COLOURS[kind], "width": 1.5, "dash": _DASHES[kind]},
        hoverinfo="skip",
        legendgroup=kind,
        showlegend=False,
        name=plain(link_word(say, kind)),
    )


def _keys(say: Say, kind: str, links: pd.DataFrame, places: Places) -> go.Scatter:
    keys = links.groupby("key", as_index=False).agg(
        accounts=("account", "count"), orders=("orders", "sum")
    )
    at = [places[(kind, str(key))] for key in keys.key]
    name = plain(link_word(say, kind))
    return go.Scatter(
        x=[x for x, _ in at],
        y=[y for _, y in at],
        mode="markers",
        name=plain(say("shared {kind}", kind=link_word(say, kind))),
        legendgroup=kind,
        marker={"symbol": SYMBOLS[kind], "size": 9, "color": COLOURS[kind]},
        customdata=keys[["key", "accounts", "orders"]].to_numpy(dtype="int64").tolist(),
        hovertemplate=f"<b>{name} %{{customdata[0]}}</b><br>"
        + plain(say("accounts: {accounts}", accounts="%{customdata[1]}"))
        + "<br>"
        + plain(say("orders: {orders}", orders="%{customdata[2]}"))
        + "<extra></extra>",
    )


def _accounts(
    say: Say, assessment: str, accounts: pd.DataFrame, places: Places, *, labelled: bool
) -> go.Scatter:
    at = [places[("account", account)] for account in accounts.account]
    return go.Scatter(
        x=[x for x, _ in at],
        y=[y for _, y in at],
        mode="markers+text" if labelled else "markers",
        text=[plain(account) for account in accounts.account],
        textposition="middle center",
        textfont={"size": 9, "color": COLOURS["ink"]},
        name=plain(say("Account: {assessment}", assessment=assessment_word(say, assessment))),
        marker={
            "symbol": "circle" if assessment == "evidence" else "hexagon",
            "size": 20 if labelled else 11,
            "color": "white",
            "line": {"width": 3, "color": COLOURS[assessment]},
        },
        customdata=[
            [plain(row.account), row.orders, plain(row.group_id)] for row in accounts.itertuples()
        ],
        hovertemplate="<b>"
        + plain(say("account {account}", account="%{customdata[0]}"))
        + "</b><br>"
        + plain(say("orders: {orders}", orders="%{customdata[1]}"))
        + "<br>%{customdata[2]}<extra></extra>",
    )


def _title(say: Say, rows: AccountLinks) -> str:
    if not len(rows.links):
        return say("No linked accounts to show")
    return say(
        "{accounts:,} accounts form {networks:,} networks by what they share",
        accounts=len(rows.accounts),
        networks=int(rows.accounts.network.nunique()),
    )


def _subtitle(say: Say, rows: AccountLinks) -> str:
    parts = [say("Only accounts of suspicious groups; numbers stand in for names and values.")]
    if rows.left_out:
        parts.append(
            say("{left_out:,} more linked accounts are not drawn.", left_out=rows.left_out)
        )
    if rows.missing:
        kinds = [link_word(say, kind) for kind in rows.missing]
        parts.append(say("The files cannot show: {kinds}.", kinds=", ".join(kinds)))
    return " ".join(parts)
