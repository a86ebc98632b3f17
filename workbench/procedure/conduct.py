"""Which text of the competition law the days of the orders choose, and what that does not touch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from workbench.language import Say, words
from workbench.notice import Notice
from workbench.procedure.facts import named_orders
from workbench.procedure.law import Provision, cite, least, provision
from workbench.procedure.outcome import day_text
from workbench.tables import Tables

__all__ = ["conduct_law"]

# The prohibition and the fine of each text.
_TEXTS = (("AUCL2019.8", "AUCL2019.20"), ("AUCL2025.9", "AUCL2025.25"))
_MILDER, _CONTRACT = "APL.37", "CC.509"
_COLUMNS = ["law", "first", "last", "orders", "zh", "en", "hook_zh", "hook_en", "confidence"]


def conduct_law(notice: Notice | None, tables: Tables) -> pd.DataFrame:
    """The law that the days of the named orders choose, in plain sentences; empty without orders.

    One row per text that was in force on some of the days (law: ids joined by "; "; first and
    last: the days; orders: how many were placed while it was), then the rule on milder later law
    where the older text applies, then what a platform's own measure is. Columns further: zh, en,
    hook_zh, hook_en, confidence. What an authority may fine is another matter than what a platform
    does under its contract. None of it is legal advice.
    """
    found = named_orders(notice, tables)
    days = sorted(at.date() for at in found["at"].dropna())
    if not days:
        return pd.DataFrame(columns=_COLUMNS)
    rows: list[dict[str, Any]] = []
    for text in _TEXTS:
        hooks = [provision(one) for one in text]
        inside = [day for day in days if hooks[0].held_on(day)]
        if inside:
            rows.append(_row(hooks, inside, "text"))
    old = provision(_TEXTS[0][0])
    before = [day for day in days if old.held_on(day)]
    if before:
        rows.append(_row([provision(_MILDER), provision(_TEXTS[1][1])], before, "milder"))
    rows.append(_row([provision(_CONTRACT)], days, "contract"))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _row(hooks: Sequence[Provision], days: Sequence[date], kind: str) -> dict[str, Any]:
    return {
        "law": "; ".join(hook.id for hook in hooks),
        "first": pd.Timestamp(days[0]),
        "last": pd.Timestamp(days[-1]),
        "orders": len(days),
        "zh": _told(hooks, days, kind, "zh"),
        "en": _told(hooks, days, kind, "en"),
        "hook_zh": cite(hooks, "zh"),
        "hook_en": cite(hooks, "en"),
        # What a platform's measure is by nature is a reading, not a text.
        "confidence": "G" if kind == "contract" else least(hook.confidence for hook in hooks),
    }


def _told(hooks: Sequence[Provision], days: Sequence[date], kind: str, language: str) -> str:
    say: Say = words("procedure", language)
    if kind == "milder":
        return say(
            "Where an authority fines such conduct after {since}, the milder text applies: the "
            "newer one has no floor of RMB 200,000. That can be argued for these {count} orders.",
            since=day_text(hooks[1].in_force),
            count=len(days),
        )
    if kind == "contract":
        return say(
            "The platform's own measure is one under its contract, not an administrative penalty: "
            "it is held against the contract, the E-Commerce Law and the orders on platform rules."
        )
    return say(
        "{count} of the listed orders were placed from {first} to {last}. Should an authority find "
        "them fake, the day of the conduct chooses {rule}. {fine}",
        count=len(days),
        first=day_text(days[0]),
        last=day_text(days[-1]),
        rule=cite(hooks[:1], language),
        fine=hooks[1].says_zh if language == "zh" else hooks[1].says_en,
    )
