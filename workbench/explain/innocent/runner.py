"""Run the innocent explanations that a group's signals call for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.explain.innocent import (
    bulk,
    campaign,
    courier,
    group_buy,
    household,
    parcel_weight,
    promotion_price,
    public_site,
    purchases,
    returning_buyers,
    shop_surge,
    steady_customer,
)
from workbench.explain.innocent.outcome import InnocentTest, Outcome
from workbench.explain.merge import Group
from workbench.explain.rules import signal
from workbench.language import words
from workbench.tables import TABLES, Tables

__all__ = ["INNOCENT_TESTS", "run_tests", "tests_of"]

INNOCENT_TESTS: Mapping[str, InnocentTest] = {
    test.name: test
    for test in (
        campaign.TEST,
        promotion_price.TEST,
        shop_surge.TEST,
        public_site.TEST,
        bulk.COMPANY_ORDER,
        household.TEST,
        group_buy.TEST,
        steady_customer.TEST,
        bulk.RESELLER,
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

    What a test needs to know of the shop is read once, and only when a group calls for it.
    """
    normal: dict[str, Any] = {}
    outcomes: dict[str, dict[str, Outcome]] = {}
    for group in groups:
        lines = members[members.order_id.isin(group.orders)]
        outcomes[group.group_id] = {}
        for name in tests_of(group):
            test = INNOCENT_TESTS[name]
            if missing := _missing(test, tables):
                outcomes[group.group_id][name] = _not_in_the_data(missing)
                continue
            if name not in normal:
                normal[name] = test.prepare(tables, members)
            outcomes[group.group_id][name] = test.judge(lines, normal[name])
    return outcomes


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
