"""Accounts that share a phone, device, IP, payment account or address, and one more oddity.

Test 1: accounts on the value against the tail of the shop's own shared values: the chance that
a value that is shared at all has k or more accounts. A masked value adds the chance that
strangers match on it. Paid for with the number of shared values and of fields; and not less than
the share of shared values that are as large with nothing else odd about them.
Test 2: the second oddity (workbench.detect.oddity): the accounts concentrate on one to three
items, or order within a narrow span, or coincide in a second field.
"""

from __future__ import annotations

import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import ALPHA, MIN_SHOP_ORDERS
from workbench.detect.finding import Detector, no_findings
from workbench.detect.group import Group, findings
from workbench.detect.oddity import Days, Oddity, second_oddity
from workbench.detect.opening import on_trade
from workbench.detect.sharing import (
    IDENTITY_FIELDS,
    Shared,
    identity_lines,
    shared_values,
    sharing_tests,
)
from workbench.detect.shop import DAY, Shop, common_facts, rows_of, shop_figures, takers_of, titles
from workbench.detect.trade import BUYER_COLUMNS, buyer_column
from workbench.tables import Tables

__all__ = ["DETECTOR", "likeness", "unusual", "value_facts"]

NAME = "shared_identity"


def find(tables: Tables) -> pd.DataFrame:
    """Accounts that share a value; see Detector.find and docs/detectors.md."""
    trade = tables["trade"]
    fields = _fields(trade, buyer_column(tables["orders"]))
    missing = [field for field in IDENTITY_FIELDS if field not in fields]
    about: dict[str, object] = {"fields": fields, "fields_missing": missing}
    if not fields:
        return no_findings(
            reviewed=0, missing=[" | ".join(f"orders.{c}" for c in IDENTITY_FIELDS)], **about
        )
    if trade.order.nunique().to_pandas() < MIN_SHOP_ORDERS:
        return no_findings(reviewed=0, reason="too_few_orders", **about)
    lines = identity_lines(trade)
    shared = [shared_values(lines, f, [o for o in fields if o != f]) for f in fields]
    candidates = [one for field in shared for one in _candidates(field, len(fields))]
    reviewed = sum(int((s.values.accounts >= 2).sum()) for s in shared)
    about["reviewed"] = reviewed
    groups = _groups(tables, {s.field: s for s in shared}, candidates)
    for group in groups:
        group.facts["reviewed"] = reviewed
        group.facts["fields_missing"] = missing
    return findings(NAME, groups, **about)


def _fields(trade: Table, buyer: str | None) -> list[str]:
    """Fields that hold a value in this shop and are not the buyer himself."""
    present = [f for f in IDENTITY_FIELDS if f in trade.columns and f != buyer]
    if not present:
        return []
    held = trade.aggregate(**{f: trade[f].count() for f in present}).to_pandas().iloc[0]
    return [f for f in present if held[f] > 0]


def _candidates(shared: Shared, fields: int) -> list[dict]:
    """Values that pass test 1."""
    tests = sharing_tests(shared)
    if tests.empty:
        return []
    tests["field"] = shared.field
    tests["tried1"] = len(shared.values) * fields
    return tests[tests.p1 * tests.tried1 <= ALPHA].to_dict("records")


def _groups(tables: Tables, shared: dict[str, Shared], candidates: list[dict]) -> list[Group]:
    if not candidates:
        return []
    trade = tables["trade"]
    held = {}
    for field in sorted({c["field"] for c in candidates}):
        values = [c["value"] for c in candidates if c["field"] == field]
        rows = rows_of(trade, field, values)
        rows = rows[rows.buyer.notna()]
        held[field] = dict(list(rows.groupby(field)))
    everything = pd.concat([part for parts in held.values() for part in parts.values()])
    items = [int(i) for i in everything["item"].dropna().unique()]
    days = Days.of(trade, sorted(items))
    alike = {field: likeness(shared[field]) for field in held}
    tested = []
    for one in candidates:
        rows = held[one["field"]][one["value"]]
        tested.append((one, rows, second_oddity(rows, one, alike[one["field"]], days)))
    reported = unusual(tested)
    if not reported:
        return []
    shop, names = shop_figures(tables), titles(tables, sorted(items))
    return _with_also([_group(*one, shop, names) for one in reported])


def unusual(
    tested: list[tuple[dict, pd.DataFrame, Oddity]],
) -> list[tuple[dict, pd.DataFrame, Oddity]]:
    """Those of the tested values that both tests find odd, with crowd_share, tried2 and p.

    crowd_share: share of the shop's shared values that have as many accounts and nothing else
    odd. The exits of a mobile network are many and large: there size alone says nothing.
    """
    plain = pd.DataFrame(
        [(one["field"], one["accounts"]) for one, _, odd in tested if odd.p > ALPHA],
        columns=["field", "accounts"],
    )
    passed = []
    for one, rows, odd in tested:
        like = (plain.field == one["field"]) & (plain.accounts >= one["accounts"])
        share = float(like.sum() / max(one["shared_values"], 1))
        if share <= ALPHA:
            passed.append((one | {"crowd_share": share}, rows, odd))
    reported = []
    for one, rows, odd in passed:
        p1 = max(one["p1"] * one["tried1"], one["crowd_share"])
        p = min(1.0, max(p1, odd.p * len(passed)))
        if p <= ALPHA:
            reported.append((one | {"tried2": len(passed), "p": p}, rows, odd))
    return reported


def likeness(shared: Shared) -> dict[str, float]:
    """Chance, per other field, that two accounts that share a value coincide there too.

    From the shop's values with exactly two accounts, half a coincidence in one pair added.
    """
    pairs = shared.values[shared.values.accounts == 2]
    chances = {}
    for column in shared.values.columns:
        if column.endswith("_known"):
            other = column.removesuffix("_known")
            known = pairs[pairs[column] == 2]
            alike = int((known[f"{other}_distinct"] < 2).sum())
            chances[other] = (alike + 1) / (len(known) + 2)
    return chances


def value_facts(one: dict, rows: pd.DataFrame, odd: Oddity, names: pd.DataFrame) -> dict:
    """Facts of the whole shared value, and of what is odd besides."""
    orders = rows.drop_duplicates("order_id")
    takers = takers_of(rows, "buyer")
    others = [c.removesuffix("_known") for c in one if c.endswith("_known")]
    return {
        "value_accounts": int(rows.buyer.nunique()),
        "value_orders": len(orders),
        "value_span_days": (orders.second.max() - orders.second.min()) / DAY,
        "value_items": int(rows["item"].nunique()),
        "value_top_item_share": max(takers.values()) / rows.buyer.nunique() if takers else None,
        "q_third": one["q_third"],
        "q": one["q"],
        "crowd_share": one["crowd_share"],
        "shared_values": one["shared_values"],
        "core_items": [names["item"].get(item) for item in odd.core_items],
        "core_accounts": odd.core_accounts,
        "core_expected_share": odd.core_share,
        "p_item": odd.p_item,
        "p_span": odd.p_span,
        "p_second": odd.p_second,
        "second_field": odd.second_field,
        "distinct_share": {
            other: one[f"{other}_distinct"] / one[f"{other}_known"]
            for other in others
            if one[f"{other}_known"] > 0
        },
        "p1": one["p1"],
        "p2": odd.p,
        "tried1": one["tried1"],
        "tried2": one["tried2"],
    }


def _group(one: dict, rows: pd.DataFrame, odd: Oddity, shop: Shop, names: pd.DataFrame) -> Group:
    members = odd.members
    expected = 2 + one["q_third"] / (1 - min(one["q"], 0.99))
    facts = common_facts(members, shop, names) | value_facts(one, rows, odd, names)
    facts |= {
        "field": one["field"],
        "also_fields": [],
        "masked": bool(one["masked"]),
        "match_chance": one["match_chance"],
        "expected": expected,
        "hub_cut": one["hub_cut"],
        "above_hub_cut": one["above_hub_cut"],
    }
    return Group(
        orders=tuple(members.order_id.unique()),
        statistic=f"accounts with one {one['field']}",
        observed=int(members.buyer.nunique()),
        expected=expected,
        p_value=one["p"],
        start=members.created_at.min(),
        end=members.created_at.max(),
        facts=facts,
    )


def _with_also(groups: list[Group]) -> list[Group]:
    """Note on each group which other fields hold exactly its orders."""
    fields: dict[str, set[str]] = {}
    for group in groups:
        fields.setdefault(group.key, set()).add(str(group.facts["field"]))
    for group in groups:
        group.facts["also_fields"] = sorted(fields[group.key] - {str(group.facts["field"])})
    return groups


DETECTOR = Detector(
    name=NAME,
    family="identity",
    needs=("orders.order_id", "orders.created_at"),
    needs_any=(
        tuple(f"orders.{column}" for column in BUYER_COLUMNS),
        tuple(f"orders.{column}" for column in IDENTITY_FIELDS),
    ),
    find=on_trade(find),
)
