"""One key for one place, however it is written, as expressions that run in the engine.

A place is its road text and its numbers: "中山路18号3栋2单元502室", "中山路１８号3-2-502" and
"中山路十八号3幢2单元502" have one key; another room number is another key.
"""

from __future__ import annotations

import ibis
from ibis.expr.types import StringValue

__all__ = ["address_key", "place_marks", "place_road"]

# What Unicode's compatibility form (NFKC) does to the characters that occur in addresses.
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000"
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + " "
_NUMERALS = "零〇一二两三四五六七八九①②③④⑤⑥⑦⑧⑨"
_DIGITS = "00122345678" + "9123456789"
_BRACKETS = "【】〔〕"
_ROUND = "()()"
_TRADITIONAL = "號樓單棟層門區縣鄉鎮臺廣東"
_SIMPLIFIED = "号楼单栋层门区县乡镇台广东"

_HAN = "[一-龥]"
_NUMBER_WITH_UNIT = "第?[0-9a-z]+(?:号楼|号院|号|栋|幢|座|单元|室|楼|层|弄|房|户)*"
_POSTCODE = r"\((?:邮编)?[: ]*[0-9]{6}\)|邮编[: ]*[0-9]{6}"
_REMARK = r"\([^()0-9]*\)"
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
    road, marks = place_road(address, city), place_marks(address)
    town = "" if city is None else city.re_replace("(?:市|地区|盟)$", "").fill_null("")
    masked = address.contains("*") | address.contains("＊")
    placed = (marks != "") | (road.length() >= _MIN_ROAD)
    key = ibis.literal("").concat(town, "|", road, "|", marks)
    return ibis.ifelse(placed & ~masked, key, ibis.null("string"))


def place_marks(address: StringValue) -> StringValue:
    """The sequence of numbers and block letters of an address: "3栋2单元502室" → "3-2-502"."""
    plain = _plain(address)
    letters = plain
    for code in range(ord("a"), ord("z") + 1):
        letters = letters.replace(chr(code), f"-{chr(code)}-")
    han = ibis.ifelse(plain.re_search("[a-z]"), letters, plain)
    latin = plain.re_replace(r"\p{L}{2,}", "-")
    marks = ibis.ifelse(plain.re_search(_HAN), han, latin)
    return marks.re_replace("[^0-9a-z]+", "-").re_replace("^-|-$", "")


def place_road(address: StringValue, city: StringValue | None = None) -> StringValue:
    """The words of an address without numbers, their units, blanks and province.

    With a city given (it then is a part of the key by itself), city, district and street office
    at the beginning are left out as well, because one spelling has them and another has not.
    """
    plain = _plain(address)
    han = (
        plain.re_replace(_NUMBER_WITH_UNIT, "").re_replace("[^一-龥]", "").re_replace(_COURIER, "")
    )
    han = han.re_replace(_PROVINCE, "")
    if city is not None:
        for part in (_CITY, _CITY, _DISTRICT, _STREET_OFFICE):
            han = han.re_replace(part, "")
    latin = plain.re_replace(_LATIN_UNITS, " ")
    for word, short in _LATIN_SHORT.items():
        latin = latin.re_replace(rf"\b{word}\b", short)
    latin = latin.re_replace("[0-9]+[a-z]?", "").re_replace(r"[^\p{L}]", "")
    return ibis.ifelse(plain.re_search(_HAN), han, latin)


def _plain(address: StringValue) -> StringValue:
    """Narrow forms, lower case, digits for numerals, without postcode and bracketed remarks."""
    narrow = address.translate(
        _WIDE + _NUMERALS + _BRACKETS + _TRADITIONAL, _NARROW + _DIGITS + _ROUND + _SIMPLIFIED
    ).lower()
    return _tens(narrow).re_replace(_POSTCODE, "").re_replace(_REMARK, "").re_replace(r"no\.", "")


def _tens(text: StringValue) -> StringValue:
    """十 as digits: 十 → 10, 十2 → 12, 2十 → 20, 2十3 → 23.

    Without back references, which engines write differently.
    """
    tens = text
    for digit in "123456789":
        tens = tens.replace(f"十{digit}", f"±{digit}")
    for digit in "123456789":
        tens = tens.replace(f"{digit}±", digit).replace(f"{digit}十", f"{digit}0")
    tens = tens.replace("±", "1").replace("十", "10")
    return ibis.ifelse(text.contains("十"), tens, text)
