"""Take contact details out of a free text that stays visible, such as a product title."""

from __future__ import annotations

import re

__all__ = ["WITHHELD", "scrub"]

WITHHELD = "▒"

# Signs that take no room can split a number for the eye of a program only.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_GAP = r"[\s\-‐-―－.·_()（）]{0,2}"
_PATTERNS = [
    # e-mail; bounded, or a text of one long word would take time as the square of its length
    r"[\w.+\-]{1,64}\s?[@＠]\s?[\w\-]{1,63}(?:[.．][\w\-]{1,63})+",
    # resident identity number: 17 digits and a digit or X
    r"\d{17}[\dXx]",
    # Chinese mobile number, whole or in blocks, with or without +86
    rf"(?:[+＋]?86{_GAP})?1{_GAP}[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}",
    # international number
    rf"[+＋]\d(?:{_GAP}\d){{6,14}}",
    # landline with area code
    r"0\d{2,3}[\-－ ]\d{7,8}",
    # account of a messenger, named as such
    r"(?i:qq|微信|薇信|wechat|weixin|vx|v信|whatsapp|telegram|手机|电话|tel|phone)"
    r"\s?(?:号|群|号码)?\s?[:：]?\s?[A-Za-z0-9_\-]{5,}",
    # a mobile number in words: eleven digits as Chinese numerals
    r"[〇零一二三四五六七八九幺]{11,}",
    # any other run of digits long enough to be an account, save a date such as 20260105
    r"(?<!\d)(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))\d{7,}",
]
_PERSONAL = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def scrub(text: str) -> str:
    """The text with phone, identity and account numbers and e-mail addresses as "▒".

    Amounts, sizes and years (fewer than seven digits in a row) stay. This is for texts that the
    shop wrote to be read by all; a text that a buyer wrote is withheld as a whole instead.
    """
    return _PERSONAL.sub(WITHHELD, _INVISIBLE.sub("", text))
