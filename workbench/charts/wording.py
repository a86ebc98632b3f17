"""Words and number formats that several charts share."""

from __future__ import annotations

import math
from decimal import Decimal

from workbench.language import Say
from workbench.language import detector_word as named_detector

__all__ = [
    "detector_word",
    "link_word",
    "money_text",
    "number_text",
    "share_text",
    "source_note",
    "status_word",
    "weekday_words",
]

Number = int | float | Decimal | None


def status_word(say: Say, name: str) -> str:
    """What a reader sees for a canonical order status; another status stays as it is."""
    return {
        "pending": say("unpaid"),
        "paid": say("paid, not shipped"),
        "shipped": say("shipped"),
        "completed": say("completed"),
        "closed": say("closed"),
    }.get(name, name)


def detector_word(say: Say, name: str) -> str:
    """What a reader sees for a detector; a third party's keeps its own name."""
    return named_detector(say, name) or name


def link_word(say: Say, kind: str) -> str:
    """What a reader sees for a kind of link between accounts."""
    return {
        "phone": say("phone"),
        "address": say("address"),
        "device": say("device"),
        "payer": say("payer"),
    }[kind]


def weekday_words(say: Say) -> list[str]:
    """The days of the week from Monday on, short."""
    return [say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun")]


def source_note(say: Say, orders: int) -> str:
    """The line under a figure: how many orders it rests on, and where they come from."""
    return say(
        "n = {orders:,} orders. Source: the shop's own exports as loaded into this case; "
        "shop's local time.",
        orders=orders,
    )


def number_text(say: Say, value: Number) -> str:
    """A count with thousands separators, or "unknown"."""
    return say("unknown") if _absent(value) else f"{value:,.0f}"


def money_text(say: Say, value: Number) -> str:
    """An amount with two places, or "unknown"."""
    return say("unknown") if _absent(value) else f"{value:,.2f}"


def share_text(say: Say, value: Number) -> str:
    """A share of 0..1 as per cent with one place, or "unknown"."""
    return say("unknown") if _absent(value) or value is None else f"{100 * float(value):.1f}%"


def _absent(value: Number) -> bool:
    return value is None or math.isnan(value)
