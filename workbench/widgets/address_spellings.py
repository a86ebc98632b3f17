"""The ways in which one place is written, each held against the most usual one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

import pandas as pd

__all__ = ["Spelling", "address_spellings"]

_MOST = 60


@dataclass(frozen=True)
class Spelling:
    """One way to write an address.

    `parts` is the text cut into (part, differs): those that differ from the most usual spelling
    are to be marked. `orders` is how many orders are written so.
    """

    orders: int
    parts: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The address as it was written."""
        return "".join(part for part, _ in self.parts)


def address_spellings(orders: pd.DataFrame) -> list[Spelling]:
    """The different addresses of the order lines, the most usual first, at most sixty.

    `orders` has the columns order_id and address. Of two equally usual spellings the one that
    sorts first comes first. Gives [] where there is no address.
    """
    if "address" not in orders:
        return []
    held = orders.dropna(subset="address").drop_duplicates(["order_id", "address"])
    counts = held.groupby("address").size().reset_index(name="orders")
    ranked = counts.sort_values(["orders", "address"], ascending=[False, True]).head(_MOST)
    usual = str(ranked["address"].iloc[0]) if len(ranked) else ""
    return [
        Spelling(int(count), tuple(_differing(str(address), usual)))
        for address, count in zip(ranked["address"], ranked["orders"], strict=True)
    ]


def _differing(text: str, usual: str) -> list[tuple[str, bool]]:
    matcher = SequenceMatcher(None, usual, text, autojunk=False)
    return [
        (text[start:end], kind != "equal")
        for kind, _, _, start, end in matcher.get_opcodes()
        if end > start
    ]
