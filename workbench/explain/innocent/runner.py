"""Run the innocent explanations that a group's signals call for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.explain.innocent import (
    bulk,
    courier,
    flash_sale,
    gift_season,
    group_buy,
    household,
    livestream,
    loyal_customer,
    new_product,
    parcel_weight,
    promotion,
    public_site,
    purchases,
    returning_buyers,
    shop_surge,
    staff_purchase,
    system_import,
)
from workbench.explain.innocent.outcome import InnocentTest, Outcome
from workbench.explain.merge import Group
from workbench.explain.rules import signal
from workbench.language import words
from workbench.tables import TABLES, Tables

__all__ = ["INNOCENT_TESTS", "by_group", "run_tests", "tests_of"]

INNOCENT_TESTS: Mapping[str, InnocentTest] = {
    test.name: test
    for test in (
        promotion.TEST,
        livestream.TEST,
        flash_sale.TEST,
        group_buy.TEST,
        new_product.TEST,
        gift_season.TEST,
        shop_surge.TEST,
        bulk.COMPANY_ORDER,
        bulk.RESELLER,
        public_site.DORMITORY,
        public_site.PARCEL_STATION,
        household.TEST,
        loyal_customer.LOYAL_CUSTOMER,
        loyal_customer.SUBSCRIPTION,
        staff_purchase.TEST,
        system_import.TEST,
        returning_buyers.TEST,
        courier.TEST,
        parcel_weight.TEST,
        purchases.TEST,
    )
}


def tests_of(group: Group) -> list[str]:
    """Names of the tests that the group's signals call for, each once."""
    wanted = [signal(f.detector, f.family, f.field).tests for f in group.findings]
    return list(dict.fromkeys(name for tests in wanted for name in tests))


def run_tests(
    tables: Tables, groups: Sequence[Group], members: pd.DataFrame
) -> dict[str, dict[str, Outcome]]:
    """Outcome by group id and test; `members` holds the order lines of all groups.

    What a test needs to know of the shop is read once, and only when a group calls for it. Each
    test judges all groups that call for it at once.
    """
    called = [tests_of(group) for group in groups]
    lines = by_group(groups, members)
    normal: dict[Any, Any] = {}
    said: dict[str, dict[int, Outcome]] = {}
    for name, test in INNOCENT_TESTS.items():
        wanted = [n for n, names in enumerate(called) if name in names]
        if not wanted:
            continue
        if missing := _missing(test, tables):
            said[name] = dict.fromkeys(wanted, _not_in_the_data(missing))
            continue
        if test.prepare not in normal:
            normal[test.prepare] = test.prepare(tables, members)
        said[name] = test.judge(lines[lines.group.isin(wanted)], normal[test.prepare])
    return {
        group.group_id: {name: said[name][n] for name in called[n]}
        for n, group in enumerate(groups)
    }


def by_group(groups: Sequence[Group], members: pd.DataFrame) -> pd.DataFrame:
    """The order lines with the number of their group; an order of two groups is there twice."""
    pairs = [(order, n) for n, group in enumerate(groups) for order in sorted(group.orders)]
    numbered = pd.DataFrame(pairs, columns=["order_id", "group"])
    numbered["order_id"] = numbered.order_id.astype(members.order_id.dtype)
    return members.merge(numbered, on="order_id").sort_values("group", kind="stable")


def _missing(test: InnocentTest, tables: Tables) -> list[tuple[str, str]]:
    needs = [tuple(need.split(".", 1)) for need in test.needs]
    return [(t, c) for t, c in needs if t not in tables or c not in tables[t].columns]


def _not_in_the_data(missing: Sequence[tuple[str, str]]) -> Outcome:
    columns = [TABLES[table].column(column) for table, column in missing]
    named = {"zh": "、".join(c.zh for c in columns), "en": "; ".join(c.en for c in columns)}

    def told(language: str) -> str:
        say = words("explain", language)
        return say("Cannot be told: not in the data: {columns}.", columns=named[language])

    return Outcome("not_available", zh=told("zh"), en=told("en"))
