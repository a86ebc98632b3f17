"""The dated table of provinces, cities and districts (divisions.csv, divisions.toml)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = [
    "DIVISIONS",
    "MUNICIPALITIES",
    "Division",
    "around_both",
    "cities_of",
    "division",
    "successors",
]

MUNICIPALITIES = ("11", "12", "31", "50")
"""Beginnings of the codes of 北京, 天津, 上海 and 重庆: province and city in one."""


@dataclass(frozen=True)
class Division:
    """One division: its code by GB/T 2260 and its name.

    `until` is the year in which a former one ended (None: it exists on the table's date), `into`
    the codes of the divisions that have its area now. `level` is 0 for a province, 1 for a city,
    2 for a district or county.
    """

    code: str
    name: str
    until: int | None = None
    into: tuple[str, ...] = ()
    level: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        level = 0 if self.code.endswith("0000") else 1 if self.code.endswith("00") else 2
        object.__setattr__(self, "level", level)

    def lies_in(self, other: Division) -> bool:
        """Whether this division is below another, as their codes say."""
        if other.level == 0:
            return self.level > 0 and self.code[:2] == other.code[:2]
        return other.level == 1 and self.level == 2 and self.code[:4] == other.code[:4]


def _read() -> tuple[Division, ...]:
    path = Path(__file__).with_name("divisions.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Division(
                row["code"],
                row["name"],
                int(row["until"]) if row["until"] else None,
                tuple(row["into"].split(";")) if row["into"] else (),
            )
            for row in csv.DictReader(file)
        )


DIVISIONS: tuple[Division, ...] = _read()
"""All rows of the table, former ones too, by code."""


@cache
def _existing() -> Mapping[str, Division]:
    return MappingProxyType({one.code: one for one in DIVISIONS if one.until is None})


def division(code: str) -> Division | None:
    """The division that has a code on the table's date; None when none has."""
    return _existing().get(code)


def successors(one: Division) -> tuple[Division, ...]:
    """The existing divisions that have the area of a division: itself, when it exists."""
    if one.until is None:
        return (one,)
    return tuple(_existing()[code] for code in one.into)


def around_both(one: Division, other: Division) -> Division | None:
    """The lowest division of today in which two lie."""
    if shared := cities_of(one) & cities_of(other):
        return min(shared, key=lambda city: city.code)
    province = division(one.code[:2] + "0000")
    return province if one.code[:2] == other.code[:2] else None


def cities_of(one: Division) -> set[Division]:
    """The cities of today in which a division lies: one; of a divided one perhaps several."""
    codes = {
        now.code[:2] + "0000" if now.code.startswith(MUNICIPALITIES) else now.code[:4] + "00"
        for now in successors(one)
    }
    return {city for code in codes if (city := division(code))}
