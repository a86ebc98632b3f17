"""Accounts that are closely knit by many values and hours of purchase that they share.

Accounts and what two or more of them have in common (phones, devices, payers, addresses, and
an item bought in one hour) are a graph; its densest blocks are peeled out
(workbench.detect.peeling). Values that exactly the same accounts hold count once: a household
shares everything; values of many accounts are places and networks, which go together in every
shop, and are left out. The density of a block is held against the densest blocks of shuffled
graphs with the same degrees; 20 of them cannot say less than 1 / 21. This detector finds and
trims groups for others and does not accuse.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.detect.constants import (
    BUCKET_CAP,
    CHAIN_VALUE,
    EDGE_CAP,
    HUB_SHARE,
    MIN_BLOCK,
    PEEL_SHUFFLES,
)
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.group_facts import group_facts
from workbench.detect.opening import on_trade
from workbench.detect.peeling import Edges, block_densities, densest, shuffled
from workbench.detect.reporting import of_orders
from workbench.detect.shared_rows import IDENTITY_FIELDS, SharedRows, present_fields, shared_rows
from workbench.detect.shop import HOUR, shop_figures, titles
from workbench.detect.trade import BUYER_COLUMNS, buyer_column
from workbench.tables import Tables

__all__ = ["DETECTOR", "common_values"]

NAME = "dense_block"
_PLAIN = ["order", "buyer", "item", "known", "second"]


def find(tables: Tables) -> pd.DataFrame:
    """Densely knit accounts; see Detector.find and docs/detectors.md."""
    trade = tables["trade"]
    fields = present_fields(trade, buyer_column(tables["orders"]))
    if not fields:
        lacking = " | ".join(f"orders.{field}" for field in IDENTITY_FIELDS)
        return no_findings(reviewed=0, missing=[lacking])
    held, skipped = common_values([shared_rows(trade, field) for field in fields])
    edges = Edges(*(held[name].to_numpy() for name in ("account", "value", "kind")))
    about = {"fields": fields, "reviewed": len(edges), "skipped": skipped}
    if not len(edges):
        return no_findings(**about)
    usual = _shuffled_densities(edges)
    blocks = _blocks(edges, float(usual.max()))
    if not blocks:
        return no_findings(**about)
    ties = pd.concat([held.iloc[b].assign(group=n) for n, (b, _) in enumerate(blocks)])
    members = of_orders(tables, ties.drop_duplicates(["group", "order", "item"]))
    names = titles(tables, np.unique(members["key"]).tolist())
    common = group_facts(members, shop_figures(tables), names)
    told = zip(members.groupby("group"), common, blocks, strict=True)
    groups = [
        _group(own, held.iloc[rows], density, usual, facts | {"reviewed": len(edges)})
        for (_, own), facts, (rows, density) in told
    ]
    return findings(NAME, groups, **about)


def _group(
    own: pd.DataFrame, block: pd.DataFrame, density: float, usual: np.ndarray, facts: dict
) -> Group:
    p_value = 1 / (1 + len(usual))
    told = {
        "links": int(block.value.nunique()),
        "link_fields": sorted(set(block.field)),
        "density": density,
        "expected": float(usual.max()),
        "shuffles": len(usual),
        "p1": p_value,
        "p2": None,
        "tried1": 1,
        "tried2": None,
    }
    return Group(
        orders=tuple(own.order_id.unique()),
        statistic="density of what the accounts share",
        observed=density,
        expected=float(usual.max()),
        p_value=p_value,
        start=own.created_at.min(),
        end=own.created_at.max(),
        facts=facts | told,
    )


def common_values(fields: list[SharedRows]) -> tuple[pd.DataFrame, int]:
    """What several accounts have in common, one row per account, value and order.

    Columns account, value, kind (numbers), field, and order, buyer, item, known, second. The
    numbers follow from the times of the orders, not from the engine's hashes. The second answer
    counts the values left out: too crowded, or the most crowded where there are too many edges.
    """
    parts = []
    for one in fields:
        if one.ties.buyer.nunique() <= HUB_SHARE * max(one.accounts, 1):
            parts.append(one.rows[[*_PLAIN, "value"]].assign(field=one.field))
    if not parts:
        return pd.DataFrame(columns=[*_PLAIN, "value", "field", "account", "kind"]), 0
    rows = pd.concat(parts, ignore_index=True)
    bought = rows[rows.known].drop_duplicates(["order", "item"])
    hours = bought.assign(value=bought.second // HOUR, field="offer_hour")
    rows = pd.concat([rows, hours], ignore_index=True)
    rows["what"] = rows.groupby(
        ["field", "value", rows["item"].where(rows.field == "offer_hour", 0)]
    ).ngroup()
    rows["account"] = rows.groupby("buyer").ngroup()
    once = rows.drop_duplicates(["account", "what"])
    crowd = once.groupby("what").size()
    crowd = crowd[crowd > 1].sort_values(kind="stable")
    hour = once[once.field == "offer_hour"].groupby("what").size().reindex(crowd.index).notna()
    crowd = crowd[hour | (crowd <= CHAIN_VALUE)]
    fits = (crowd <= BUCKET_CAP) & (crowd.cumsum() <= EDGE_CAP)
    same = _same_accounts(once[once.what.isin(crowd.index[fits])])
    rows = rows[rows.what.isin(same)]
    return _numbered(rows), int((~fits).sum())


def _same_accounts(once: pd.DataFrame) -> np.ndarray:
    """One of the values that exactly the same accounts hold, of each such set."""
    salt = np.random.default_rng(0).integers(0, 2**62, once.account.max() + 1 if len(once) else 1)
    marks = once.assign(mark=salt[once.account.to_numpy()])
    held = marks.groupby("what").agg(n=("account", "size"), mark=("mark", "sum"))
    held["offer"] = once[once.field == "offer_hour"].groupby("what").size()
    # Where a value of a field and an hour are alike the value stays.
    held = held.sort_values(["offer"], na_position="first", kind="stable")
    return held.drop_duplicates(["n", "mark"]).index.to_numpy()


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Accounts and values numbered by their times, and rows in that order."""
    rows = rows.copy()
    for name in ("account", "what"):
        by = rows.groupby(name).second
        order = pd.DataFrame({"first": by.min(), "sum": by.sum(), "n": by.size()})
        rank = order.sort_values(["first", "sum", "n"], kind="stable")
        rank["number"] = np.arange(len(rank))
        rows[name] = rows[name].map(rank.number)
    rows["value"] = rows.what
    rows["kind"] = pd.Categorical(rows.field, categories=sorted(set(rows.field))).codes
    rows = rows.sort_values(["account", "value", "second"], kind="stable")
    return rows.drop(columns="what").reset_index(drop=True)


def _shuffled_densities(edges: Edges) -> np.ndarray:
    """Density of the densest block in each of so many shuffled graphs."""
    rng = np.random.default_rng(PEEL_SHUFFLES)
    once = edges.only(edges.first)
    found = []
    for _ in range(PEEL_SHUFFLES):
        mixed = shuffled(once, rng)
        weight = mixed.weight
        kept = densest(mixed, weight)
        found.append(block_densities(mixed.only(kept), weight[kept])[1].max())
    return np.array(found)


def _blocks(edges: Edges, usual: float) -> list[tuple[np.ndarray, float]]:
    """Rows and density of the blocks denser than `usual`, peeled out one layer after the other."""
    found = []
    once = edges.first
    weight = edges.only(once).weight
    while len(once):
        rest = edges.only(once)
        kept = densest(rest, weight)
        block, density = block_densities(rest.only(kept), weight[kept])
        dense = np.flatnonzero(density > usual)
        if not len(dense):
            break
        for number in dense:
            own = rest.only(np.flatnonzero(kept)[block == number])
            if len(np.unique(own.account)) >= MIN_BLOCK:
                inside = np.isin(edges.account, own.account) & np.isin(edges.value, own.value)
                found.append((np.flatnonzero(inside), float(density[number])))
        gone = np.zeros(len(once), dtype=bool)
        gone[np.flatnonzero(kept)[np.isin(block, dense)]] = True
        once, weight = once[~gone], weight[~gone]
    return found


DETECTOR = Detector(
    name=NAME,
    family="coordination",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
        tuple(f"orders.{field}" for field in IDENTITY_FIELDS),
    ),
    find=on_trade(find),
)
