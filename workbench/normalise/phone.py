"""One phone: which number it is, and whether equal numbers say anything of who holds it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

__all__ = ["MASK", "Kind", "Phone", "normalise_phone"]

Kind = Literal["mobile", "landline", "privacy", "service", "foreign", "masked", "opaque", "empty"]

_SPACING = r"\.0$|[\s().·'’`\"=]"
_EXTENSION = r"(?:分机号?|转|ext|#|,|;)[:-]*"
_EXPLICIT = r"^(?:\+86|0086)-?"
_IMPLICIT = r"^86-?(0?1[3-9](?:-?[0-9]){9}(?:-[0-9]{1,6})?|0[0-9-]{9,20})$"
_MOBILE = r"^0?1[3-9](?:-?[0-9]){9}$"
_PRIVACY = r"^0?1[3-9](?:-?[0-9]){9}-[0-9]{1,6}$"
_LANDLINE = r"^(0(?:10|2[0-9]|[3-9][0-9]{2}))-?([0-9]{7,8}|[0-9]{3,4}-[0-9]{4})(?:-([0-9]{1,6}))?$"
_LOCAL = r"^[2-8][0-9]{2,3}-?[0-9]{4}$"
_SERVICE = r"^(?:[48]00(?:-?[0-9]){7}(?:-[0-9]{1,6})?|95[0-9-]{3,14}|1[0-2][0-9]{1,4})$"
_FOREIGN = r"^(?:\+|00)[1-9](?:-?[0-9]){6,14}$"
_PREFIXED = r"^86([0-9*]{11})$"
MASK = r"[*＊●•]|[0-9][xX]{3,}[0-9]?"
_NUMERIC = r"^[-+0-9*]+$"

_VIRTUAL = re.compile(r"1(?:62|65|67|70|71)")
_SHOWN = re.compile(r"([0-9]*)[^0-9]+([0-9]*)")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－_/", "-"))
_CODE = re.compile(r"\+?([1-9][0-9]{0,2})")


@dataclass(frozen=True)
class Phone:
    """What a phone column says.

    kind: mobile, landline, privacy (a platform's number that forwards to the buyer), service (400,
        95…, 110), foreign, masked (shown in part), opaque (ciphertext, or no number that is known
        here), empty.
    number: the number in one form: 13812345678, 0571-88886666, 88886666 (landline without area
        code), +14155550123; None for masked and opaque ones.
    extension: what is dialled behind it.
    prefix, suffix: the digits that a mask leaves at both ends.
    virtual_operator: a mobile of the prefixes 162, 165, 167, 170 or 171 (sold by operators without
        a net of their own); a person may hold one.
    key: what equal numbers have in common, None where equality says nothing of who holds it:
        privacy and service numbers, and landlines without area code. Masked and opaque values have
        one, since equal ones are at least equal text.
    """

    kind: Kind
    number: str | None = None
    extension: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    virtual_operator: bool = False
    key: str | None = None

    @property
    def identity(self) -> bool:
        """Whether equal keys mean one number: a whole one that belongs to somebody."""
        return self.key is not None and self.kind in ("mobile", "landline", "foreign")


def normalise_phone(text: str, calling_code: str | None = None) -> Phone:
    """A phone as text; nothing is guessed.

    +86, 0086, 86 and a 0 before a mobile are left out, as are blanks, dashes, brackets and the
    apostrophes of a spreadsheet; full-width digits are read. A mobile has no extension of its own:
    with one (17012345678-1234) it is a platform's privacy number. Numbers of other countries are
    read when they begin with + or 00, or when `calling_code` ("1", "44") says whose they are and
    they begin with neither 0, which some countries dial and some not, nor that code itself.
    """
    plain = _plain(text)
    if not plain:
        return Phone("empty")
    if re.search(MASK, plain):
        return _masked(plain, text)
    number = _inland(re.sub(_EXTENSION, "-", plain))
    code = _CODE.fullmatch(calling_code or "86")
    at_home = code is not None and code[1] == "86"
    if at_home and (found := _chinese(number)):
        return found
    if re.fullmatch(_FOREIGN, number):
        whole = "+" + re.sub("[^0-9]", "", number.removeprefix("00"))
        return Phone("foreign", whole, key=whole)
    national = re.fullmatch(r"[1-9](?:-?[0-9]){5,13}", number) is not None
    if code and not at_home and national and not number.startswith(code[1]):
        whole = f"+{code[1]}{number.replace('-', '')}"
        return Phone("foreign", whole, key=whole)
    return Phone("opaque", key=re.sub("[^0-9]", "", plain) if _numeric(plain) else text.strip())


def _chinese(number: str) -> Phone | None:
    digits = re.sub("[^0-9]", "", number)
    if re.fullmatch(_MOBILE, number):
        return Phone("mobile", digits[-11:], virtual_operator=_is_virtual(digits), key=digits[-11:])
    if re.fullmatch(_PRIVACY, number):
        base, _, extension = number.rpartition("-")
        base = re.sub("[^0-9]", "", base)[-11:]
        return Phone("privacy", base, extension, virtual_operator=_is_virtual(base))
    if found := re.fullmatch(_LANDLINE, number):
        local, extension = found[2].replace("-", ""), found[3]
        key = found[1] + local + (f"-{extension}" if extension else "")
        return Phone("landline", f"{found[1]}-{local}", extension, key=key)
    if re.fullmatch(_SERVICE, number):
        return Phone("service", digits)
    if re.fullmatch(_LOCAL, number):
        return Phone("landline", digits)
    return None


def _inland(number: str) -> str:
    """A number without the prefix of China; an area code gets its 0 again."""
    bare = re.sub(_EXPLICIT, "", number)
    if bare == number:
        return re.sub(_IMPLICIT, r"\1", number)
    whole = re.fullmatch(_MOBILE, bare) or re.fullmatch(_PRIVACY, bare)
    return bare if whole or bare.startswith("0") else "0" + bare


def _masked(plain: str, text: str) -> Phone:
    bare = re.sub(_EXPLICIT, "", plain).replace("-", "")
    bare = re.sub(_PREFIXED, r"\1", bare)
    shown = _SHOWN.fullmatch(re.sub("[xX＊●•]", "*", bare))
    key = re.sub("[^0-9*]", "", bare) if _numeric(plain) else text.strip()
    if shown is None:
        return Phone("masked", key=key)
    return Phone("masked", prefix=shown[1] or None, suffix=shown[2] or None, key=key)


def _plain(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text).translate(_DASHES).lower()
    return re.sub(_SPACING, "", narrow.strip()).strip("-")


def _is_virtual(digits: str) -> bool:
    return _VIRTUAL.match(digits[-11:]) is not None


def _numeric(plain: str) -> bool:
    return re.fullmatch(_NUMERIC, plain) is not None
