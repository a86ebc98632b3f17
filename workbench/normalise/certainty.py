"""Whether a name in an address is the division, or a road, bank or market that is called so."""

from __future__ import annotations

import re

from workbench.normalise.divisions import Division
from workbench.normalise.names import Named

__all__ = ["BLANKS", "is_confirmed", "is_other_word", "stands_alone"]

BLANKS = " ,./|-_·:>"
"""What may stand between the parts of an address."""

_AFTER = BLANKS + "*()"
# 中山市场 is a market, 沙县小吃 a snack bar, 新城区域 an area: no division.
_GOES_ON = {"市": "场民政区井", "区": "域块", "县": "道衙前", "旗": "舰"}
_NAMED_SO = re.compile(
    r"[^0-9]{0,2}?(?:路|街|大道|道|巷|弄|胡同|公路|大厦|大楼|广场|酒店|宾馆|饭店|旅馆|大学|学院|学校|"
    r"中学|小学|银行|医院|公司|集团|商会|小区|花园|新村|家园|公寓|市场|商城|超市|小吃|村|站|桥|门|湖)"
)
_TOWN_FOLLOWS = re.compile(r"[^0-9路街道号*]{1,4}(?:街道|镇|乡|苏木)")


def is_confirmed(plain: str, start: int, named: Named, above: Division | None) -> bool:
    """Whether a shortened name is one, by what stands behind it.

    A blank or the end; for a district also a town; for a city below its province also whatever
    makes it no road or building. A district by itself is never shortened.
    """
    behind = start + len(named.text)
    if behind >= len(plain) or plain[behind] in _AFTER:
        return above is not None or named.division.level < 2
    if above is None:
        return False
    if named.division.level == 2:
        return _TOWN_FOLLOWS.match(plain, behind) is not None
    return _NAMED_SO.match(plain, behind) is None


def is_other_word(plain: str, start: int, named: Named) -> bool:
    """Whether the last character of a full name begins another word: 中山市场."""
    behind = plain[start + len(named.text) : start + len(named.text) + 1]
    return bool(behind) and behind in _GOES_ON.get(named.text[-1], "")


def stands_alone(named: Named) -> bool:
    """Whether a first name says more than a kind of place (城区, 郊区) or a dish (沙县)."""
    return named.division.level < 2 or len(named.text) > 2
