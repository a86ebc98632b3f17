"""Whether it is one home, whose two or three accounts buy different things."""

from __future__ import annotations

import pandas as pd

from workbench.explain.innocent.outcome import InnocentTest, Outcome, failed, passed, percent
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "judge_household"]


def judge_household(lines: pd.DataFrame, normal: None) -> Outcome:
    """Passed when there are at most three accounts and no item dominates."""
    accounts = lines.buyer_id.nunique()
    if accounts > CUTS["household_accounts"]:
        return failed(
            lambda say: say(
                "Too many accounts for one home: {accounts}.",
                accounts=accounts,
            )
        )
    top = float(lines.product_id.value_counts(normalize=True).max())
    if top < CUTS["household_top_item"]:
        return passed(
            lambda say: say(
                "Like one home: {accounts} account(s) buying different items (the commonest is "
                "{top}).",
                accounts=accounts,
                top=percent(top),
            )
        )
    return failed(
        lambda say: say(
            "Unlike one home: {top} of the lines are for one item.",
            top=percent(top),
        )
    )


def _nothing(tables: Tables, members: pd.DataFrame) -> None:
    """Judged by the group alone."""


TEST = InnocentTest(
    "household", ("orders.buyer_id", "orders.product_id"), _nothing, judge_household
)
