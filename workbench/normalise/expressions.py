"""The same forms as expressions that run in the engine, for tables of millions of rows."""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, StringValue

from workbench.normalise import phone
from workbench.normalise.text import SIMPLIFIED, TRADITIONAL

__all__ = ["is_masked", "plain_address", "plain_phone"]

# What Unicode's compatibility form (NFKC) does to the characters that occur in addresses.
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000\u00a0"
_NARROW = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + "  "
_NUMERALS = "零〇一二两三四五六七八九①②③④⑤⑥⑦⑧⑨"
_DIGITS = "00122345678" + "9123456789"
_BRACKETS = "【】〔〕"
_ROUND = "()()"
_DASHES = "‐‑‒–—―−_/"
_POSTCODE = r"\((?:邮编)?[: ]*[0-9]{6}\)|邮编[: ]*[0-9]{6}"
_AS_IT_IS = r"^1(?:[3-9][0-9]{9}|[0-9]{2}[*]{4}[0-9]{4})$"
_REMARK = r"\([^()0-9]*\)"


def is_masked(text: StringValue) -> BooleanValue:
    """Whether a value is shown in part only: 138****8000, 张*, 张** or 138xxxx8000."""
    return text.re_search(phone.MASK)


def plain_address(address: StringValue) -> StringValue:
    """Narrow forms, lower case, digits for numerals, without postcode and bracketed remarks.

    To be compared, not to be read: unlike normalise_address it makes digits of every numeral, also
    in names (五一路 → 51路), since both spellings of one place are treated alike.
    """
    narrow = address.translate(
        _WIDE + _NUMERALS + _BRACKETS + TRADITIONAL, _NARROW + _DIGITS + _ROUND + SIMPLIFIED
    ).lower()
    return _tens(narrow).re_replace(_POSTCODE, "").re_replace(_REMARK, "").re_replace(r"no\.", "")


def plain_phone(text: StringValue) -> StringValue:
    """The key of a phone (see Phone.key): null where equality says nothing of who holds it."""
    # Nearly all are a mobile, or a masked one, without anything around: the rest costs ten times
    # as much and is worked out only where it is needed.
    return ibis.cases((text.re_search(_AS_IT_IS), text), else_=_key(text))


def _key(text: StringValue) -> StringValue:
    narrow = text.translate(_WIDE + _DASHES, _NARROW + "-" * len(_DASHES)).lower().strip()
    plain = narrow.re_replace(phone.SPACING, "").re_replace("^-+|-+$", "")
    number = _inland(plain.re_replace(phone.EXTENSION, "-"))
    digits = number.re_replace("[^0-9]", "")
    extension = number.re_extract(phone.LANDLINE, 3)
    landline = number.re_extract(phone.LANDLINE, 1) + number.re_extract(
        phone.LANDLINE, 2
    ).re_replace("-", "")
    nothing = ibis.null("string")
    whole = ibis.cases(
        (number.re_search(phone.MOBILE), digits.right(11)),
        (number.re_search(phone.PRIVACY), nothing),
        (
            number.re_search(phone.LANDLINE),
            ibis.ifelse(extension == "", landline, landline + "-" + extension),
        ),
        (number.re_search(phone.SERVICE) | number.re_search(phone.LOCAL), nothing),
        (number.re_search(phone.FOREIGN), ibis.literal("+") + digits.re_replace("^00", "")),
        (plain.re_search(phone.NUMERIC), plain.re_replace("[^0-9]", "")),
        else_=text.strip(),
    )
    shown = plain.re_replace(phone.EXPLICIT, "").re_replace("[^0-9*]", "")
    shown = ibis.ifelse(shown.re_search(phone.PREFIXED), shown.substr(2), shown)
    partial = ibis.ifelse(plain.re_search(phone.NUMERIC), shown, text.strip())
    return ibis.ifelse(plain.re_search(phone.MASK), partial, whole).nullif("")


def _inland(number: StringValue) -> StringValue:
    bare = number.re_replace(phone.EXPLICIT, "")
    kept = bare.re_search(phone.MOBILE) | bare.re_search(phone.PRIVACY) | bare.startswith("0")
    implicit = ibis.ifelse(number.re_search(phone.IMPLICIT), number.re_replace("^86-?", ""), number)
    return ibis.ifelse(bare == number, implicit, ibis.ifelse(kept, bare, ibis.literal("0") + bare))


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
