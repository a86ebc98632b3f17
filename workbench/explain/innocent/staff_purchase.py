"""Whether the shop's own people bought, and for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.detect.text_values import text_hash
from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    undecided,
)
from workbench.explain.members import others, top_items
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "Staff", "judge_staff", "staff_list"]


@dataclass(frozen=True)
class Staff:
    """Accounts and phones of the staff list, and how many orders the shop's busiest 5 % place.

    `listed` is false where the shop gave no list.
    """

    listed: bool
    accounts: frozenset[str]
    phones: frozenset[str]
    many: float


def staff_list(tables: Tables, members: pd.DataFrame) -> Staff:
    """The staff list as the shop gave it."""
    table = tables.get("staff")
    columns = () if table is None else table.columns
    people = table.to_pandas() if table is not None else pd.DataFrame()

    def values(column: str) -> frozenset[str]:
        return frozenset(people[column].dropna()) - {""} if column in columns else frozenset()

    orders = others(tables, members)
    per_buyer = orders.group_by("buyer_id").aggregate(orders=text_hash(orders.order_id).nunique())
    many = per_buyer.aggregate(m=per_buyer.orders.quantile(CUTS["bulk_quantile"])).to_pandas().m[0]
    listed = bool({"buyer_id", "phone"} & set(columns))
    return Staff(listed, values("buyer_id"), values("phone"), float(many) if pd.notna(many) else 1)


def judge_staff(lines: pd.DataFrame, staff: Staff) -> dict[int, Outcome]:
    """Passed when staff alone bought, different things, and no oftener than busy customers do.

    Staff who buy one thing together stay open: organised staff orders are brushing even when they
    are paid for, and only policy and payment tell them apart.
    """
    if not staff.listed:
        return {int(group): _no_list() for group in lines.group.unique()}
    known = lines.buyer_id.isin(staff.accounts)
    if "phone" in lines:
        known |= lines.phone.isin(staff.phones)
    by_group = lines.groupby("group")
    figures = top_items(lines).assign(
        accounts=by_group.buyer_id.nunique(),
        own=lines.buyer_id.where(known).groupby(lines.group).nunique(),
        often=by_group.order_id.nunique() / by_group.buyer_id.nunique().clip(lower=1),
        many=staff.many,
    )
    return each(figures, _of_staff)


def _of_staff(row: Any) -> Outcome:
    figures = {"own": row.own, "accounts": row.accounts}
    if not row.own:
        return failed(lambda say: say("None of the accounts is on the list of staff."))
    alone = row.own >= CUTS["campaign_share"] * row.accounts
    if alone and row.share < CUTS["household_top_item"] and row.often <= row.many:
        return passed(
            lambda say: say(
                "Staff buying for themselves: {own} of {accounts} accounts are on the list of "
                "staff and buy different things.",
                **figures,
            )
        )
    return undecided(
        lambda say: say(
            "{own} of {accounts} accounts are on the list of staff: policy and payment have to "
            "show that they bought for themselves.",
            **figures,
        )
    )


def _no_list() -> Outcome:
    return undecided(lambda say: say("The data hold no list of staff."))


TEST = InnocentTest(
    "staff_purchase", ("orders.buyer_id", "orders.product_id"), staff_list, judge_staff
)
