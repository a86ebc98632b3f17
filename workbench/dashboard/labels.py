"""Words and marks for what the snapshot says in one word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from markupsafe import Markup

from workbench.dashboard.bilingual import BothSay
from workbench.element import tag
from workbench.language import MARKS, assessment_word, decision_word

__all__ = [
    "assessment_badge",
    "decision_badge",
    "detector_word",
    "platform_name",
    "status_word",
]

# Words come as plain text or as both languages side by side, whatever `say` gives.
Wording = TypeVar("Wording", bound=str)

_DECISION_MARKS = {"defend": "✔", "concede": "✖", "hold": "■"}


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
        "same_offer_burst": say("Many orders of one item at once, from buyers who never return"),
        "multi_scale_surge": say("One item selling far more than it does"),
        "one_time_buyers": say("Buyers without any other order"),
        "shared_phone": say("Several accounts behind one phone"),
        "shared_device": say("Several accounts behind one device, network address or payer"),
        "shared_address": say("Several accounts at one address"),
        "address_variants": say("One place spelled in many ways"),
        "account_chain": say("Accounts that hang together link by link"),
        "lockstep": say("Accounts that buy the same things at the same times"),
        "dense_block": say("Accounts closely knit by what they share"),
        "rapid_repeat": say("One account ordering one item again and again"),
        "machine_rhythm": say("Orders in a beat that people do not keep"),
        "price_uniformity": say("One amount where others pay many"),
        "hour_profile": say("Orders at hours at which the shop seldom sells"),
        "money_back": say("Money that went back to buyers past every refund on record"),
        "money_back_share": say("Money back to the buyers of a group"),
        "waybill_reuse": say("One waybill on the orders of different people"),
        "never_collected": say("Orders whose parcels were never collected"),
        "signed_too_early": say("Parcels signed for sooner than their way allows"),
        "unmoved_parcels": say("Parcels that did not move, or went to another city"),
        "light_parcels": say("Parcels lighter than their item"),
        "fulfilment_contradiction": say("Parcels of a group that contradict a delivery"),
        "beyond_stock": say("More sold than stock and purchases allow"),
        "beyond_traffic": say("More buyers than visitors explain"),
        "seller_accounts": say("Orders by the shop's own people"),
        "lexicon": say("Orders that were talked of as arranged"),
        "lexicon_share": say("Groups of which too many orders were talked of as arranged"),
        "memo_marks": say("One note or flag on the orders of a group"),
        "copied_chats": say("The same words from several buyers in chats"),
        "copied_reviews": say("The same review or picture from several buyers"),
        "review_lockstep": say("Reviews of a group that come too often and after the same time"),
    }.get(detector, detector)


def status_word(say: Callable[..., Wording], status: str) -> Wording | str:
    """An order's status; an unknown one as it stands."""
    return {
        "pending": say("Not paid"),
        "paid": say("Paid"),
        "shipped": say("Shipped"),
        "completed": say("Completed"),
        "closed": say("Closed"),
    }.get(status, status)
