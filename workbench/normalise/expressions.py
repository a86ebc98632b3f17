"""The same forms as expressions that run in the engine, for tables of millions of rows."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, StringValue

from workbench.normalise.phone import MASK
from workbench.normalise.text import SIMPLIFIED, TRADITIONAL

__all__ = ["is_masked", "is_plain_phone", "is_privacy_number", "mobile_key", "plain_address"]

# What Unicode's compatibility form (NFKC) does to the characters that occur in addresses.
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000\u00a0"
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + "  "
_NUMERALS = "零〇一二两三四五六七八九①②③④⑤⑥⑦⑧⑨"
_DIGITS = "00122345678" + "9123456789"
_BRACKETS = "【】〔〕"
_ROUND = "()()"
_POSTCODE = r"\((?:邮编)?[: ]*[0-9]{6}\)|邮编[: ]*[0-9]{6}"
_REMARK = r"\([^()0-9]*\)"
_MOBILE = r"^(?:(?:\+86|0086|86)-?)?0?1[3-9](?:-?[0-9]){9}$"
_PRIVACY = r"^(?:(?:\+86|0086|86)-?)?0?1[3-9](?:-?[0-9]){9}-[0-9]{1,6}$"


def is_masked(text: StringValue) -> BooleanValue:
    """Whether a value is shown in part only: 138****8000, 张*, 张** or 138xxxx8000."""
    return text.re_search(MASK)


def plain_address(address: StringValue) -> StringValue:
    """Narrow forms, lower case, digits for numerals, without postcode and bracketed remarks.

    To be compared, not to be read: unlike normalise_address it makes digits of every numeral, also
    in names (五一路 → 51路), since both spellings of one place are treated alike.
    """
    narrow = _narrow(address).lower()
    return _tens(narrow).re_replace(_POSTCODE, "").re_replace(_REMARK, "").re_replace(r"no\.", "")


def _narrow(address: StringValue) -> StringValue:
    """Wide, traditional and bracketed forms and numerals by their plain ones.

    Only texts that have any go through the table, which engines build anew for each of them.
    """
    odd, plain = (
        _WIDE + _NUMERALS + _BRACKETS + TRADITIONAL,
        _NARROW + _DIGITS + _ROUND + SIMPLIFIED,
    )
    some = address.re_search(f"[{odd}]")
    return ibis.ifelse(some, address.translate(odd, plain), address)


def is_plain_phone(text: StringValue) -> BooleanValue:
    """Whether a phone is its own key (see Phone.key) as it stands: eleven digits, masked or not.

    Nearly all are.
    """
    return text.re_search(r"^1(?:[0-9]{10}|[0-9]{2}[*]{4}[0-9]{4})$")


def mobile_key(text: StringValue) -> StringValue:
    """The key of a mobile of China that is written with prefix, blanks or dashes; else null.

    What normalise_phone says of the same text, for the spellings that come by the thousand;
    whatever else there is, is left to phone_frame.
    """
    tidy = _tidy_phone(text)
    digits = tidy.re_replace("[^0-9]", "")
    return ibis.ifelse(tidy.re_search(_MOBILE), digits.right(11), ibis.null("string"))


def is_privacy_number(text: StringValue) -> BooleanValue:
    """Whether a phone is a platform's number that forwards to the buyer: it has no key."""
    return _tidy_phone(text).re_search(_PRIVACY)


def _tidy_phone(text: StringValue) -> StringValue:
    return text.strip().re_replace(r"\.0$|[\s().'`\"=]", "")


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
