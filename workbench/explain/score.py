"""Score of every order from the groups it is in, and its main group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.explain.rules import WEIGHING

__all__ = ["Case", "memberships", "order_scores"]

_RANK = {"evidence": 0, "needs_documents": 1, "none": 2}
_MAIN_ITEM_SHARE = 0.2


@dataclass(frozen=True)
class Case:
    """What scoring needs of a group: its orders, window, assessment and likelihood."""

    group_id: str
    orders: frozenset[str]
    window_start: pd.Timestamp
    window_end: pd.Timestamp
    assessment: str
    likelihood: float


def memberships(
    cases: Sequence[Case], lines: pd.DataFrame, same_accounts: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """One row per group and order: group_id, order_id, member, belief, assessment.

    `belief` is m · P: m is 1 for members of the group's main items inside its window, 0.2 for
    its other members and for other orders of its accounts (`same_accounts`, by group).
    """
    rows = []
    for case in cases:
        own = lines[lines.order_id.isin(case.orders)]
        centre = set(own.order_id[_central(own, case)])
        outside = sorted(set(same_accounts.get(case.group_id, ())) - case.orders)
        for order in [*sorted(case.orders), *outside]:
            m = 1.0 if order in centre else WEIGHING["same_account"]
            rows.append(
                (case.group_id, order, order in case.orders, m * case.likelihood, case.assessment)
            )
    columns = ["group_id", "order_id", "member", "belief", "assessment"]
    types = {"group_id": "str", "order_id": "str", "member": "bool", "belief": "float64"}
    return pd.DataFrame(rows, columns=columns).astype(types)


def order_scores(belonging: pd.DataFrame) -> pd.DataFrame:
    """Per order: score = 1 − Π(1 − belief), and group_id, its main group (none for non-members).

    The main group is the one with the graver assessment, then the stronger belief.
    """
    if belonging.empty:
        none = pd.DataFrame({"score": [], "group_id": []}, index=pd.Index([], name="order_id"))
        return none.astype({"score": "float64", "group_id": "str"})
    doubt = (1 - belonging.belief).groupby(belonging.order_id).prod()
    ranked = belonging[belonging.member].assign(rank=lambda t: t.assessment.map(_RANK))
    ranked = ranked.sort_values(
        ["order_id", "rank", "belief", "group_id"], ascending=[True, True, False, True]
    )
    main = ranked.drop_duplicates("order_id").set_index("order_id").group_id
    return pd.DataFrame({"score": 1 - doubt, "group_id": main.reindex(doubt.index)})


def _central(own: pd.DataFrame, case: Case) -> pd.Series:
    inside = own.created_at.between(case.window_start, case.window_end)
    if "product_id" not in own:
        return inside
    shares = own.product_id.value_counts(normalize=True)
    main = shares.index[shares >= _MAIN_ITEM_SHARE]
    return inside & (own.product_id.isin(main) if len(main) else True)
