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


WORDINGS: Mapping[str, Wording] = {
    "rapid_repeat": _repeat,
}
