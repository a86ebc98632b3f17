"""Which accounts of suspicious groups share a phone, an address, a device or a payer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import networkx as nx
import pandas as pd
from ibis.expr.types import Table as Expression

from workbench.charts.order_rows import ASSESSMENTS, order_rows
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["LINK_COLUMNS", "AccountLinks", "account_links_data"]

LINK_COLUMNS = {
    "phone": "phone",
    "address": "address",
    "device": "device",
    "payer": "buyer_account",
}
"""Kind of link → canonical column of orders that makes it."""


@dataclass(frozen=True)
class AccountLinks:
    """Accounts and what they share, without the values themselves.

    `accounts`: account (running number or alias), orders, assessment (the worst of its orders),
    group_id, network (number of the connected network, 1 the largest).
    `links`: kind, key (running number within its kind: "phone 3" is the third phone), account,
    orders, network. One row is one account that used the key; each key has at least two accounts.
    `left_out`: accounts that share something but do not fit on the page.
    `missing`: kinds of link that the files cannot show, because they lack the column.
    """

    accounts: pd.DataFrame
    links: pd.DataFrame
    left_out: int
    missing: tuple[str, ...]


def account_links_data(
    tables: Tables,
    assessment: Assessment,
    *,
    most: int = 150,
    alias: Callable[[str], str] | None = None,
) -> AccountLinks:
    """The networks of accounts in suspicious groups that share a value, largest first.

    Only orders of a group assessed `evidence` or `needs_documents` count. A value that holds a
    masking star is left out: two buyers with the same 138****8000 need not be one. Whole
    networks are kept while they have at most `most` accounts together; the first one is cut
    where it alone has more. `alias` names an account; without it accounts are numbered.
    """
    rows = order_rows(tables, assessment)
    missing = tuple(kind for kind, name in LINK_COLUMNS.items() if name not in rows.columns)
    if "buyer_id" not in rows.columns or len(missing) == len(LINK_COLUMNS):
        return _none(tuple(LINK_COLUMNS) if "buyer_id" not in rows.columns else missing)
    suspicious = rows.filter(
        (rows.assessment != "none") & rows.group_id.notnull() & rows.buyer_id.notnull()
    )
    shared = [_shared(suspicious, kind) for kind in LINK_COLUMNS if kind not in missing]
    links = ibis.union(*shared) if len(shared) > 1 else shared[0]
    found = links.to_pandas().sort_values(["kind", "value", "buyer_id"], ignore_index=True)
    if not len(found):
        return _none(missing)
    found["network"] = _networks(found)
    chosen, left_out = _fitting(found, most)
    accounts = _accounts(suspicious, chosen)
    names = dict(zip(accounts.buyer_id, _names(accounts.buyer_id, alias), strict=True))
    return AccountLinks(
        accounts=accounts.assign(account=accounts.buyer_id.map(names))[
            ["account", "orders", "assessment", "group_id", "network"]
        ],
        links=_numbered(chosen, names),
        left_out=left_out,
        missing=missing,
    )


def _shared(rows: Expression, kind: str) -> Expression:
    """(kind, value, buyer_id, orders) of values that at least two accounts used."""
    rows = rows.mutate(kind=ibis.literal(kind), value=rows[LINK_COLUMNS[kind]])
    clear = rows.filter(rows.value.notnull() & (rows.value != "") & ~rows.value.contains("*"))
    used = clear.group_by(["kind", "value", "buyer_id"]).agg(orders=clear.count())
    used = used.mutate(accounts=used.buyer_id.count().over(group_by="value"))
    return used.filter(used.accounts > 1).drop("accounts")


def _networks(found: pd.DataFrame) -> pd.Series:
    """The number of the network each row belongs to: 1 has the most accounts."""
    graph = nx.Graph()
    graph.add_edges_from(
        (("account", row.buyer_id), (row.kind, row.value)) for row in found.itertuples()
    )
    parts = [
        sorted(name for kind, name in part if kind == "account")
        for part in nx.connected_components(graph)
    ]
    ranked = sorted(parts, key=lambda part: (-len(part), part))
    number = {name: n for n, part in enumerate(ranked, start=1) for name in part}
    return found.buyer_id.map(number)


def _fitting(found: pd.DataFrame, most: int) -> tuple[pd.DataFrame, int]:
    sizes = found.groupby("network").buyer_id.nunique()
    fits = sizes.cumsum() <= most
    if fits.any():
        chosen = found[found.network.map(fits)]
    else:
        first = found[found.network == 1]
        kept = sorted(first.buyer_id.unique())[:most]
        chosen = first[first.buyer_id.isin(kept)]
    return chosen, int(found.buyer_id.nunique() - chosen.buyer_id.nunique())


def _accounts(suspicious: Expression, chosen: pd.DataFrame) -> pd.DataFrame:
    """One row per account of the networks, with its orders in suspicious groups."""
    wanted = ibis.memtable(chosen[["buyer_id", "network"]].drop_duplicates())
    rows = suspicious.inner_join(wanted, "buyer_id")
    rank = ibis.cases((rows.assessment == ASSESSMENTS[0], 0), else_=1)
    accounts = (
        rows.group_by(["buyer_id", "network"])
        .agg(orders=rows.count(), rank=rank.min(), group_id=rows.group_id.min())
        .order_by(["network", "buyer_id"])
        .to_pandas()
    )
    accounts["assessment"] = accounts["rank"].map(dict(enumerate(ASSESSMENTS)))
    return accounts


def _names(buyers: pd.Series, alias: Callable[[str], str] | None) -> list[str]:
    if alias is not None:
        return [alias(buyer) for buyer in buyers]
    return [str(number) for number in range(1, len(buyers) + 1)]


def _numbered(chosen: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    ordered = chosen.sort_values(["kind", "network", "value", "buyer_id"], ignore_index=True)
    key = ordered.groupby("kind").value.transform(lambda values: pd.factorize(values)[0] + 1)
    return pd.DataFrame(
        {
            "kind": ordered.kind,
            "key": key.astype("int64"),
            "account": ordered.buyer_id.map(names),
            "orders": ordered.orders,
            "network": ordered.network,
        }
    )


def _none(missing: tuple[str, ...]) -> AccountLinks:
    return AccountLinks(
        accounts=pd.DataFrame(columns=["account", "orders", "assessment", "group_id", "network"]),
        links=pd.DataFrame(columns=["kind", "key", "account", "orders", "network"]),
        left_out=0,
        missing=missing,
    )
