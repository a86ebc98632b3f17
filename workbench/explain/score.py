"""Score of every order from the groups it is in, and its main group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.explain.rules import WEIGHING

__all__ = ["LEAD", "Case", "memberships", "order_scores"]

LEAD = "lead"
"""In place of an assessment: a weak group that is not listed."""

_RANK = {"evidence": 0, "needs_documents": 1, "none": 2}
_MAIN_ITEM_SHARE = 0.2
_MAIN_ITEM_LINES = 3


@dataclass(frozen=True)
class Case:
    """What scoring needs of a group: its orders and those beside it, its window and weight."""

    group_id: str
    orders: frozenset[str]
    window_start: pd.Timestamp
    window_end: pd.Timestamp
    assessment: str
    likelihood: float
    beside: frozenset[str] = frozenset()


def memberships(
    cases: Sequence[Case], lines: pd.DataFrame, account_orders: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per group and order: group_id, order_id, member, belief, assessment.

    `belief` is m · P: m is 1 for members of the group's main items inside its window, and a share
    (rules.toml, weighing) for its other members, for orders beside it and for other orders of its
    accounts. `account_orders` holds these: order_id and buyer_id of every order of an account in a
    group.
    """
    members = _of_cases([case.orders for case in cases])
    own = members.merge(lines, on="order_id")
    centre = own.loc[_central(own, cases), ["case", "order_id"]].drop_duplicates()
    members = members.merge(centre.assign(share=1.0), on=["case", "order_id"], how="left")
    members["share"] = members.share.fillna(WEIGHING["aside"])
    beside = _of_cases([case.beside for case in cases]).assign(share=WEIGHING["beside"])
    elsewhere = _elsewhere(own, members, account_orders).assign(share=WEIGHING["same_account"])
    others = pd.concat([beside, elsewhere]).drop_duplicates(["case", "order_id"])
    rows = pd.concat([members.assign(member=True), others.assign(member=False)])
    facts = pd.DataFrame(
        {
            "group_id": pd.Series([case.group_id for case in cases], dtype="str"),
            "assessment": pd.Series([case.assessment for case in cases], dtype="str"),
            "likelihood": pd.Series([case.likelihood for case in cases], dtype="float64"),
        }
    )
    rows = rows.join(facts, on="case").sort_values(["case", "order_id"], ignore_index=True)
    rows["belief"] = rows.share * rows.likelihood
    columns = ["group_id", "order_id", "member", "belief", "assessment"]
    return rows[columns].astype({"order_id": "str", "member": "bool"})


def order_scores(belonging: pd.DataFrame) -> pd.DataFrame:
    """Per order: score = 1 − Π(1 − belief), and group_id, its main group (none for non-members).

    The main group is the one with the graver assessment, then the stronger belief. A lead is
    nobody's main group.
    """
    if belonging.empty:
        none = pd.DataFrame({"score": [], "group_id": []}, index=pd.Index([], name="order_id"))
        return none.astype({"score": "float64", "group_id": "str"})
    doubt = (1 - belonging.belief).groupby(belonging.order_id).prod()
    listed = belonging[belonging.member & belonging.assessment.isin(list(_RANK))]
    ranked = listed.assign(rank=lambda t: t.assessment.map(_RANK))
    ranked = ranked.sort_values(
        ["order_id", "rank", "belief", "group_id"], ascending=[True, True, False, True]
    )
    main = ranked.drop_duplicates("order_id").set_index("order_id").group_id
    return pd.DataFrame({"score": 1 - doubt, "group_id": main.reindex(doubt.index)})


def _of_cases(orders: Sequence[frozenset[str]]) -> pd.DataFrame:
    """One row per case (by number) and order: case, order_id."""
    sizes = [len(own) for own in orders]
    return pd.DataFrame(
        {
            "case": pd.Series(range(len(orders)), dtype="int64").repeat(sizes).to_numpy(),
            "order_id": pd.Series([o for own in orders for o in sorted(own)], dtype="str"),
        }
    )


def _central(own: pd.DataFrame, cases: Sequence[Case]) -> pd.Series:
    """Which lines of the groups (column `case`) are of a main item inside the group's window."""
    start = pd.Series([case.window_start for case in cases], dtype="datetime64[us]")
    end = pd.Series([case.window_end for case in cases], dtype="datetime64[us]")
    times = own.created_at.to_numpy()
    number = own.case.to_numpy()
    inside = pd.Series(
        (times >= start.to_numpy()[number]) & (times <= end.to_numpy()[number]), index=own.index
    )
    if "product_id" not in own:
        return inside
    named = own[own.product_id.notna()]
    lines = named.groupby(["case", "product_id"]).case.transform("size")
    main = lines / named.groupby("case").case.transform("size") >= _MAIN_ITEM_SHARE
    main |= lines >= _MAIN_ITEM_LINES
    main = main.reindex(own.index, fill_value=False)
    # Where no item stands out, or none is known, the window decides.
    return inside & (main | ~main.groupby(own.case).transform("any"))


def _elsewhere(
    own: pd.DataFrame, members: pd.DataFrame, account_orders: pd.DataFrame | None
) -> pd.DataFrame:
    """Other orders of the groups' accounts: case, order_id."""
    if account_orders is None or "buyer_id" not in own:
        return pd.DataFrame(columns=["case", "order_id"])
    accounts = own[["case", "buyer_id"]].dropna().drop_duplicates()
    theirs = accounts.merge(account_orders, on="buyer_id")[["case", "order_id"]].drop_duplicates()
    both = theirs.merge(members[["case", "order_id"]], how="left", indicator="where")
    return both.loc[both["where"] == "left_only", ["case", "order_id"]]
