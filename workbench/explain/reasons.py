"""Why an order has its score: the sentences of the groups it belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd

from workbench.language import words

__all__ = ["order_reasons"]

_MOST = 3


def order_reasons(belonging: pd.DataFrame, groups: pd.DataFrame) -> dict[str, str]:
    """Per order the reasons as JSON, strongest belief first, at most three: [{zh, en}, …].

    An order outside every group whose account has orders in one says just that.
    """
    members = belonging[belonging.member]
    sentences = {
        group: {"zh": zh, "en": en}
        for group, zh, en in zip(
            groups.group_id, groups.sentence_zh, groups.sentence_en, strict=True
        )
    }
    told = _gathered(members, sentences.__getitem__)
    strangers = belonging[~belonging.order_id.isin(set(members.order_id))]
    return told | _gathered(strangers, _same_account)


def _gathered(belonging: pd.DataFrame, word: Callable[[str], dict[str, str]]) -> dict[str, str]:
    strongest = belonging.sort_values(["belief", "group_id"], ascending=[False, True])
    by_group = {group: word(group) for group in strongest.group_id.unique()}
    return {
        str(order): json.dumps([by_group[g] for g in own.head(_MOST)], ensure_ascii=False)
        for order, own in strongest.groupby("order_id").group_id
    }


def _same_account(group: str) -> dict[str, str]:
    def told(language: str) -> str:
        say = words("explain", language)
        return say(
            "Nothing odd about this order itself; its account has orders in group {group}.",
            group=group,
        )

    return {"zh": told("zh"), "en": told("en")}
