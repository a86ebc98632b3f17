"""Why an order has its score: the sentences of the groups it belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import groupby

import pandas as pd

from workbench.explain.score import LEAD
from workbench.language import words

__all__ = ["order_reasons"]

_MOST = 3


def order_reasons(belonging: pd.DataFrame, groups: pd.DataFrame) -> dict[str, str]:
    """Per order the reasons as JSON, strongest belief first, at most three: [{zh, en}, …].

    An order outside every listed group says so: that it lies in a weak lead, or that its account
    has orders in a group.
    """
    lead = belonging.assessment == LEAD
    members = belonging[belonging.member & ~lead]
    weak = belonging[belonging.member & lead]
    sentences = {
        group: {"zh": zh, "en": en}
        for group, zh, en in zip(
            groups.group_id, groups.sentence_zh, groups.sentence_en, strict=True
        )
    }
    told = _gathered(members, sentences.__getitem__)
    told = _gathered(weak, _weak_lead) | told
    strangers = belonging[~belonging.order_id.isin(list(told)) & ~lead]
    return told | _gathered(strangers, _same_account)


def _gathered(belonging: pd.DataFrame, word: Callable[[str], dict[str, str]]) -> dict[str, str]:
    strongest = belonging.sort_values(
        ["order_id", "belief", "group_id"], ascending=[True, False, True]
    )
    strongest = strongest[strongest.groupby("order_id").cumcount() < _MOST]
    pairs = zip(strongest.order_id.tolist(), strongest.group_id.tolist(), strict=True)
    by_order = {
        order: tuple(group for _, group in own)
        for order, own in groupby(pairs, lambda pair: pair[0])
    }
    # Thousands of orders have the same few groups: each combination is worded once.
    by_group = {group: word(group) for group in strongest.group_id.unique()}
    told = {
        groups: json.dumps([by_group[group] for group in groups], ensure_ascii=False)
        for groups in set(by_order.values())
    }
    return {order: told[groups] for order, groups in by_order.items()}


def _weak_lead(_: str) -> dict[str, str]:
    def told(language: str) -> str:
        say = words("explain", language)
        return say(
            "Part of a weak lead that nothing else supports; too little to be listed: chance makes "
            "such leads in any shop."
        )

    return {"zh": told("zh"), "en": told("en")}


def _same_account(group: str) -> dict[str, str]:
    def told(language: str) -> str:
        say = words("explain", language)
        return say(
            "Nothing odd about this order itself; its account has orders in group {group}.",
            group=group,
        )

    return {"zh": told("zh"), "en": told("en")}
