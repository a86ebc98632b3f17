"""One key for one place, however it is written, as expressions that run in the engine.

A place is its road text and its numbers: "中山路18号3栋2单元502室", "中山路１８号3-2-502" and
"中山路十八号3幢2单元502" have one key; another room number is another key.
"""

from __future__ import annotations

import ibis
from ibis.expr.types import StringValue

from workbench.normalise import is_masked, plain_address

__all__ = ["address_key", "place_key", "place_marks", "place_road"]

_HAN = "[一-龥]"
_NUMBER_WITH_UNIT = "第?[0-9a-z]+(?:号楼|号院|号|栋|幢|座|单元|室|楼|层|弄|房|户)*"
# What is written for the courier behind an address names no other place.
_COURIER = "(?:放|请放)?(?:门口|转交|代收|代签|自提|自取|快递柜|前台)?(?:收|转)?$"
_PROVINCE = "^.{2,6}?(?:省|自治区)"
_CITY = "^.{1,5}?[^超夜菜集]市"
_DISTRICT = "^.{1,4}?[^小社园校厂景库](?:区|县|旗)"
_STREET_OFFICE = "^.{1,5}?街道"
_LATIN_UNITS = r"\b(?:apartment|apt|flat|unit|room|rm|suite|floor|fl|no)\b"
_LATIN_SHORT = {"street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "drive": "dr"}
_MIN_ROAD = 6


def address_key(address: StringValue, city: StringValue | None = None) -> StringValue:
    """The key of a place: city (when given), road text and numbers.

    Null for an address that names no place: an empty or masked one, or one without any number
    and with fewer than six characters of road text.
    """
    plain = plain_address(address)
    return ibis.ifelse(
        is_masked(address),
        ibis.null("string"),
        place_key(place_road(plain, city is not None), place_marks(plain), city),
    )


def place_key(road: StringValue, marks: StringValue, city: StringValue | None) -> StringValue:
    """The key from its parts; null where they name no place."""
    town = "" if city is None else city.re_replace("(?:市|地区|盟)$", "").fill_null("")
    placed = (marks != "") | (road.length() >= _MIN_ROAD)
    return ibis.ifelse(
        placed, ibis.literal("").concat(town, "|", road, "|", marks), ibis.null("string")
    )


def place_marks(plain: StringValue) -> StringValue:
    """The sequence of numbers and block letters of a plain address: "3栋2单元502室" → "3-2-502"."""
    letters = plain
    for code in range(ord("a"), ord("z") + 1):
        letters = letters.replace(chr(code), f"-{chr(code)}-")
    han = ibis.ifelse(plain.re_search("[a-z]"), letters, plain)
    latin = plain.re_replace(r"\p{L}{2,}", "-")
    marks = ibis.ifelse(plain.re_search(_HAN), han, latin)
    return marks.re_replace("[^0-9a-z]+", "-").re_replace("^-|-$", "")


def place_road(plain: StringValue, city_known: bool) -> StringValue:
    """The words of a plain address without numbers, their units, blanks and province.

    Where the city is known (it then is a part of the key by itself), city, district and street
    office at the beginning are left out as well: one spelling has them and another has not.
    """
    han = (
        plain.re_replace(_NUMBER_WITH_UNIT, "").re_replace("[^一-龥]", "").re_replace(_COURIER, "")
    )
    han = han.re_replace(_PROVINCE, "")
    if city_known:
        for part in (_CITY, _CITY, _DISTRICT, _STREET_OFFICE):
            han = han.re_replace(part, "")
    latin = plain.re_replace(_LATIN_UNITS, " ")
    for word, short in _LATIN_SHORT.items():
        latin = latin.re_replace(rf"\b{word}\b", short)
    latin = latin.re_replace("[0-9]+[a-z]?", "").re_replace(r"[^\p{L}]", "")
    return ibis.ifelse(plain.re_search(_HAN), han, latin)
