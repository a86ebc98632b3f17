"""Sentences of the detectors that hold orders against parcels, money, stock, visitors and staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.explain.innocent.outcome import percent
from workbench.explain.merge import Finding
from workbench.explain.plain import plain
from workbench.explain.wording.figures import Wording, days, figure, holds
from workbench.language import Say

__all__ = ["WORDINGS"]


def _counts(facts: Mapping[str, Any]) -> dict[str, object]:
    """Flagged and known orders, and the usual rate."""
    return {
        "flagged": facts["flagged"],
        "known": facts["known"],
        "usual": _rate(float(facts["usual_rate"])),
    }


def _rate(share: float) -> str:
    """A rate that may be far below one per cent."""
    return percent(share) if share >= 0.01 else f"{100 * share:.1f} %"


def _money_back(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "flagged", "known", "usual_rate", "paid_back", "days_median"):
        return None
    counts = _counts(facts)
    if facts["paid_back"]:
        return say(
            "After {flagged} of {known} orders money went back to the buyer past every refund on "
            "record, in {price} cases the whole price, {extra} more in the middle, mostly within "
            "{days} day(s); of the shop's other orders {usual}.",
            price=facts["paid_back"],
            extra=figure(float(facts.get("extra_median") or 0.0)),
            days=max(1, round(float(facts["days_median"]))),
            **counts,
        )
    return say(
        "After {flagged} of {known} orders a small sum went to the buyer, {sum} in the middle, "
        "past every record of a compensation; of the shop's other orders {usual}.",
        sum=figure(float(facts.get("small_sum_median") or 0.0)),
        **counts,
    )


def _waybill(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "flagged", "usual_rate", "waybills"):
        return None
    return say(
        "{flagged} orders of different people share {waybills} waybill(s); of the shop's other "
        "orders {usual} share one with a stranger.",
        flagged=facts["flagged"],
        waybills=facts["waybills"],
        usual=_rate(float(facts["usual_rate"])),
    )


def _item(finding: Finding) -> dict[str, object] | None:
    facts = finding.facts
    if not holds(facts, "item", "flagged", "known", "usual_rate", "span_days"):
        return None
    return {"item": plain(facts["item"]), "days": days(facts), **_counts(facts)}


def _uncollected(finding: Finding, say: Say) -> str | None:
    told = _item(finding)
    if told is None:
        return None
    return say(
        "{flagged} of {known} parcels with “{item}” within {days} day(s) were never collected "
        "within two days of sending; of the carrier's other parcels {usual}.",
        **told,
    )


def _early(finding: Finding, say: Say) -> str | None:
    told = _item(finding)
    if told is None:
        return None
    return say(
        "{flagged} of {known} parcels with “{item}” within {days} day(s) were signed for sooner "
        "than their route allows, or sent before the order; of the carrier's other parcels "
        "{usual}.",
        **told,
    )


def _unmoved(finding: Finding, say: Say) -> str | None:
    told = _item(finding)
    if told is None:
        return None
    return say(
        "{flagged} of {known} parcels with “{item}” within {days} day(s) have no scan between "
        "collection and signature, or were signed for in another city; of the carrier's other "
        "parcels {usual}.",
        **told,
    )


def _light(finding: Finding, say: Say) -> str | None:
    told = _item(finding)
    if told is None:
        return None
    return say(
        "{flagged} of {known} weighed parcels with “{item}” within {days} day(s) are lighter than "
        "one piece ever is; of the carrier's other parcels {usual}.",
        **told,
    )


def _contradiction(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    kinds = facts.get("contradictions")
    if not holds(facts, "flagged", "known", "usual_rate") or not isinstance(kinds, dict):
        return None
    told = [
        (kinds.get("reused", 0), say("waybill of strangers")),
        (kinds.get("light", 0), say("too light")),
        (kinds.get("early", 0), say("signed too early")),
        (kinds.get("unmoved", 0), say("not moved")),
        (kinds.get("uncollected", 0), say("not collected")),
        (kinds.get("kept_goods", 0), say("refunded but kept")),
    ]
    return say(
        "{flagged} of {known} parcels contradict a delivery (usual here: {usual}): {kinds}.",
        kinds="; ".join(f"{kind} {number}" for number, kind in told if number),
        **_counts(facts),
    )


def _stock(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "item", "sold", "had", "group_pieces"):
        return None
    return say(
        "{sold} pieces of “{item}” were sold by then where stock and purchases come to {had}; "
        "{pieces} of them were sold in these orders.",
        sold=figure(float(facts["sold"])),
        item=plain(facts["item"]),
        had=figure(float(facts["had"])),
        pieces=figure(float(facts["group_pieces"])),
    )


def _traffic(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "item", "flagged", "known", "usual_rate", "days"):
        return None
    return say(
        "{buyers} of {visitors} visitors of “{item}” bought within {days} day(s); on its other "
        "days {usual} would have.",
        buyers=facts["flagged"],
        visitors=facts["known"],
        item=plain(facts["item"]),
        days=facts["days"],
        usual=_rate(float(facts["usual_rate"])),
    )


def _staff(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "item", "flagged", "staff_members", "staff_orders", "shop_orders"):
        return None
    return say(
        "{flagged} orders, mostly of “{item}”, come from {members} of the shop's own people; "
        "staff placed {placed} of the shop's {orders} orders.",
        flagged=facts["flagged"],
        item=plain(facts["item"]),
        members=facts["staff_members"],
        placed=facts["staff_orders"],
        orders=facts["shop_orders"],
    )


WORDINGS: Mapping[str, Wording] = {
    "money_back": _money_back,
    "money_back_share": _money_back,
    "waybill_reuse": _waybill,
    "never_collected": _uncollected,
    "signed_too_early": _early,
    "unmoved_parcels": _unmoved,
    "light_parcels": _light,
    "fulfilment_contradiction": _contradiction,
    "beyond_stock": _stock,
    "beyond_traffic": _traffic,
    "seller_accounts": _staff,
}
