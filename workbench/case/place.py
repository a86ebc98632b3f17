"""The part of an address that may be shown: province, city, district."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

__all__ = ["place_of"]

_SUFFIX = r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?"
_CITY = re.compile(r"[^\W\d_]{1,10}(?:市|地区|自治州|盟|县|区|林区)")
_DISTRICT = re.compile(r"[^\W\d_]{1,11}(?:区|县|市|旗|镇)")


def place_of(address: str) -> str:
    """Province, city and district of a written Chinese address, as far as they are certain.

    Certain are the first parts of an address that the platform prints with blanks between
    ("浙江省 杭州市 余杭区 …"); of one written without blanks only the province is. "" for any
    other address, because a street must never pass for a city.
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
    # The last part is the door itself, whatever it looks like.
    for part, pattern in zip(parts[1:-1], (_CITY, _DISTRICT), strict=False):
        if not pattern.fullmatch(part):
            break
        place.append(part)
    return " ".join(place)


@cache
def _province() -> re.Pattern[str]:
    with Path(__file__).with_name("provinces.toml").open("rb") as file:
        names = tomllib.load(file)["names"]
    return re.compile(f"(?:{'|'.join(sorted(names, key=len, reverse=True))}){_SUFFIX}")
