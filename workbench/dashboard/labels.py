"""Words and marks for what the snapshot says in one word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

from markupsafe import Markup

from workbench.dashboard.bilingual import BothSay
from workbench.dashboard.element import tag

__all__ = [
    "MARKS",
    "assessment_badge",
    "assessment_word",
    "decision_badge",
    "decision_word",
    "detector_word",
    "explanation_word",
    "platform_name",
    "status_word",
]

# Words come as plain text or as both languages side by side, whatever `say` gives.
Wording = TypeVar("Wording", bound=str)

# The same shapes as in the figures, so that a print without colour says as much.
MARKS: Mapping[str, str] = MappingProxyType({"evidence": "◆", "needs_documents": "▲", "none": "●"})
_DECISION_MARKS = {"defend": "✔", "concede": "✖", "hold": "■"}


def assessment_word(say: Callable[..., Wording], assessment: str | None) -> Wording:
    """An assessment in words."""
    return {
        "evidence": say("Unusual"),
        "needs_documents": say("Needs documents"),
        "none": say("No concern"),
    }.get(assessment or "", say("Not in a group"))


def decision_word(say: Callable[..., Wording], decision: str | None) -> Wording:
    """A decision in words."""
    return {
        "defend": say("Defend"),
        "concede": say("Concede"),
        "hold": say("Hold"),
    }.get(decision or "", say("Not decided yet"))


def assessment_badge(say: BothSay, assessment: str) -> Markup:
    """Shape, colour and word of an assessment."""
    mark = tag("span", MARKS.get(assessment, "●"), class_=f"mark {assessment}", aria_hidden="true")
    return tag("span", mark, assessment_word(say, assessment), class_="badge")


def decision_badge(say: BothSay, decision: str | None) -> Markup:
    """Shape and word of a decision."""
    if decision is None:
        return tag("span", decision_word(say, None), class_="badge quiet")
    mark = tag("span", _DECISION_MARKS.get(decision, "■"), aria_hidden="true", class_="mark")
    return tag("span", mark, decision_word(say, decision), class_=f"badge {decision}")


def platform_name(say: Callable[..., Wording], platform: str) -> Wording | str:
    """A platform's name in both languages; an unknown one as it stands."""
    return {
        "taobao": say("Taobao / Tmall"),
        "pinduoduo": say("Pinduoduo"),
        "douyin": say("Douyin"),
        "amazon": say("Amazon"),
        "shopify": say("Shopify"),
    }.get(platform.lower(), platform)


def detector_word(say: Callable[..., Wording], detector: str) -> Wording | str:
    """What a detector looks for; one that a third party added keeps its own name."""
    return {
        "same_offer_burst": say("Many orders of one offer within an hour"),
        "shared_identity": say("Several accounts behind one phone, device, payer or address"),
        "address_variants": say("One place spelled in many ways"),
        "rapid_repeat": say("One account ordering one item again and again"),
    }.get(detector, detector)


def explanation_word(say: Callable[..., Wording], test: str) -> Wording | None:
    """The innocent explanation that a test is about; None for one we have no name for."""
    return {
        "campaign": say("Campaign"),
        "promotion_price": say("Promotion price"),
        "shop_surge": say("Busy hours of the whole shop"),
        "public_site": say("Public place"),
        "company_order": say("Company order"),
        "household": say("One household"),
        "group_buy": say("Group buy"),
        "steady_customer": say("Steady customer"),
        "reseller": say("Reseller"),
        "returning_buyers": say("Returning buyers"),
        "courier": say("Courier scans"),
        "parcel_weight": say("Parcel weight"),
        "purchases": say("Goods bought in"),
    }.get(test)


def status_word(say: Callable[..., Wording], status: str) -> Wording | str:
    """An order's status; an unknown one as it stands."""
    return {
        "pending": say("Not paid"),
        "paid": say("Paid"),
        "shipped": say("Shipped"),
        "completed": say("Completed"),
        "closed": say("Closed"),
    }.get(status, status)
