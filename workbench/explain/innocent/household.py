"""Whether it is one home, whose two or three accounts buy different things."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.explain.innocent.outcome import InnocentTest, Outcome, each, failed, passed, percent
from workbench.explain.members import top_items
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "judge_household"]


def judge_household(lines: pd.DataFrame, normal: None) -> dict[int, Outcome]:
    """Passed when there are at most three accounts and no item dominates."""
    figures = top_items(lines).assign(accounts=lines.groupby("group").buyer_id.nunique())
    return each(figures, _of_home)


def _of_home(row: Any) -> Outcome:
    if row.accounts > CUTS["household_accounts"]:
        return failed(
            lambda say: say("Too many accounts for one home: {accounts}.", accounts=row.accounts)
        )
    if row.share < CUTS["household_top_item"]:
        return passed(
            lambda say: say(
                "Like one home: {accounts} account(s) buying different items (the commonest is "
                "{top}).",
                accounts=row.accounts,
                top=percent(row.share),
            )
        )
    return failed(
        lambda say: say(
            "Unlike one home: {top} of the lines are for one item.", top=percent(row.share)
        )
    )


def _nothing(tables: Tables, members: pd.DataFrame) -> None:
    """Judged by the group alone."""


TEST = InnocentTest(
    "household", ("orders.buyer_id", "orders.product_id"), _nothing, judge_household
)
