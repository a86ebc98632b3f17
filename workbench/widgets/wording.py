"""Words and marks that several widgets share."""

from __future__ import annotations

import pandas as pd

from workbench.language import Say

__all__ = [
    "local_time",
    "orders_word",
    "result_words",
    "span_text",
]


def result_words(say: Say) -> dict[str, str]:
    """Headings for the results of the innocent explanations, in the order a reader needs."""
    return {
        "passed": say("Speaks for the shop"),
        "failed": say("Speaks against it"),
        "not_available": say("The data cannot tell"),
    }


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
