"""Sentences of the detectors of crowded times."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.explain.innocent.outcome import percent
from workbench.explain.merge import Finding
from workbench.explain.plain import plain
from workbench.explain.wording.figures import Wording, figure, holds, length
from workbench.language import Say

__all__ = ["WORDINGS"]


def _burst(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "item", "amount"):
        return None
    told = say(
        "{orders} orders of “{item}” at {amount} within {length} from {start}; usual "
        "here: {expected}.",
        orders=len(finding.orders),
        item=plain(facts["item"]),
        amount=f"{float(facts['amount']):.2f}",
        length=length(finding, say),
        start=f"{finding.window_start:%Y-%m-%d %H:%M}",
        expected=figure(finding.expected),
    )
    if not holds(facts, "returning", "known_buyers", "rho"):
        return told
    return told + say(
        " Of {buyers} of them, {returning} came from a buyer with any other order (usual: {rho}).",
        returning=int(facts["returning"]),
        buyers=int(facts["known_buyers"]),
        rho=percent(float(facts["rho"])),
    )


def _surge(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "item"):
        return None
    return say(
        "{orders} orders of “{item}” within {length} from {start}; usual here: {expected}.",
        orders=len(finding.orders),
        item=plain(facts["item"]),
        length=length(finding, say),
        start=f"{finding.window_start:%Y-%m-%d %H:%M}",
        expected=figure(finding.expected),
    )


def _one_time(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "known_buyers", "returning", "rho"):
        return None
    return say(
        "Of {buyers} buyers, {alone} have no other order in this shop, where {rho} of the orders "
        "come from buyers who return.",
        buyers=int(facts["known_buyers"]),
        alone=int(facts["known_buyers"]) - int(facts["returning"]),
        rho=percent(float(facts["rho"])),
    )


WORDINGS: Mapping[str, Wording] = {
    "same_offer_burst": _burst,
    "multi_scale_surge": _surge,
    "one_time_buyers": _one_time,
}
