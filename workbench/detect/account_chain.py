"""Accounts that hang together link by link: A and B share a phone, B and C a device.

Accounts and values that 2 to 12 of them hold are a graph; its components are chains. No single
value holds all of a chain (that is for the detectors of shared values).
Test 1: the accounts of the chain against the tail of the shop's own components. Its weakest link,
the value whose loss leaves the smallest largest part, is taken out before: one coincidence must
not make two households a chain. Not corrected: it chooses what test 2 is made on (FILTER).
Test 2: the second oddity (workbench.detect.oddity) of what its accounts bought on shared values,
times the chains that test 1 let through.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from workbench.detect.components import components
from workbench.detect.constants import (
    CHAIN_CAP,
    CHAIN_LEAST,
    CHAIN_VALUE,
    FILTER,
    HUB_SHARE,
)
from workbench.detect.days import Days
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.oddity import oddities
from workbench.detect.opening import on_trade
from workbench.detect.relatives import kin_of
from workbench.detect.reporting import reported
from workbench.detect.shared_rows import IDENTITY_FIELDS, SharedRows, present_fields, shared_rows
from workbench.detect.sharing import tail_of
from workbench.detect.trade import BUYER_COLUMNS, buyer_column
from workbench.detect.value_tests import Tested, item_ranks
from workbench.tables import Tables

__all__ = ["DETECTOR", "links", "without_weakest"]

NAME = "account_chain"


def find(tables: Tables) -> pd.DataFrame:
    """Chains of accounts; see Detector.find and docs/detectors.md."""
    trade = tables["trade"]
    fields = present_fields(trade, buyer_column(tables["orders"]))
    if not fields:
        lacking = " | ".join(f"orders.{field}" for field in IDENTITY_FIELDS)
        return no_findings(reviewed=0, missing=[lacking])
    every = {field: shared_rows(trade, field) for field in fields}
    linked = links(list(every.values()))
    chains, skipped = _chains(linked)
    about = {"fields": fields, "reviewed": len(chains), "skipped": skipped}
    passed = chains[chains.p1 <= FILTER].reset_index()
    if passed.empty:
        return no_findings(**about)
    groups = [
        Group(
            orders=tuple(members.order_id.unique()),
            statistic="accounts in one chain",
            observed=int(one["accounts"]),
            expected=float(one["expected"]),
            p_value=one["p"],
            start=members.created_at.min(),
            end=members.created_at.max(),
            facts=facts | {name: one[name] for name in _TOLD} | {"reviewed": len(chains)},
        )
        for members, one, facts in reported(tables, _tested(tables, passed, linked, every))
    ]
    return findings(NAME, groups, **about)


_TOLD = ("links", "link_fields", "largest_link", "kept", "components", "q_third", "q", "p1")


def links(fields: list[SharedRows]) -> pd.DataFrame:
    """The ties of accounts to values that link few of them, with their component.

    Columns value (numbered over all fields), field, buyer, account (numbered), label. A field in
    which most accounts share a value identifies nobody and is left out.
    """
    ties = []
    for one in fields:
        if one.ties.buyer.nunique() <= HUB_SHARE * max(one.accounts, 1):
            held = one.ties.groupby("value").buyer.transform("size")
            ties.append(one.ties[held <= CHAIN_VALUE].assign(field=one.field))
    if not any(len(part) for part in ties):
        return pd.DataFrame({"value": [], "field": [], "buyer": [], "account": [], "label": []})
    both = pd.concat(ties, ignore_index=True)[["value", "field", "buyer"]]
    both["account"], buyers = pd.factorize(both.buyer)
    both["value"] = both.groupby(["field", "value"]).ngroup()
    edges = np.column_stack([both.account, both.value + len(buyers)])
    both["label"] = components(edges, int(edges.max()) + 1)[both.account]
    return both


def without_weakest(ties: pd.DataFrame) -> pd.Series:
    """Accounts in the largest part of each component once its weakest link is taken out.

    `ties` has the columns of `links`; the answer is indexed by label. Each value is left out
    once, in a copy of its component.
    """
    values = ties[["label", "value"]].drop_duplicates().reset_index(drop=True)
    values["copy"] = values.index
    copies = ties.merge(values.rename(columns={"value": "out"}), on="label")
    copies = copies[copies.value != copies.out]
    account = copies.groupby(["copy", "account"]).ngroup().to_numpy()
    value = copies.groupby(["copy", "value"]).ngroup().to_numpy()
    number = int(account.max(initial=-1)) + 1
    edges = np.column_stack([account, value + number])
    copies["part"] = components(edges, int(edges.max(initial=-1)) + 1)[account]
    sizes = copies.groupby(["label", "copy", "part"]).account.nunique()
    largest = sizes.groupby(["label", "copy"]).max().groupby("label")
    whole = ties.groupby("label").value.nunique()
    return largest.min().reindex(whole.index, fill_value=1).where(whole > 1, 1)


def _chains(linked: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Components that no single value holds together, by label, with test 1; and those skipped."""
    by = linked.groupby("label")
    found = pd.DataFrame({"accounts": by.account.nunique(), "links": by.value.nunique()})
    sizes = Counter(found.accounts.tolist())
    held = linked.groupby(["label", "value"]).size().groupby("label").max()
    found["largest_link"] = held
    chains = found[(found.accounts >= CHAIN_LEAST) & (held < found.accounts)]
    skipped = int((chains.accounts > CHAIN_CAP).sum())
    chains = chains[chains.accounts <= CHAIN_CAP].copy()
    chains["kept"], chains["p1"] = 0, 1.0
    if chains.empty:
        return chains, skipped
    ties = linked[linked.label.isin(chains.index)]
    chains["kept"] = without_weakest(ties)
    chains["link_fields"] = ties.groupby("label").field.unique().map(sorted)
    chains["components"] = len(found) - 1
    # The chain itself is one of the components of its whole size.
    tails = [
        tail_of(pd.Series([max(kept, 3)]), sizes - Counter([whole]) + Counter([max(kept, 3)]))
        for kept, whole in zip(chains.kept, chains.accounts, strict=True)
    ]
    chains["q_third"], chains["q"] = [t[0][0] for t in tails], [t[1][0] for t in tails]
    chains["p1"] = np.where(chains.kept >= 3, [t[2][0] for t in tails], 1.0)
    chains["expected"] = 2 + chains.q_third / (1 - chains.q.clip(upper=0.99))
    return chains, skipped


def _tested(
    tables: Tables, passed: pd.DataFrame, linked: pd.DataFrame, every: dict[str, SharedRows]
) -> Tested:
    """Test 2 of the chains that passed test 1."""
    group = pd.DataFrame({"label": passed.label, "group": passed.index})
    accounts = linked[["buyer", "label"]].drop_duplicates().merge(group, on="label")
    plain = ["order", "buyer", "item", "known", "second"]
    rows = pd.concat([one.rows[plain] for one in every.values()])
    rows = rows[rows.buyer.isin(accounts.buyer)].drop_duplicates(["order", "item", "known"])
    rows = rows.merge(accounts[["buyer", "group"]], on="buyer")
    items = np.unique(rows["item"][rows.known].to_numpy("int64"))
    ranks = item_ranks(tables, items)
    rows["name"] = ranks.reindex(rows["item"]).fillna(0).to_numpy(dtype="int64")
    days = Days.of(tables["trade"], items)
    kin = kin_of(tables["trade"], every, every)
    nearest = max((kin[field] for field in every), key=lambda one: (one.match, one.pairs))
    odd = oddities(rows, [nearest] * len(passed), days)
    values = passed.join(odd.groups.drop(columns="accounts").rename(columns={"p": "p2"}))
    values["tried1"], values["tried2"] = 1, len(values)
    values["p"] = (values.p2 * len(values)).clip(upper=1.0)
    return Tested(values, rows, odd)


DETECTOR = Detector(
    name=NAME,
    family="identity",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
        tuple(f"orders.{field}" for field in IDENTITY_FIELDS),
    ),
    find=on_trade(find),
)
