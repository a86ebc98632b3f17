"""How divisions are written: in full, or without what says their kind."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbench.normalise.divisions import DIVISIONS, Division

__all__ = ["Named", "names_at"]

_LEAST_SHORT = 2
"""Characters that a shortened name must have: 城区 and 赣县 have no short form."""


@dataclass(frozen=True, slots=True)
class Named:
    """One way to write a division. `full`: its kind is said (杭州市), not left out (杭州)."""

    text: str
    division: Division
    full: bool


def names_at(text: str, start: int) -> list[Named]:
    """All names of divisions that begin at a place in a text, longest first."""
    found = _by_beginning().get(text[start : start + 2], ())
    return [one for one in found if text.startswith(one.text, start)]


@cache
def _by_beginning() -> dict[str, tuple[Named, ...]]:
    beginnings: dict[str, list[Named]] = {}
    for one in DIVISIONS:
        for name, full in _forms(one).items():
            beginnings.setdefault(name[:2], []).append(Named(name, one, full))
    return {
        start: tuple(sorted(names, key=lambda named: -len(named.text)))
        for start, names in beginnings.items()
    }


def _forms(one: Division) -> dict[str, bool]:
    """The forms of a division's name, and whether each is a full one."""
    suffixes, peoples = _shortening()
    suffix = next((s for s in suffixes if one.name.endswith(s) and one.name != s), "")
    stem = one.name.removesuffix(suffix)
    forms = {}
    if suffix.startswith("自治"):
        stem = _without_peoples(stem, peoples)
        # 延边州 for 延边朝鲜族自治州, 景宁县 for 景宁畲族自治县; 广西自治区 is said, 广西区 not.
        short = suffix if suffix == "自治区" else suffix.removeprefix("自治")
        forms[stem + short] = True
    if len(stem) >= _LEAST_SHORT:
        forms[stem] = False
    forms[one.name] = True
    return forms


def _without_peoples(stem: str, peoples: tuple[str, ...]) -> str:
    """A name without the peoples at its end: 玉屏侗族 → 玉屏, 广西壮族 → 广西, 内蒙古 stays."""
    while True:
        shorter = next(
            (
                stem.removesuffix(end)
                for people in peoples
                for end in (f"{people}族", people if len(people) > 1 else f"{people}族")
                if stem.endswith(end) and len(stem.removesuffix(end)) >= _LEAST_SHORT
            ),
            None,
        )
        if shorter is None:
            return stem
        stem = shorter


@cache
def _shortening() -> tuple[tuple[str, ...], tuple[str, ...]]:
    with Path(__file__).with_name("divisions.toml").open("rb") as file:
        given = tomllib.load(file)["shortening"]
    return tuple(given["suffixes"]), tuple(sorted(given["peoples"], key=len, reverse=True))
