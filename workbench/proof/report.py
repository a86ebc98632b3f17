"""How well orders are proved, what is missing and whom to ask, as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.language import Say, strength_word, supplier_word, words
from workbench.proof.requests import Request

__all__ = ["evidence_lines"]

_SHOWN = 20


def evidence_lines(
    strength: pd.DataFrame, missing: pd.DataFrame, requests: Sequence[Request], language: str
) -> list[str]:
    """What `order_strength`, `missing_papers` and `requests` give, to be printed."""
    say = words("proof", language)
    if strength.empty:
        return [say("No order is at issue.")]
    lines = [_level(str(level), same, say) for level, same in strength.groupby("level", sort=False)]
    for code, same in missing.groupby("code"):
        first = same.iloc[0]
        lines.append(
            say(
                "Missing {code} for {count} orders: {what}; who has it: {who}",
                code=code,
                count=len(same),
                what=first[language],
                who=first[f"who_{language}"],
            )
        )
    for one in requests:
        about = one.subject_zh if language == "zh" else one.subject_en
        codes = " ".join(one.codes)
        to = one.to or supplier_word(say, one.ask)
        lines.append(say("Ask {to}: {about} ({codes})", to=to, about=about, codes=codes))
    return lines


def _level(level: str, same: pd.DataFrame, say: Say) -> str:
    orders = same["order_id"].tolist()
    listed = " ".join(orders[:_SHOWN]) + (" …" if len(orders) > _SHOWN else "")
    word = strength_word(say, level)
    return say(
        "Proof {level}: {count} orders: {orders}", level=word, count=len(orders), orders=listed
    )
