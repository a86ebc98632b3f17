"""The network of accounts that share a phone, an address, a device or a payer."""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd
import plotly.graph_objects as go

from workbench.charts.account_links import LINK_COLUMNS, AccountLinks
from workbench.charts.marks import nothing_drawn
from workbench.charts.theme import COLOURS, SYMBOLS, plain, themed
from workbench.charts.wording import link_word, number_text, source_note
from workbench.language import Say, assessment_word, words

__all__ = ["linked_accounts_chart", "linked_accounts_table"]

_SEED = 7
_PAGE_WIDTH = 900
_DASHES = {"phone": "solid", "address": "dash", "device": "dot", "payer": "dashdot"}
_LABELLED = 60
_CAREFUL = 60

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
            figure.add_trace(_legend(say, kind))
    for name in ("evidence", "needs_documents"):
        chosen = rows.accounts[rows.accounts.assessment == name]
        if len(chosen):
            labelled = len(rows.accounts) <= _LABELLED
            figure.add_trace(_accounts(say, name, chosen, places, labelled=labelled))
    across, up = _ranges(places)
    figure.update_xaxes(visible=False, range=across)
    figure.update_yaxes(visible=False, range=up, scaleanchor="x")
    note = source_note(say, int(rows.accounts.orders.sum()))
    height = 220 + round(_PAGE_WIDTH * min(0.8, (up[1] - up[0]) / (across[1] - across[0])))
    below = _subtitle(say, rows)
    themed(figure, _title(say, rows), note, subtitle=below, height=height, legend_lines=2)
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
    parts = [part for _, part in links.groupby("network")]
    sides = [_side(part) for part in parts]
    page = _page(sides)
    places: Places = {}
    left, base, tallest = 0.0, 0.0, 0.0
    for part, side in zip(parts, sides, strict=True):
        if left and left + side > page:
            left, base, tallest = 0.0, base - tallest, 0.0
        tallest = max(tallest, side)
        for node, (x, y) in _layout(part).items():
            places[node] = (
                round(left + side * (0.5 + x / 2.7), 3),
                round(base - side * (0.5 + y / 2.7), 3),
            )
        left += side
    return places


def _page(sides: list[float]) -> float:
    """How wide to pack squares of these sides: about twice as wide as high, in even rows."""
    if not sides:
        return 0.0
    rows = max(1, round(sum(sides) / math.sqrt(2 * sum(side**2 for side in sides))))
    return max(sum(sides) / rows + max(sides) / 2, max(sides))


def _ranges(places: Places) -> tuple[list[float], list[float]]:
    """What the axes show: all places with half a unit around them."""
    if not places:
        return [0, 1], [0, 0.3]
    x, y = zip(*places.values(), strict=True)
    return [min(x) - 0.5, max(x) + 0.5], [min(y) - 0.5, max(y) + 0.5]


def _side(part: pd.DataFrame) -> float:
    return math.sqrt(len(part)) + 0.8


def _layout(part: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    """Places within -1..1 of the accounts and keys of one network."""
    graph = nx.Graph()
    graph.add_edges_from(
        (("account", str(row.account)), (row.kind, str(row.key))) for row in part.itertuples()
    )
    keys = sorted({(kind, str(key)) for kind, key in zip(part.kind, part.key, strict=True)})
    if len(keys) == 1:
        return _circle(keys[0], [node for node in graph if node != keys[0]])
    if len(graph) <= _CAREFUL:
        return nx.kamada_kawai_layout(graph)
    return nx.spring_layout(graph, seed=_SEED, iterations=150)


def _circle(
    centre: tuple[str, str], around: list[tuple[str, str]]
) -> dict[tuple[str, str], tuple[float, float]]:
    turn = 2 * math.pi / len(around)
    places = {node: (math.sin(n * turn), -math.cos(n * turn)) for n, node in enumerate(around)}
    return places | {centre: (0.0, 0.0)}


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
        showlegend=False,
        legendgroup=kind,
        marker={"symbol": SYMBOLS[kind], "size": 9, "color": COLOURS[kind]},
        customdata=keys[["key", "accounts", "orders"]].to_numpy(dtype="int64").tolist(),
        hovertemplate=f"<b>{name} %{{customdata[0]}}</b><br>"
        + plain(say("accounts: {accounts}", accounts="%{customdata[1]}"))
        + "<br>"
        + plain(say("orders: {orders}", orders="%{customdata[2]}"))
        + "<extra></extra>",
    )


def _legend(say: Say, kind: str) -> go.Scatter:
    """An entry that shows both the line and the shape of a kind of link."""
    return go.Scatter(
        x=[None],
        y=[None],
        mode="lines+markers",
        name=plain(say("shared {kind}", kind=link_word(say, kind))),
        legendgroup=kind,
        line={"color": COLOURS[kind], "width": 1.5, "dash": _DASHES[kind]},
        marker={"symbol": SYMBOLS[kind], "size": 9, "color": COLOURS[kind]},
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
