"""Accounts that share a value, and one more oddity: what the detectors of shared values do alike.

Test 1: accounts on the value against the tail of the shop's own shared values: the chance that a
value that is shared at all has so many. A masked value adds the chance that strangers match on
it; and it is never less than the share of the field's shared values that are as large with
nothing else odd about them. Not corrected: it chooses what test 2 is made on (FILTER).
Test 2: the second oddity (workbench.detect.oddity) against what relatives of this shop have in
common, times the values that test 1 let through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pandas as pd

from workbench.detect.constants import ALPHA, CROWD_SHARE, FILTER, LEAD
from workbench.detect.days import Days
from workbench.detect.finding import no_findings
from workbench.detect.group import Group, findings
from workbench.detect.group_facts import group_facts
from workbench.detect.oddity import Oddities, coincidences, oddities
from workbench.detect.relatives import Relatives, closed_pairs, relatives
from workbench.detect.shared_rows import SharedRows, integers, present_fields, shared_rows
from workbench.detect.sharing import sharing_tests
from workbench.detect.shop import DAY, shop_figures, titles
from workbench.detect.trade import buyer_column
from workbench.tables import Tables

__all__ = [
    "Tested",
    "find_shared",
    "named_items",
    "of_orders",
    "reported",
    "tested_values",
    "value_facts",
]

_TOLD = (
    *("field", "match_chance", "shared_values", "q_third", "q", "crowd_share", "hub_cut"),
    *("p_second", "second_field"),
)
_ODD = ("core_accounts", "p_item", "p_span", "p2", "tried1", "tried2")
_OF_SPELLINGS = ("spellings", "keys", "p_spelling", "p_sharing")


@dataclass(frozen=True)
class Tested:
    """Values that test 1 let through (one per group number), their rows, and what is odd."""

    values: pd.DataFrame
    rows: pd.DataFrame
    odd: Oddities


def find_shared(tables: Tables, name: str, wanted: Sequence[str]) -> pd.DataFrame:
    """Findings of accounts that share a value of one of the wanted fields."""
    trade = tables["trade"]
    present = present_fields(trade, buyer_column(tables["orders"]))
    fields = [field for field in wanted if field in present]
    missing = [field for field in wanted if field not in present]
    about: dict[str, object] = {"fields": fields, "fields_missing": missing}
    if not fields:
        lacking = " | ".join(f"orders.{field}" for field in wanted)
        return no_findings(reviewed=0, missing=[lacking], **about)
    every = {field: shared_rows(trade, field) for field in present}
    shared = [every[field] for field in fields]
    about["reviewed"] = sum(len(one.values) for one in shared)
    passed = pd.concat([_passed(one) for one in shared], ignore_index=True)
    if passed.empty:
        return no_findings(**about)
    tested = tested_values(tables, passed, every)
    more = {"reviewed": about["reviewed"], "fields_missing": missing}
    groups = _with_also(
        [
            Group(
                orders=tuple(members.order_id.unique()),
                statistic=f"accounts with one {facts['field']}",
                observed=int(members.buyer.nunique()),
                expected=float(facts["expected"]),
                p_value=one["p"],
                start=members.created_at.min(),
                end=members.created_at.max(),
                facts=facts | more,
            )
            for members, one, found in reported(tables, tested)
            for facts in [found | value_facts(one)]
        ]
    )
    return findings(name, groups, **about)


def _passed(shared: SharedRows) -> pd.DataFrame:
    """Values that pass test 1."""
    tests = sharing_tests(shared)
    return tests[tests.p1 <= FILTER].assign(field=shared.field)


def tested_values(tables: Tables, passed: pd.DataFrame, every: dict[str, SharedRows]) -> Tested:
    """Test 2 of values that passed test 1 (field, value, accounts, p1, shared_values).

    `every` holds the shared rows of all fields. Values of a size that is common among those with
    nothing else odd are dropped; `values` gets p2, crowd_share, tried2 and p.
    """
    trade = tables["trade"]
    passed = passed.reset_index(drop=True)
    fields = [field for field in every if field in set(passed.field)]
    held = [
        every[field].rows.merge(pd.DataFrame({"value": own.value, "group": own.index}), on="value")
        for field in fields
        for own in [passed[passed.field == field]]
    ]
    rows = pd.concat(held, ignore_index=True)
    items = np.unique(rows["item"][rows.known].to_numpy("int64"))
    rows["name"] = named_items(tables, items, rows["item"])
    days = Days.of(trade, items)
    closed = closed_pairs(list(every.values()))
    kin_of = {field: relatives(every[field], closed, days) for field in fields}
    kin: list[Relatives] = [kin_of[field] for field in passed.field]
    second = coincidences(rows, kin)
    odd = oddities(rows, kin, days, second[["p_second", "second_field"]])
    values = passed.join(odd.groups.drop(columns="accounts").rename(columns={"p": "p2"}))
    values = values.join(second.drop(columns=["p_second", "second_field"]))
    values["crowd_share"] = _crowd_share(values)
    values["passed"] = values.crowd_share <= CROWD_SHARE
    values["tried1"], values["tried2"] = 1, int(values.passed.sum())
    values["p"] = (values.p2 * values.tried2).clip(upper=1.0).where(values.passed, 1.0)
    return Tested(values, rows, odd)


def _crowd_share(values: pd.DataFrame) -> np.ndarray:
    """Share of the field's shared values that have as many accounts and nothing else odd.

    The exits of a mobile network are many and large: there size alone says nothing.
    """
    share = np.zeros(len(values))
    for _, own in values.groupby("field"):
        plain = np.sort(own.accounts[own.p2 > ALPHA].to_numpy())
        larger = len(plain) - np.searchsorted(plain, own.accounts, side="left")
        share[own.index] = larger / np.maximum(own.shared_values, 1)
    return share


def named_items(tables: Tables, items: np.ndarray, of: pd.Series) -> np.ndarray:
    """A rank for each of the items, by the text of its key: hashes differ between engines."""
    names = titles(tables, items.tolist())
    rank = names.item_key.rank(method="dense").astype("int64") if len(names) else pd.Series()
    return rank.reindex(of).fillna(0).to_numpy(dtype="int64")


def of_orders(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows (group, order, item, known) with all columns of trade, in a stable order."""
    trade = tables["trade"]
    wanted = pd.DataFrame({"order": rows.order.unique()})
    full = integers(trade.semi_join(ibis.memtable(wanted), "order"))
    full["key"] = full["item"].fillna(0).astype("int64")
    keys = rows[["group", "order"]].assign(key=rows["item"].where(rows.known, 0))
    both = keys.drop_duplicates().merge(full, on=["order", "key"])
    return both.sort_values(["group", "second", "order_id", "line"], ignore_index=True)


def reported(tables: Tables, tested: Tested) -> list[tuple[pd.DataFrame, dict, dict[str, Any]]]:
    """Members (rows of trade), row of `values`, and facts of each whose p-value makes a lead."""
    leads = tested.values[tested.values.p < LEAD]
    if leads.empty:
        return []
    number = pd.Series(np.arange(len(leads)), index=leads.index)
    mine = tested.rows.group.isin(leads.index)
    members = of_orders(tables, tested.rows[tested.odd.members & mine])
    members["group"] = members.group.map(number)
    chosen = tested.rows[mine]
    names = titles(tables, np.unique(chosen["item"][chosen.known]).tolist())
    cores = tested.rows[tested.odd.core & mine].groupby("group")["item"].unique()
    whole = _whole_values(chosen)
    common = group_facts(members, shop_figures(tables), names)
    parts = [rows for _, rows in members.groupby("group")]
    answer = []
    for n, (index, one) in enumerate(zip(leads.index, leads.to_dict("records"), strict=True)):
        own = sorted(names.loc[cores.get(index, []), "item"]) if len(names) else []
        odd = {name: one[name] for name in _ODD} | {"core_expected_share": one["core_share"]}
        answer.append((parts[n], one, common[n] | whole[index] | odd | {"core_items": own}))
    return answer


def _whole_values(rows: pd.DataFrame) -> dict[int, dict[str, object]]:
    """Figures of the whole shared values, by group."""
    by = rows.groupby("group")
    counted = by.agg(orders=("order", "nunique"), first=("second", "min"), last=("second", "max"))
    counted["accounts"] = by.buyer.nunique()
    pairs = rows[rows.known].drop_duplicates(["group", "buyer", "item"])
    takers = pairs.groupby(["group", "item"]).size().groupby("group").agg(["size", "max"])
    counted = counted.join(takers)
    return {
        int(group): {
            "value_accounts": one["accounts"],
            "value_orders": one["orders"],
            "value_span_days": (one["last"] - one["first"]) / DAY,
            "value_items": int(one["size"]) if one["size"] == one["size"] else 0,
            "value_top_item_share": one["max"] / one["accounts"],
        }
        for group, one in zip(counted.index, counted.to_dict("records"), strict=True)
    }


def value_facts(one: dict) -> dict[str, Any]:
    """What the tests say of one value."""
    others = [name.removesuffix("_known") for name in one if name.endswith("_known")]
    told = (*_TOLD, *(name for name in _OF_SPELLINGS if name in one))
    return {
        **{name: one.get(name) for name in told},
        "masked": bool(one["masked"]),
        "above_hub_cut": bool(one["above_hub_cut"]),
        "also_fields": [],
        "expected": one.get("expected", 2 + one["q_third"] / (1 - min(one["q"], 0.99))),
        "distinct_share": {
            other: one[f"{other}_distinct"] / one[f"{other}_known"]
            for other in others
            if one[f"{other}_known"] > 0
        },
        "p1": max(one["p1"], one["crowd_share"]),
    }


def _with_also(groups: list[Group]) -> list[Group]:
    """Note on each group which other fields hold exactly its orders."""
    fields: dict[str, set[str]] = {}
    for group in groups:
        fields.setdefault(group.key, set()).add(str(group.facts["field"]))
    for group in groups:
        group.facts["also_fields"] = sorted(fields[group.key] - {str(group.facts["field"])})
    return groups
