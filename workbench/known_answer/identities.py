"""Made-up ids for planted orders: in the shop's manner, of nobody, and marked where they may be.

Every id begins with PLANTED but those that must be numbers: phones begin with 100, a prefix no
carrier hands out, and network addresses lie in 240.0.0.0/4, which is reserved (RFC 1112).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.simulate.spelling import DISGUISES, disguised
from workbench.simulate.streams import Ints, permuted

__all__ = ["MADE", "MARK", "home_text", "masked_like"]

MARK = "PLANTED"


def masked_like(values: list[str], patterns: pd.Series) -> list[str | None]:
    """The values, each null or masked where the shop's own value beside it is."""
    made: list[str | None] = []
    for value, pattern in zip(values, patterns, strict=True):
        if not isinstance(pattern, str) or not pattern.strip():
            made.append(None)
        elif "*" in pattern:
            made.append(_through(value, pattern))
        else:
            made.append(value)
    return made


def home_text(person: int, spelling: int, prefix: str, latin: bool) -> str:
    """A made-up door behind the shop's own region; spelling 0 is the usual one."""
    road, house, room = person % 89 + 11, person // 89 % 97 + 1, person // 8633 % 89 * 100 + 101
    if latin:
        return prefix + _latin(f"{road}{house:02d}", room, spelling)
    text = f"植入路{road}号{house}幢{room}室"
    return prefix + (disguised(text, (spelling - 1) % DISGUISES) if spelling else text)


def _latin(house: str, room: int, spelling: int) -> str:
    rest, unit = divmod(spelling, 4)
    rest, road = divmod(rest, 3)
    joint, case = divmod(rest, 3)
    parts = [
        f"{('Flat', 'Apt', 'Unit', 'Flat No')[unit]} {room}",
        f"{house} Planted {('Road', 'Rd', 'Rd.')[road]}",
    ]
    text = (", ", " ", " - ", " / ")[joint % 4].join(parts)
    return (text, text.upper(), text.lower())[case]


def _numbered(people: Ints, digits: int, seed: int) -> list[str]:
    return [f"{number:0{digits}d}" for number in permuted(people, digits, seed).tolist()]


def _named(people: Ints, seed: int, head: str, digits: int) -> list[str]:
    return [f"{MARK}-{head}{number}" for number in _numbered(people, digits, seed)]


def _networks(people: Ints, seed: int) -> list[str]:
    numbers = permuted(people, 7, seed)
    return [f"240.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in numbers.tolist()]


MADE: Mapping[str, tuple[str, Callable[[Ints, int], list[str]]]] = MappingProxyType(
    {
        "buyer_id": ("buyer", lambda people, seed: _named(people, seed, "", 9)),
        "buyer_name": ("buyer", lambda people, seed: _named(people, seed + 1, "", 7)),
        "buyer_account": ("purse", lambda people, seed: _named(people, seed + 2, "P", 9)),
        "phone": (
            "phone",
            lambda people, seed: [f"100{number}" for number in _numbered(people, 8, seed)],
        ),
        "device": ("device", lambda people, seed: _named(people, seed + 3, "D", 9)),
        "ip": ("network", lambda people, seed: _networks(people, seed + 4)),
    }
)
"""Column of orders → (column of the ring that tells whose it is, maker of its values)."""


def _through(value: str, pattern: str) -> str:
    """The shop's mask over a made-up value: its stars stay, other characters are made up."""
    digits = [c for c in value if c.isdigit()] or ["0"]
    shown = np.cumsum([c != "*" for c in pattern]) - 1
    return "".join(
        c if c in "* -" else digits[int(n) % len(digits)]
        for c, n in zip(pattern, shown, strict=True)
    )
