"""Three readings of each group: what speaks for and against each, and never which one is true.

The same orders can be the shop's own doing, an attack by somebody else (反向刷单, Anti-Unfair
Competition Law of 2025, article 13(4)), or abuse by an affiliate or a coupon hunter. The figures
stand beside what is usual in the shop's other orders; what the data do not hold is said.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbench.explain.found import Finding, Group
from workbench.explain.innocent import Outcome
from workbench.explain.innocent.outcome import percent
from workbench.explain.plain import plain
from workbench.explain.reading_figures import reading_figures
from workbench.explain.rules import CUTS
from workbench.language import Say, detector_word, words
from workbench.tables import Tables

__all__ = ["READINGS", "SHOPS_HAND", "group_readings"]

READINGS = ("organised_by_shop", "attack_by_others", "affiliate_or_coupon")
SHOPS_HAND = frozenset(
    {
        "money_back", "money_back_share", "seller_accounts", "memo_marks", "waybill_reuse",
        "never_collected", "light_parcels", "unmoved_parcels", "signed_too_early",
        "fulfilment_contradiction", "beyond_stock",
    }
)  # fmt: skip
"""Signals of what only the shop, or who ships and pays for it, can do.

Talk of brushing counts with them where the shop's side took part.
"""

Tell = Callable[[Say], str]


@dataclass
class _Reading:
    """What speaks for one reading and against it, and what cannot be known."""

    speaks_for: list[Tell] = field(default_factory=list)
    against: list[Tell] = field(default_factory=list)
    unknown: list[Tell] = field(default_factory=list)


def group_readings(
    tables: Tables,
    groups: Sequence[Group],
    lines: pd.DataFrame,
    outcomes: Mapping[str, Mapping[str, Outcome]],
) -> dict[str, str]:
    """Per group id the readings as JSON: [{reading, for, against, unknown}], each [{zh, en}]."""
    if not groups:
        return {}
    figures = reading_figures(tables, groups, lines)
    said = {}
    for group, row in zip(groups, figures.itertuples(), strict=True):
        found = {f.detector for f in group.findings if _by_its_hand(f)}
        readings = (
            _by_shop(row, found, outcomes[group.group_id]),
            _by_others(row, found),
            _by_affiliate(row),
        )
        said[group.group_id] = json.dumps(
            [_worded(name, one) for name, one in zip(READINGS, readings, strict=True)],
            ensure_ascii=False,
        )
    return said


def _by_shop(row: Any, found: set[str], outcomes: Mapping[str, Outcome]) -> _Reading:
    told = _Reading()
    own = sorted(found)
    if own:
        told.speaks_for.append(lambda say: _hand(own, say))
    else:
        told.against.append(
            lambda say: say(
                "Nothing in the data that only the shop could do: no money back to buyers, no "
                "contradictory parcels, no staff accounts."
            )
        )
    if _unusual(row):
        told.against.append(lambda say: _lost(row, say))
    else:
        told.speaks_for.append(lambda say: _kept(row, say))
    courier = outcomes.get("courier")
    if courier is not None and courier.result == "passed":
        told.against.append(
            lambda say: say("The parcels were collected, moved and were signed for.")
        )
    told.unknown.append(
        lambda say: say("Who arranged the orders: no order table shows that (papers: E24, E26).")
    )
    return told


def _by_others(row: Any, found: set[str]) -> _Reading:
    told = _Reading()
    (told.speaks_for if _unusual(row) else told.against).append(lambda say: _lost(row, say))
    own = sorted(found)
    if own:
        told.against.append(lambda say: _hand(own, say))
    else:
        told.speaks_for.append(
            lambda say: say("No sign in the data that the shop paid for these orders.")
        )
    told.unknown.append(
        lambda say: say(
            "Whether the shop reported the orders before the platform's notice (paper: E28)."
        )
    )
    if row.named:
        told.unknown.append(
            lambda say: say(
                "The notice names {named} of the {orders} orders and was issued at {at}; a report "
                "counts when it is older.",
                named=row.named,
                orders=row.orders,
                at=f"{row.notice:%Y-%m-%d %H:%M}" if pd.notna(row.notice) else "–",
            )
        )
    return told


def _by_affiliate(row: Any) -> _Reading:
    told = _Reading()
    if pd.isna(row.influencer_share):
        told.unknown.append(
            lambda say: say("Which influencer brought the orders: not in the data (paper: E11).")
        )
    else:
        _side(told, row.influencer_p).append(
            lambda say: say(
                "{share} of the orders came through influencer {name} (usual here: {usual}).",
                share=percent(row.influencer_share),
                name=plain(row.influencer) or "–",
                usual=percent(row.influencer_usual),
            )
        )
    if pd.isna(row.discount_share):
        told.unknown.append(
            lambda say: say("Whether coupons were used: discounts are not in the data.")
        )
    else:
        _side(told, row.discount_p).append(
            lambda say: say(
                "{share} of the orders had a discount (usual here: {usual}).",
                share=percent(row.discount_share),
                usual=percent(row.discount_usual),
            )
        )
    if not pd.isna(row.once_share):
        _side(told, row.once_p).append(
            lambda say: say(
                "{share} of the accounts have no other order in this shop (usual here: {usual}).",
                share=percent(row.once_share),
                usual=percent(row.once_usual),
            )
        )
    told.unknown.append(
        lambda say: say("What commission or bonus was paid for these orders, and to whom.")
    )
    return told


def _by_its_hand(finding: Finding) -> bool:
    # What a buyer alone said may be anybody's: an attacker can talk of brushing too.
    return finding.detector in SHOPS_HAND or bool(finding.facts.get("by_seller", 0))


def _unusual(row: Any) -> bool:
    """Whether more of the orders fell through than chance makes of the shop's usual share."""
    return bool(row.lost_p <= CUTS["rare"])


def _side(told: _Reading, chance: float) -> list[Tell]:
    return told.speaks_for if chance <= CUTS["rare"] else told.against


def _hand(detectors: Sequence[str], say: Say) -> str:
    names = [detector_word(say, name) or name for name in detectors]
    return say(
        "Signals of what only the shop, or who ships and pays for it, can do: {signals}.",
        signals=", ".join(names),
    )


def _lost(row: Any, say: Say) -> str:
    return say(
        "Cancelled or refunded: {lost} of {orders} orders (usual here: {usual}).",
        lost=row.lost,
        orders=row.orders,
        usual=percent(row.lost_usual),
    )


def _kept(row: Any, say: Say) -> str:
    return say(
        "{kept} of {orders} orders stayed as sales; cancelled or refunded {lost} (usual here: "
        "{usual}).",
        kept=row.orders - row.lost,
        orders=row.orders,
        lost=row.lost,
        usual=percent(row.lost_usual),
    )


def _worded(name: str, told: _Reading) -> dict[str, object]:
    zh, en = words("explain", "zh"), words("explain", "en")
    sides = {"for": told.speaks_for, "against": told.against, "unknown": told.unknown}
    return {"reading": name} | {
        side: [{"zh": tell(zh), "en": tell(en)} for tell in tells] for side, tells in sides.items()
    }
