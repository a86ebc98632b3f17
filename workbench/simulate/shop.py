"""What a simulation gives: the shop's tables and the truth about each order."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd

__all__ = ["AS_OF", "DAYS", "YEAR_START", "Shop"]

YEAR_START = pd.Timestamp("2025-01-01")
"""The shop's year begins here (local time, Asia/Shanghai)."""
DAYS = 365
AS_OF = pd.Timestamp("2026-01-02 10:30:00")
"""When the exports were made: nothing later is known to the shop."""


@dataclass(frozen=True)
class Shop:
    """One made-up shop. Each table has the canonical columns; truth says what was faked.

    Ids are text, money is decimal with two places, times are naive local time. `orders` has one
    row per order line, sorted by time. `truth` has one row per order: order_id, kind (which
    recipe made it), group (which ring or look-alike; empty for ordinary trade), fake (0 or 1).
    """

    orders: pd.DataFrame
    shipments: pd.DataFrame
    shipment_events: pd.DataFrame
    campaigns: pd.DataFrame
    messages: pd.DataFrame
    reviews: pd.DataFrame
    purchases: pd.DataFrame
    stock: pd.DataFrame
    payments: pd.DataFrame
    traffic: pd.DataFrame
    staff: pd.DataFrame
    notices: pd.DataFrame
    truth: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """The canonical tables by name, without the truth."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "truth"}

    def known_kinds(self) -> pd.DataFrame:
        """The truth of every order that is not ordinary trade: what truth.csv lists."""
        return self.truth[self.truth["kind"] != "ordinary"]
