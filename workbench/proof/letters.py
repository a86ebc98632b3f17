"""The wording of each request: neutral, no more about anybody than the asked one needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workbench.explain import PAPERS
from workbench.language import Say
from workbench.proof.buyer_letter import buyer_letter
from workbench.proof.facts import OrderFacts, Parcel
from workbench.proof.told import Told

__all__ = ["LETTERS", "Letter", "Told"]

Letter = Callable[[Say, str, str, Sequence[OrderFacts], Sequence[str], Told], tuple[str, str]]
"""Heading and text of a request: (say, language, to, orders, codes, told)."""


@dataclass(frozen=True)
class _Page:
    """Paragraphs that become one text, with an empty line between them."""

    say: Say
    language: str
    told: Told

    def papers(self, codes: Sequence[str], *, notes: bool = False) -> str:
        """The papers asked for, numbered; what to mind of each is for the shop's own people."""
        say, lines = self.say, []
        for number, code in enumerate(codes, start=1):
            name, note = (
                getattr(PAPERS[code], f"{part}{self.language}") for part in ("", "limits_")
            )
            if notes:
                lines.append(say("{n}. {paper}. Note: {note}.", n=number, paper=name, note=note))
            else:
                lines.append(f"{number}. {name}")
        return "\n".join(lines)

    def closing(self) -> list[str]:
        """Until when, and who asks."""
        say, told = self.say, self.told
        last = [say("{shop}, contact: 【contact】", shop=told.shop or say("【name of the shop】"))]
        if told.deadline:
            day = told.deadline.isoformat()
            last.insert(
                0, say("We have to answer the platform by {day}; please reply before.", day=day)
            )
        return last

    def end(self, subject: str, *paragraphs: str) -> tuple[str, str]:
        """Heading and text, with the closing under it."""
        return subject, "\n\n".join([*paragraphs, *self.closing()])


def _carrier(
    say: Say, language: str, to: str, orders: Sequence[OrderFacts], codes: Sequence[str], told: Told
) -> tuple[str, str]:
    page = _Page(say, language, told)
    lines = [_waybill(say, order, parcel) for order in orders for parcel in order.parcels]
    return page.end(
        say("Records of {n} waybills", n=len(lines)),
        say("To {name}:", name=to or _who(language, codes)),
        say(
            "The platform is examining the orders below. We ask for the records of these waybills "
            "as your system holds them, whatever they show:"
        ),
        page.papers(codes),
        say(
            "Please export them from the system without changes, and say who exported them and "
            "when. A certificate needs the seal and the signatures of the person in charge and of "
            "its author. If a record is no longer kept, please say so in writing."
        ),
        *([say("Of each weighing, please name the hub and the time.")] if "E02" in codes else []),
        "\n".join([say("Waybills:"), *(lines or [say("【waybill numbers】")])]),
    )


def _supplier(
    say: Say, language: str, to: str, orders: Sequence[OrderFacts], codes: Sequence[str], told: Told
) -> tuple[str, str]:
    page = _Page(say, language, told)
    pieces: dict[str, int] = {}
    for order in orders:
        for title, count in order.items:
            pieces[title] = pieces.get(title, 0) + count
    lines = [
        say("- {item}: sold {count}", item=title, count=count)
        for title, count in sorted(pieces.items())
    ]
    days = [order.created_on for order in orders if order.created_on]
    before = min(days).isoformat() if days else say("【day of the first order】")
    return page.end(
        say("Papers of earlier deliveries"),
        say("To {name}:", name=to or say("【name of the supplier】")),
        say(
            "The platform is examining sales of the items below. We ask for copies of the papers "
            "of deliveries before {day}, as they were made at the time:",
            day=before,
        ),
        page.papers(codes),
        say(
            "Please send what exists, sealed, with the dates it has. Nothing may be written anew "
            "or dated back; if there is no such paper, please say so."
        ),
        "\n".join([say("Items:"), *(lines or [say("【items】")])]),
    )


def _platform(
    say: Say, language: str, to: str, orders: Sequence[OrderFacts], codes: Sequence[str], told: Told
) -> tuple[str, str]:
    page = _Page(say, language, told)
    return page.end(
        say("Records of {n} orders", n=len(orders)),
        say("To {name}:", name=told.platform or say("【name of the platform】")),
        say(
            "For our appeal we ask for the platform's own records of the orders below. Under "
            "articles 31 and 62 of the E-Commerce Law a platform keeps the records of transactions "
            "for at least three years, and provides the originals in a dispute:"
        ),
        page.papers(codes),
        say(
            "Personal data of the buyers may be masked. If a record cannot be given, please say "
            "which and why in writing."
        ),
        _orders(say, orders),
    )


def _institution(
    say: Say, language: str, to: str, orders: Sequence[OrderFacts], codes: Sequence[str], told: Told
) -> tuple[str, str]:
    page = _Page(say, language, told)
    places = sorted({order.place for order in orders if order.place})
    return page.end(
        say("Question about {n} orders", n=len(orders)),
        say("To {name}:", name=to or _who(language, codes)),
        say(
            "The platform is examining {n} orders of our shop that were delivered to one place or "
            "came about together. We ask you to tell in writing what you know of them, and to give "
            "what you hold of these papers:",
            n=len(orders),
        ),
        page.papers(codes),
        "\n".join(
            [
                say("Please tell in your own words:"),
                say("- what the place is, and how parcels are received there;"),
                say("- how the orders came about, and who had a part in it;"),
                say("- what you do not know."),
            ]
        ),
        say(
            "A letter of an organisation needs its seal and the signatures of the person in charge "
            "and of its author. It is given freely and without any reward. Names of others belong "
            "in it only where they have consented."
        ),
        *([say("Place: {places}", places="; ".join(places))] if places else []),
        _orders(say, orders, named=False),
    )


def _own(
    say: Say, language: str, to: str, orders: Sequence[OrderFacts], codes: Sequence[str], told: Told
) -> tuple[str, str]:
    page = _Page(say, language, told)
    paragraphs = [
        say("To the warehouse, accounts and customer service:"),
        say("For the orders below we need, from where each was first kept:"),
        page.papers(codes, notes=True),
        say(
            "Hand over the files as they are, with their time, uncut and not renamed, and say "
            "which machine or account they come from. What does not exist is not made up for: "
            "say that it does not."
        ),
        _orders(say, orders, waybills=True),
    ]
    return say("Papers that the shop has to find"), "\n\n".join(paragraphs)


def _who(language: str, codes: Sequence[str]) -> str:
    """Who is asked, where the data name nobody: as the catalogue of papers calls them."""
    names = dict.fromkeys(getattr(PAPERS[code], f"who_{language}") for code in codes)
    return f"【{'; '.join(names)}】"


def _orders(
    say: Say, orders: Sequence[OrderFacts], *, named: bool = True, waybills: bool = False
) -> str:
    lines = []
    for order in orders:
        day = order.created_on.isoformat() if order.created_on else say("day unknown")
        line = say("- order {order} of {day}", order=order.order_id, day=day)
        if waybills and order.parcels:
            numbers = ", ".join(parcel.tracking_no for parcel in order.parcels)
            line += say(", waybill {numbers}", numbers=numbers)
        lines.append(line)
    shown = lines if named else lines[:0]
    return "\n".join([say("Orders: {n}", n=len(orders)), *shown])


def _waybill(say: Say, order: OrderFacts, parcel: Parcel) -> str:
    return say(
        "- {number}, sent {day}, consignee {name} ({place}), order {order}",
        number=parcel.tracking_no,
        day=_day(parcel.shipped_on or order.created_on, say),
        name=order.consignee or "*",
        place=order.place or say("place unknown"),
        order=order.order_id,
    )


def _day(day: date | None, say: Say) -> str:
    return day.isoformat() if day else say("day unknown")


LETTERS: Mapping[str, Letter] = {
    "carrier": _carrier,
    "supplier": _supplier,
    "platform": _platform,
    "buyer": buyer_letter,
    "institution": _institution,
    "own": _own,
}
