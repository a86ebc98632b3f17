"""Words and marks that several widgets share."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from workbench.language import Say

__all__ = [
    "MARKS",
    "assessment_word",
    "decision_word",
    "explanation_word",
    "local_time",
    "orders_word",
    "result_words",
    "span_text",
]

# The shapes that figures and dashboard use, so that nothing is told by colour alone.
MARKS: Mapping[str, str] = MappingProxyType({"evidence": "◆", "needs_documents": "▲", "none": "●"})


def assessment_word(say: Say, name: str) -> str:
    """What a reader sees for `evidence`, `needs_documents` and `none`."""
    return {
        "evidence": say("Unusual"),
        "needs_documents": say("Needs documents"),
        "none": say("No concern"),
    }[name]


def decision_word(say: Say, name: str | None) -> str:
    """What a reader sees for a decision; None is "not decided"."""
    return {
        "defend": say("defend"),
        "concede": say("concede"),
        "hold": say("hold"),
    }.get(name or "", say("not decided"))


def result_words(say: Say) -> dict[str, str]:
    """Headings for the results of the innocent explanations, in the order a reader needs."""
    return {
        "passed": say("Speaks for the shop"),
        "failed": say("Speaks against it"),
        "not_available": say("The data cannot tell"),
    }


def explanation_word(say: Say, test: str) -> str:
    """The innocent explanation that a test is about; "" for one that has no name here."""
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
    }.get(test, "")


def orders_word(say: Say, count: int) -> str:
    """A number of orders."""
    return say("1 order") if count == 1 else say("{count} orders", count=count)


def span_text(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """From when to when, to the minute; one day is named once, a missing time is empty."""
    if pd.isna(start) or pd.isna(end):
        return ""
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M} – {last}"


def local_time(at: pd.Timestamp, zone: str) -> str:
    """A UTC time as the shop's clock shows it, to the second."""
    return f"{at.tz_convert(zone):%Y-%m-%d %H:%M:%S}"
