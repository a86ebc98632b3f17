"""Chinese numerals as digits, where they number a house, a floor or a room."""

from __future__ import annotations

import re

__all__ = ["NUMERALS", "digits_before_units"]

_DIGITS = {"零": 0, "〇": 0, "0": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_DIGITS |= {"七": 7, "八": 8, "九": 9}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
NUMERALS = "零〇一二两三四五六七八九十百千廿卅"
_NUMERAL = "0" + NUMERALS
# Only units that number something: in 三里屯, 五一路, 八一小学, 三门县, 五院 and 二七广场 the
# numeral is part of a name. 一号桥 and 六号门 become 1号桥 and 6号门, which is how both are
# written; 九号线 the same.
_UNITS = "号楼|号院|号|栋|幢|座|单元|室|楼|层|弄|房|户|组|排|期"
_BEFORE_UNIT = re.compile(rf"(?<![0-9{NUMERALS}])第?(?<![0-9{NUMERALS}])([{_NUMERAL}]+)({_UNITS})")
_ORDINAL = re.compile(rf"(?<![0-9{NUMERALS}])第([0-9]+)({_UNITS})")


def digits_before_units(text: str) -> str:
    """Numerals before a unit of an address as digits: 二十三号三栋五〇二室 → 23号3栋502室.

    A numeral that is no well-formed number, and any without such a unit behind it, stays.
    """
    return _ORDINAL.sub(r"\1\2", _BEFORE_UNIT.sub(_as_digits, text))


def _as_digits(found: re.Match[str]) -> str:
    if found[1].isascii():
        return found[0]
    number = _number(found[1])
    return found[0] if number is None else f"{number}{found[2]}"


def _number(numeral: str) -> str | None:
    """Digits of a numeral, of one read digit by digit (五〇二) or by scales (二十三, 一百零八)."""
    for short, long in _TENS.items():
        numeral = numeral.replace(short, long)
    if not any(scale in numeral for scale in _SCALES):
        return "".join(str(_DIGITS[one]) for one in numeral)
    total, digit, last = 0, None, 10_000
    for one in numeral:
        if one in _SCALES:
            scale = _SCALES[one]
            if scale >= last or digit == 0 or (digit is None and (total or scale > 10)):
                return None
            total, digit, last = total + (digit or 1) * scale, None, scale
        else:
            value = _DIGITS[one]
            if digit not in (None, 0):
                return None
            digit = value
    return None if digit == 0 else str(total + (digit or 0))
