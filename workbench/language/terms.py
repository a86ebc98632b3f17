"""Terms that every room uses: one thing has one name wherever it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

__all__ = [
    "MARKS",
    "assessment_word",
    "check_word",
    "decision_word",
    "detector_word",
    "explanation_word",
    "step_word",
    "strength_word",
    "supplier_word",
]

# Words come as plain text or as both languages side by side, whatever `say` gives.
Wording = TypeVar("Wording", bound=str)

# The shapes that figures use as well, so that nothing is told by colour alone.
MARKS: Mapping[str, str] = MappingProxyType({"evidence": "◆", "needs_documents": "▲", "none": "●"})


def assessment_word(say: Callable[..., Wording], name: str | None) -> Wording:
    """What the screening says of an order or a group; None is an order in no group."""
    return {
        "evidence": say("Unusual"),
        "needs_documents": say("Needs documents"),
        "none": say("No concern"),
    }.get(name or "", say("Not in a group"))


def decision_word(say: Callable[..., Wording], name: str | None) -> Wording:
    """What a person decided; None is that nobody has."""
    return {
        "defend": say("Defend"),
        "concede": say("Concede"),
        "hold": say("Hold"),
    }.get(name or "", say("Not decided yet"))


def check_word(say: Callable[..., Wording], state: str) -> Wording:
    """What a check of the gate or of the procedure came to."""
    return {
        "passed": say("passed"),
        "failed": say("failed"),
        "needs_answer": say("needs an answer"),
        "not_applicable": say("does not apply"),
    }[state]


def step_word(say: Callable[..., Wording], state: str) -> Wording:
    """Where a remedy stands on its ladder."""
    return {
        "done": say("done"),
        "now": say("now"),
        "next": say("next"),
        "later": say("later"),
        "closed": say("closed"),
    }[state]


def strength_word(say: Callable[..., Wording], level: str) -> Wording:
    """How well the evidence bears out what is said of an order."""
    return {
        "none": say("no evidence"),
        "weak": say("weak"),
        "enough": say("sufficient"),
        "strong": say("strong"),
    }[level]


def supplier_word(say: Callable[..., Wording], ask: str) -> Wording:
    """Who can supply a missing paper."""
    return {
        "carrier": say("carrier or parcel station"),
        "platform": say("platform"),
        "supplier": say("supplier"),
        "buyer": say("buyer (an interested witness: last)"),
        "institution": say("site, company, leader or creator"),
        "own": say("the shop's own people"),
    }[ask]


def detector_word(say: Callable[..., Wording], name: str) -> Wording | None:
    """What a reader sees for a detector; None for one that has no name here."""
    return {
        "same_offer_burst": say("same-offer burst"),
        "multi_scale_surge": say("surge of an item"),
        "one_time_buyers": say("one-time buyers"),
        "shared_phone": say("shared phone"),
        "shared_device": say("shared device or payer"),
        "shared_address": say("shared address"),
        "address_variants": say("address variants"),
        "account_chain": say("account chain"),
        "lockstep": say("lockstep"),
        "dense_block": say("dense block"),
        "rapid_repeat": say("rapid repeat"),
        "machine_rhythm": say("machine rhythm"),
        "price_uniformity": say("uniform price"),
        "hour_profile": say("unusual hours"),
        "money_back": say("money paid back"),
        "money_back_share": say("share of money paid back"),
        "waybill_reuse": say("reused waybill"),
        "never_collected": say("never collected"),
        "signed_too_early": say("signed too early"),
        "unmoved_parcels": say("unmoved parcels"),
        "light_parcels": say("light parcels"),
        "fulfilment_contradiction": say("fulfilment contradiction"),
        "beyond_stock": say("sales beyond stock"),
        "beyond_traffic": say("sales beyond traffic"),
        "seller_accounts": say("seller's own accounts"),
        "lexicon": say("talked of as arranged"),
        "lexicon_share": say("share talked of as arranged"),
        "memo_marks": say("shared note or flag"),
        "copied_chats": say("copied chats"),
        "copied_reviews": say("copied reviews"),
        "review_lockstep": say("reviews in lockstep"),
    }.get(name)


def explanation_word(say: Callable[..., Wording], test: str) -> Wording | None:
    """The innocent explanation that a test is about; None for one that has no name here."""
    return {
        "promotion": say("Promotion"),
        "livestream": say("Live stream or influencer"),
        "flash_sale": say("Flash sale"),
        "group_buy": say("Group buy"),
        "new_product": say("New product"),
        "gift_season": say("Season"),
        "shop_surge": say("Busy hours of the whole shop"),
        "company_order": say("Company order"),
        "reseller": say("Reseller"),
        "dormitory": say("Dormitory or office"),
        "parcel_station": say("Parcel station or locker"),
        "household": say("One household"),
        "loyal_customer": say("Loyal customer"),
        "subscription": say("Subscription"),
        "staff_purchase": say("Staff purchase"),
        "system_import": say("Import by an order system"),
        "returning_buyers": say("Returning buyers"),
        "courier": say("Courier scans"),
        "parcel_weight": say("Parcel weight"),
        "purchases": say("Goods bought in"),
    }.get(test)
