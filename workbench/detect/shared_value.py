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
from typing import Any

import pandas as pd

from workbench.detect.constants import ALPHA, FILTER
from workbench.detect.finding import no_findings
from workbench.detect.group import Group, findings
from workbench.detect.reporting import reported
from workbench.detect.shared_rows import present_fields, shared_rows
from workbench.detect.sharing import sharing_tests
from workbench.detect.trade import buyer_column
from workbench.detect.value_tests import ground_of, pooled, tested_values
from workbench.tables import Tables

__all__ = ["find_shared", "value_facts"]

_TOLD = (
    *("field", "match_chance", "shared_values", "q_third", "q", "crowd_share", "hub_cut"),
    *("p_second", "second_field"),
)
_OF_SPELLINGS = ("spellings", "keys", "p_spelling", "p_sharing")


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
    tests = pd.concat([sharing_tests(one).assign(field=one.field) for one in shared])
    if tests.empty:
        return no_findings(**about)
    ground = ground_of(tables, tests, every)
    passed = tests[tests.p1 <= FILTER]
    tested = tested_values(passed, every, ground)
    together, skipped = pooled(_not_odd_alone(tests, tested.values), every, ground)
    about["skipped"] = skipped
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
            for members, one, found in reported(tables, tested) + reported(tables, together)
            for facts in [found | value_facts(one)]
        ]
    )
    return findings(name, groups, **about)


def _not_odd_alone(tests: pd.DataFrame, tested: pd.DataFrame) -> pd.DataFrame:
    """The values that are no finding by themselves: one that is would make any set it is in odd."""
    odd = tested[tested.p <= ALPHA]
    if odd.empty:
        return tests
    alone = pd.MultiIndex.from_frame(odd[["field", "value"]])
    return tests[~pd.MultiIndex.from_frame(tests[["field", "value"]]).isin(alone)]


def value_facts(one: dict) -> dict[str, Any]:
    """What the tests say of one value."""
    others = [name.removesuffix("_known") for name in one if name.endswith("_known")]
    told = (*_TOLD, *(name for name in _OF_SPELLINGS if name in one))
    return {
        **{name: one.get(name) for name in told},
        "values": int(one.get("values", 1)),
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
