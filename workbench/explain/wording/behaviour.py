"""Sentences of the detectors of how accounts behave."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.explain.innocent.outcome import percent
from workbench.explain.merge import Finding
from workbench.explain.plain import plain
from workbench.explain.wording.figures import Wording, figure, holds
from workbench.language import Say

__all__ = ["WORDINGS"]


def _repeat(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "item", "median_gap_hours", "shop_median_gap_hours", "top_item_share"):
        return None
    return say(
        "One account placed {orders} orders, {share} with “{item}”, typically {gap} hours apart; "
        "repeat buyers here usually wait {usual} hours.",
        orders=len(finding.orders),
        share=percent(float(facts["top_item_share"])),
        item=plain(facts["item"]),
        gap=figure(float(facts["median_gap_hours"])),
        usual=figure(float(facts["shop_median_gap_hours"])),
    )


def _rhythm(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "mean_gap_minutes", "cv", "p_gaps", "p_second", "same_second"):
        return None
    if float(facts["p_second"]) < float(facts["p_gaps"]):
        return say(
            "{same} of {orders} orders came on one second of the minute.",
            same=int(facts["same_second"]),
            orders=len(finding.orders),
        )
    return say(
        "{orders} orders came {gap} minutes apart, give or take {spread} (buyers who do not know "
        "of each other: about 100 %).",
        orders=len(finding.orders),
        gap=figure(float(facts["mean_gap_minutes"])),
        spread=percent(float(facts["cv"])),
    )


def _price(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "amount", "same_amount", "item_orders_of_group", "usual_share"):
        return None
    return say(
        "{same} of {orders} orders of one item paid {amount}; {usual} of its other buyers did.",
        same=int(facts["same_amount"]),
        orders=int(facts["item_orders_of_group"]),
        amount=f"{float(facts['amount']):.2f}",
        usual=percent(float(facts["usual_share"])),
    )


def _hours(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "days", "days_at_hours", "from_hour", "to_hour", "usual_share"):
        return None
    return say(
        "On {same} of {days} days the first order came between {start} and {end} o'clock; "
        "of the shop's orders, {usual} do.",
        same=int(facts["days_at_hours"]),
        days=int(facts["days"]),
        start=int(facts["from_hour"]),
        end=int(facts["to_hour"]),
        usual=percent(float(facts["usual_share"])),
    )


WORDINGS: Mapping[str, Wording] = {
    "rapid_repeat": _repeat,
    "machine_rhythm": _rhythm,
    "price_uniformity": _price,
    "hour_profile": _hours,
}
