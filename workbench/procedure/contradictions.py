"""Moments that cannot, or should not, stand in the order in which the records tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from workbench.language import Say
from workbench.procedure.moments import Moment

__all__ = ["CONTRADICTIONS", "contradiction_name", "contradiction_words", "contradictions"]

_SHIPS = ("shipped", "handed_over")
_SCANS = ("picked", "collected", "moved", "scanned")

# Code → (steps that came too early, steps they should follow, whether of one parcel).
CONTRADICTIONS: Mapping[str, tuple[Sequence[str], Sequence[str], bool]] = {
    "paid_before_placed": (("paid",), ("placed",), False),
    "shipped_before_placed": (_SHIPS, ("placed",), False),
    "shipped_before_paid": (_SHIPS, ("paid",), False),
    "scanned_before_placed": (_SCANS, ("placed",), False),
    "signed_before_placed": (("signed",), ("placed",), False),
    "signed_before_shipped": (("signed",), _SHIPS, False),
    "signed_before_collected": (("signed",), ("collected",), True),
    "confirmed_before_signed": (("confirmed",), ("signed",), False),
    "reviewed_before_placed": (("reviewed",), ("placed",), False),
    "reviewed_before_signed": (("reviewed",), ("signed",), False),
    "refund_before_placed": (("refund_asked", "refund_done"), ("placed",), False),
    "issued_before_decided": (("issued", "received"), ("decided",), False),
    "deadline_before_notice": (("deadline",), ("issued", "decided"), False),
}
# An order that was placed after the platform had decided on it.
AFTER_DECISION = "placed_after_decision"


def contradictions(moments: Sequence[Moment]) -> list[dict[str, datetime]]:
    """Per moment what it contradicts: code → the moment that it should have followed.

    A moment is held against the earliest moment of the steps it should follow, of the same order
    (or of the same parcel); what is not recorded contradicts nothing.
    """
    first = _earliest(moments)
    decided = first.get(("", "", "decided"))
    found: list[dict[str, datetime]] = []
    for moment in moments:
        flags = {}
        for code, (steps, should_follow, of_parcel) in CONTRADICTIONS.items():
            if moment.step not in steps:
                continue
            parcel = moment.waybill if of_parcel else ""
            times = [first.get((moment.order_id, parcel, step)) for step in should_follow]
            known = [at for at in times if at is not None]
            if known and moment.at < min(known):
                flags[code] = min(known)
        if moment.step == "placed" and decided is not None and moment.at > decided:
            flags[AFTER_DECISION] = decided
        found.append(flags)
    return found


def _earliest(moments: Iterable[Moment]) -> dict[tuple[str, str, str], datetime]:
    """(order, parcel or "", step) → its first moment."""
    first: dict[tuple[str, str, str], datetime] = defaultdict(lambda: datetime.max)
    for moment in moments:
        for parcel in {"", moment.waybill}:
            key = (moment.order_id, parcel, moment.step)
            first[key] = min(first[key], moment.at)
    return dict(first)


def contradiction_words(flags: Mapping[str, datetime], say: Say) -> str:
    """What is odd about a moment, each with the time it stands against; "" when nothing is."""
    told = []
    for code, at in flags.items():
        what = _words(say)[code]
        told.append(say("{what} ({at})", what=what, at=f"{at:%Y-%m-%d %H:%M}"))
    return say("; ").join(told)


def contradiction_name(code: str, say: Say) -> str:
    """What is odd, without a time."""
    return _words(say)[code]


def _words(say: Say) -> dict[str, str]:
    return {
        "paid_before_placed": say("paid before the order was placed"),
        "shipped_before_placed": say("shipped before the order was placed"),
        "shipped_before_paid": say("shipped before it was paid (usual for cash on delivery)"),
        "scanned_before_placed": say("scanned before the order was placed"),
        "signed_before_placed": say("signed for before the order was placed"),
        "signed_before_shipped": say("signed for before it was shipped"),
        "signed_before_collected": say("signed for before the carrier collected it"),
        "confirmed_before_signed": say("receipt confirmed before the parcel was signed for"),
        "reviewed_before_placed": say("reviewed before the order was placed"),
        "reviewed_before_signed": say("reviewed before the parcel was signed for"),
        "refund_before_placed": say("refunded before the order was placed"),
        "issued_before_decided": say("the notice came before the decision"),
        "deadline_before_notice": say("the time for the appeal ended before the notice"),
        AFTER_DECISION: say("placed after the platform had decided"),
    }
