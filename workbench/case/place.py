"""The part of an address that may be shown: province, city, district."""

from __future__ import annotations

import re
from functools import cache

from workbench.normalise import DIVISIONS, Division
from workbench.normalise.divisions import successors

__all__ = ["place_of"]

_SUFFIX = r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?"
_KIND = re.compile(r"省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区")
# What a platform prints for a district that it does not know.
_OTHER = ("其它区", "其他区")


def place_of(address: str) -> str:
    """Province, city and district of a written Chinese address, as far as they are certain.

    Certain are the first parts of an address that the platform prints with blanks between
    ("浙江省 杭州市 余杭区 …") and that the table of divisions knows, each in the one before it; of
    one written without blanks only the province is. "" for any other address, because a street or
    a compound (幸福小区) must never pass for a city.
    """
    parts = address.split()
    if not parts:
        return ""
    province = _province().match(parts[0])
    if province is None:
        return ""
    if province.end() < len(parts[0]):
        return province.group()
    place = [parts[0]]
    above = _named(_KIND.sub("", parts[0]))
    # The last part is the door itself, whatever it looks like.
    for part in parts[1:-1][:2]:
        if len(place) == 2 and part in _OTHER:
            place.append(part)
            break
        below = tuple(one for one in _named(part) if _lies_in_any(one, above))
        if not below:
            break
        place.append(part)
        above = below
    return " ".join(place)


def _lies_in_any(one: Division, above: tuple[Division, ...]) -> bool:
    """Whether a division is one of some, lies in one, or became a part of one (上海 上海市)."""
    return any(
        now == other or now.lies_in(other) for other in above for now in (one, *successors(one))
    )


def _named(name: str) -> tuple[Division, ...]:
    return _by_name().get(name, ())


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    """Divisions, former ones too, by name; provinces also by their short name."""
    named: dict[str, tuple[Division, ...]] = {}
    for one in DIVISIONS:
        names = {one.name, _KIND.sub("", one.name)} if one.level == 0 else {one.name}
        for name in names:
            named[name] = (*named.get(name, ()), one)
    return named


@cache
def _province() -> re.Pattern[str]:
    names = {_KIND.sub("", one.name) for one in DIVISIONS if one.level == 0}
    return re.compile(f"(?:{'|'.join(sorted(names, key=len, reverse=True))}){_SUFFIX}")
