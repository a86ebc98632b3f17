"""What the answers mean, in words: how much a silence is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd

from workbench.known_answer.answers import ELSEWHERE
from workbench.known_answer.levels import LEVELS
from workbench.known_answer.share import interval
from workbench.language import Say, words
from workbench.rows import each

__all__ = ["kind_word", "known_answers_told", "level_word", "silences"]

Wording = TypeVar("Wording", bound=str)
_MUCH, _SOME = 0.8, 0.5


def kind_word(language: str, kind: str) -> str:
    """What a reader sees for a planted kind."""
    return _kind(words("known_answer", language), kind)


def level_word(language: str, level: str) -> str:
    """What a reader sees for a level of stealth."""
    return _level(words("known_answer", language), level)


def known_answers_told(rows: pd.DataFrame, language: str) -> list[str]:
    """Sentences about all that was planted, then one per kind, then what it does not say.

    `rows` is what `workbench.known_answer.known_answers` gives; shops are taken together.
    """
    say = words("known_answer", language)
    measured = silences(rows)
    told = [_overall(say, rows), *(_about(say, row) for row in each(measured))]
    hidden = rows[rows.state == "not_visible"].drop_duplicates(["shop", "kind"])
    told += [
        say(
            "{kind}: not visible in these data, column {columns} is absent or empty; that nothing "
            "was found says nothing.",
            kind=_kind(say, row.kind),
            columns=row.absent,
        )
        for row in each(hidden)
    ]
    return [*told, _false(say, rows)]


def silences(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per measured kind, levels and shops taken together.

    kind, rings, planted, marked, recall, low and high (95 %, by rings), least and most orders of a
    ring on average over the levels.
    """
    own = rows[(rows.state == "measured") & (rows.kind != ELSEWHERE) & (rows.planted > 0)]
    summed = own.groupby("kind", sort=False)[["rings", "planted", "marked"]].sum().reset_index()
    sizes = (own.planted / own.rings).groupby(own.kind, sort=False)
    summed = summed.assign(
        recall=summed.marked / summed.planted,
        least=sizes.min().to_numpy().round().astype("int64"),
        most=sizes.max().to_numpy().round().astype("int64"),
    )
    bounds = [interval(r, n) for r, n in zip(summed.recall, summed.rings, strict=True)]
    return summed.assign(low=[b[0] for b in bounds], high=[b[1] for b in bounds])


def _overall(say: Say, rows: pd.DataFrame) -> str:
    by_level = []
    for level in LEVELS:
        own = rows[(rows.level == level) & (rows.kind != ELSEWHERE) & (rows.planted > 0)]
        if own.planted.sum():
            share = own.marked.sum() / own.planted.sum()
            low, high = interval(float(share), int(own.rings.sum()))
            by_level.append(
                say(
                    "{share:.0%} of those that hide at level {level} (rings of about {size} "
                    "orders; {low:.0%} to {high:.0%})",
                    share=share,
                    level=_level(say, level),
                    size=round(own.planted.sum() / own.rings.sum()),
                    low=low,
                    high=high,
                )
            )
    if not by_level:
        return say("Nothing could be planted that these data can show.")
    return say(
        "Made-up fake orders were planted into copies of these data and screened. Found were: "
        "{shares}.",
        shares="; ".join(by_level),
    )


def _about(say: Say, row: Any) -> str:
    figures = {
        "kind": _kind(say, row.kind),
        "least": row.least,
        "most": row.most,
        "share": row.recall,
        "low": row.low,
        "high": row.high,
        "worth": _worth(say, row.low, row.recall),
    }
    return say(
        "{kind}: of rings of {least} to {most} orders like these, {share:.0%} would have been "
        "found ({low:.0%} to {high:.0%}); that nothing was found is worth {worth}.",
        **figures,
    )


def _worth(say: Say, low: float, share: float) -> str:
    if low >= _SOME and share >= _MUCH:
        return say("much")
    return say("something") if share >= _SOME else say("little")


def _false(say: Say, rows: pd.DataFrame) -> str:
    return say(
        "Beside {rings} planted rings, {evidence} of the shop's own orders were newly marked as "
        "unusual, and {marked} at all.",
        rings=int(rows.rings.sum()),
        evidence=int(rows.false_evidence.sum()),
        marked=int(rows.false_marked.sum()),
    )


def _kind(say: Callable[..., Wording], kind: str) -> Wording:
    return {
        "burst": say("Burst on one offer"),
        "slow_phone": say("Shared phone over weeks"),
        "shared_purse": say("Shared device or payer"),
        "address_variants": say("One door in many spellings"),
        "account_chain": say("Chain of accounts"),
        "lockstep": say("Team in lockstep"),
        "repeated_account": say("One account again and again"),
        "empty_parcels": say("Empty parcels"),
        "money_back": say("Money back to buyers"),
        ELSEWHERE: say("Beside no planted ring"),
    }[kind]


def _level(say: Callable[..., Wording], level: str) -> Wording:
    return {"plain": say("plain"), "moderate": say("moderate"), "hard": say("hard")}[level]
