"""Tables of penalties: which tier a platform's own rule has for a finding."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from workbench.case import Case
from workbench.errors import BadInput, Problem
from workbench.procedure.law import CONFIDENCES

__all__ = ["Tier", "tier_of", "tiers"]

_OWN_FOLDER = "rule_packs"
_COUNTS = ("orders_from", "orders_to", "finding_from", "finding_to", "points")
_NEEDED = {"orders_from", "finding_from", "points", "zh", "en", "source_zh", "source_en"}
_NEEDED |= {"as_of", "confidence"}


@dataclass(frozen=True)
class Tier:
    """What a rule says for so many orders, the how-manieth time: the points, and it in words.

    `orders_to` and `finding_to` are None where there is no upper end. `own` is whether the firm
    wrote it down itself.
    """

    orders_from: int
    finding_from: int
    points: int
    zh: str
    en: str
    source_zh: str
    source_en: str
    as_of: str
    confidence: str
    orders_to: int | None = None
    finding_to: int | None = None
    own: bool = False

    def holds(self, orders: int, finding: int) -> bool:
        """Whether it is the tier for so many orders and the how-manieth finding."""
        return (
            self.orders_from <= orders
            and (self.orders_to is None or orders <= self.orders_to)
            and self.finding_from <= finding
            and (self.finding_to is None or finding <= self.finding_to)
        )

    @property
    def verified(self) -> bool:
        """Whether it may be relied on: read in the platform's own text."""
        return self.confidence == "V"


def tiers(platform: str, case: Case) -> tuple[Tier, ...]:
    """The table of a platform (its name in the rule packs): the case's own, else the shipped one.

    The case's own stands as [[tier]] in CASE/rule_packs/PLATFORM.toml. Raises BadInput for one
    that cannot be read, with everything that is wrong in it.
    """
    own = case.path / _OWN_FOLDER / f"{platform}.toml"
    if own.is_file():
        try:
            raw = tomllib.loads(own.read_text("utf-8")).get("tier", [])
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise BadInput(f"The rule pack cannot be read: {error}", str(own)) from None
        if raw:
            return _checked(raw, own)
    return _shipped().get(platform, ())


def tier_of(table: Sequence[Tier], orders: int, finding: int) -> Tier | None:
    """The tier for so many orders and the how-manieth finding; None where the table has none."""
    return next((tier for tier in table if tier.holds(orders, finding)), None)


@cache
def _shipped() -> Mapping[str, tuple[Tier, ...]]:
    with Path(__file__).with_name("tiers.toml").open("rb") as file:
        rows = tomllib.load(file)["tier"]
    found: dict[str, list[Tier]] = {}
    for row in rows:
        told = {name: value for name, value in row.items() if name != "platform"}
        found.setdefault(row["platform"], []).append(Tier(**told))
    return {platform: tuple(listed) for platform, listed in found.items()}


def _checked(rows: Sequence[Mapping[str, Any]], path: Path) -> tuple[Tier, ...]:
    problems = [problem for n, row in enumerate(rows, 1) for problem in _wrong(row, n, path)]
    if problems:
        raise BadInput.many(problems)
    return tuple(Tier(**{**row, "as_of": str(row["as_of"]), "own": True}) for row in rows)


def _wrong(row: Mapping[str, Any], number: int, path: Path) -> Iterable[Problem]:
    where = f"{path.name}, tier {number}"
    for name in sorted(_NEEDED - row.keys()):
        yield Problem(f"The tier lacks {name}", where)
    for name in sorted(row.keys() - _NEEDED - set(_COUNTS)):
        yield Problem(f"A tier has no {name}", where)
    for name in _COUNTS:
        value = row.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            yield Problem(f"{name} is no whole number: {value!r}", where)
    if "confidence" in row and row["confidence"] not in CONFIDENCES:
        do = f"One of {', '.join(CONFIDENCES)}"
        yield Problem(f"Unknown confidence {row['confidence']!r}", where, do)
