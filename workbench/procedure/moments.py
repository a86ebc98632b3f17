"""One moment of a chronology: what happened when, to which order, and where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from workbench.language import Say, decision_word, words

__all__ = ["KINDS", "KIND_OF", "Moment", "kind_word", "sentence"]

# Lanes in the order in which a trade, and then a case, goes; steps of each in theirs.
KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "campaign": ("campaign_starts", "campaign_ends"),
        "order": ("placed", "paid"),
        "pick": ("picked",),
        "ship": ("shipped", "handed_over"),
        "scan": ("collected", "moved", "scanned"),
        "sign": ("signed", "confirmed"),
        "review": ("reviewed", "refund_asked", "refund_done"),
        "notice": ("decided", "issued", "received", "deadline", "measure_ends"),
        "appeal": ("sent", "asked_for"),
        "reply": ("replied",),
        "decision": ("taken",),
        "evidence": ("added", "statement"),
    }
)
KIND_OF: Mapping[str, str] = MappingProxyType(
    {step: kind for kind, steps in KINDS.items() for step in steps}
)


@dataclass(frozen=True)
class Moment:
    """What happened, in the shop's local time.

    `step` is one of KIND_OF. `figures` fill its sentence. It stands in a row of a source file, or
    in the event number `event` of the case.
    """

    at: datetime
    step: str
    order_id: str = ""
    group_id: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    source_file: str = ""
    source_row: int | None = None
    event: int | None = None
    waybill: str = ""

    @property
    def kind(self) -> str:
        """The lane it belongs to."""
        return KIND_OF[self.step]


def sentence(moment: Moment, language: str) -> str:
    """What happened, in one sentence without the order's number."""
    say = words("procedure", language)
    figures = moment.figures
    match moment.kind:
        case "campaign":
            return _of_campaign(moment.step, figures, say)
        case "order" | "pick" | "ship" | "scan" | "sign":
            return _of_parcel(moment.step, figures, say)
        case "review":
            return _of_review(moment.step, figures, say)
        case "notice":
            return _of_notice(moment.step, figures, say)
        case _:
            return _of_case(moment.step, figures, say, language)


def kind_word(kind: str, language: str) -> str:
    """What a reader sees for a lane of the chronology."""
    say = words("procedure", language)
    return {
        "campaign": say("Campaign"),
        "order": say("Order"),
        "pick": say("Pick and pack"),
        "ship": say("Shipping"),
        "scan": say("Carrier's scans"),
        "sign": say("Signature, receipt"),
        "review": say("Review, after-sales"),
        "notice": say("Notice"),
        "appeal": say("Appeal, requests"),
        "reply": say("Platform's reply"),
        "decision": say("Decision"),
        "evidence": say("Evidence"),
    }[kind]


def _of_campaign(step: str, figures: Mapping[str, Any], say: Say) -> str:
    name = figures["name"]
    if step == "campaign_starts":
        return say("Campaign “{name}” begins.", name=name)
    return say("Campaign “{name}” ends.", name=name)


def _of_parcel(step: str, figures: Mapping[str, Any], say: Say) -> str:
    parcel, place = figures.get("parcel", ""), figures.get("place", "")
    match step:
        case "placed":
            return say("The order is placed.")
        case "paid":
            return say("The order is paid.")
        case "shipped":
            return say("The shop marks the order as shipped.")
        case "handed_over":
            return say("Parcel {parcel} is handed over.", parcel=parcel)
        case "confirmed":
            return say("Receipt is confirmed on the platform.")
    told = {
        "picked": say("Parcel {parcel} is picked and packed", parcel=parcel),
        "collected": say("Parcel {parcel} is collected", parcel=parcel),
        "moved": say("Parcel {parcel} is under way", parcel=parcel),
        "signed": say("Parcel {parcel} is signed for", parcel=parcel),
    }.get(step, say("Parcel {parcel} is scanned", parcel=parcel))
    if place:
        return say("{scan} ({place}).", scan=told, place=place)
    return say("{scan}.", scan=told)


def _of_review(step: str, figures: Mapping[str, Any], say: Say) -> str:
    if step == "refund_asked":
        return say("The buyer asks for a refund or return.")
    if step == "refund_done":
        return say("The refund or return is settled.")
    if figures.get("rating"):
        return say("The buyer posts a review ({rating} stars).", rating=figures["rating"])
    return say("The buyer posts a review.")


def _of_notice(step: str, figures: Mapping[str, Any], say: Say) -> str:
    match step:
        case "decided":
            return say("The platform decides.")
        case "issued":
            return say("The platform issues the notice ({count} orders).", count=figures["count"])
        case "received":
            return say("The shop receives the notice.")
        case "deadline":
            return say("The time for the appeal ends.")
    return say("The stated period of the measure ends.")


def _of_case(step: str, figures: Mapping[str, Any], say: Say, language: str) -> str:
    match step:
        case "sent":
            return say("Appeal {attempt} is sent.", attempt=figures["attempt"])
        case "asked_for":
            what = _request_word(figures["request"], say)
            return say("Asked for: {what}.", what=what)
        case "replied":
            return say(
                "The platform answers appeal {attempt}: {result}.",
                attempt=figures["attempt"],
                result=_result_word(figures["result"], say),
            )
        case "taken":
            word = decision_word(say, figures["decision"])
            return say("Decision written down: {decision}.", decision=word)
        case "statement":
            return say("A statement of the buyer is recorded.")
    paper = figures[f"paper_{language}"] or say("a file")
    return say("Evidence is added: {paper}.", paper=paper)


def _result_word(result: str, say: Say) -> str:
    return {
        "accepted": say("accepted"),
        "partly": say("accepted in part"),
    }.get(result, say("rejected"))


def _request_word(request: str, say: Say) -> str:
    return {
        "human_review": say("a decision by a person"),
        "data": say("the platform's records"),
        "records": say("the platform's records"),
        "victim_report": say("help against an attack on the shop"),
        "dispute_mechanism": say("the platform's way of settling disputes"),
        "mediation": say("mediation"),
        "regulator_complaint": say("a look by the market regulator"),
        "preservation": say("preservation by the court"),
        "arbitration": say("arbitration"),
        "suit": say("a claim in court"),
    }.get(request, request)
