"""Sentences of the detectors of coordinated accounts."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.explain.innocent.outcome import percent
from workbench.explain.merge import Finding
from workbench.explain.plain import plain
from workbench.explain.wording.figures import Wording, days, figure, holds
from workbench.language import Say

__all__ = ["WORDINGS"]


def _lockstep(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "accounts", "met_accounts", "rounds", "window_days", "expected"):
        return None
    return say(
        "{accounts} accounts buy the same items at the same times: {met} of them met {rounds} "
        "times within {days} day(s) of each other on different items, where {expected} more are "
        "expected by chance.",
        accounts=int(facts["accounts"]),
        met=int(facts["met_accounts"]),
        rounds=int(facts["rounds"]),
        days=int(facts["window_days"]),
        expected=figure(float(facts["expected"])),
    )


def _dense(finding: Finding, say: Say) -> str | None:
    facts = finding.facts
    if not holds(facts, "accounts", "links", "density", "item", "top_item_share", "span_days"):
        return None
    return say(
        "{accounts} accounts are closely knit by {links} values and hours of purchase that they "
        "share (density {density}; at most {expected} when shuffled); {share} bought “{item}”, "
        "all within {days} day(s).",
        accounts=int(facts["accounts"]),
        links=int(facts["links"]),
        density=figure(float(facts["density"])),
        expected=figure(finding.expected),
        share=percent(float(facts["top_item_share"])),
        item=plain(facts["item"]),
        days=days(facts),
    )


WORDINGS: Mapping[str, Wording] = {
    "lockstep": _lockstep,
    "dense_block": _dense,
}
