"""Compare what two papers say of one thing, where one may show only part of it.

Every comparison gives True (they agree), False (they differ) or None (what is shown of them fits,
and does not tell). Fitting is no agreement: 138****8000 is not proof of 13812348000.
"""

from __future__ import annotations

import re
from decimal import Decimal

from workbench.normalise import normalise_address, normalise_phone, plain_text

__all__ = ["agree_address", "agree_amount", "agree_name", "agree_phone", "agree_text"]

_MASK = re.compile(r"[*＊●•]+")
# A place's divisions are left out of what is written by hand; a street and a door are not.
_LEAST_STREET = 4
_CENT = Decimal("0.01")


def agree_phone(one: str, other: str) -> bool | None:
    """Two phone numbers; privacy numbers and ciphertext tell nothing of who holds them."""
    first, second = normalise_phone(one), normalise_phone(other)
    if first.identity and second.identity:
        return first.number == second.number
    numbers = [p.number for p in (first, second) if p.identity]
    masked = [p for p in (first, second) if p.kind == "masked"]
    if len(numbers) == 1 and len(masked) == 1 and numbers[0]:
        fits = numbers[0].startswith(masked[0].prefix or "")
        return None if fits and numbers[0].endswith(masked[0].suffix or "") else False
    if len(masked) == 2:
        heads = _fit(first.prefix or "", second.prefix or "", from_end=False)
        return None if heads and _fit(first.suffix or "", second.suffix or "", True) else False
    return None


def agree_name(one: str, other: str) -> bool | None:
    """Two names of a consignee; a mask stands for any characters."""
    return _masked_text("".join(plain_text(one).split()), "".join(plain_text(other).split()))


def agree_address(one: str, other: str) -> bool | None:
    """Two written addresses; one may leave province, city or district out."""
    first, second = (plain_text(text).replace(" ", "") for text in (one, other))
    if not first or not second:
        return None
    if _MASK.search(first) or _MASK.search(second):
        return _masked_text(first, second)
    short, long = sorted((first, second), key=len)
    if first == second or (len(short) >= _LEAST_STREET and long.endswith(short)):
        return True
    read = normalise_address(one), normalise_address(other)
    rests = [(place.rest or "").replace(" ", "") for place in read]
    codes = [place.code for place in read if place.code]
    if rests[0] and rests[0] == rests[1]:
        return True if len(codes) == 2 and codes[0] == codes[1] else _same_place(codes)
    # Two spellings of one door are not told from two doors here: a person looks.
    return _same_place(codes) if not all(rests) else _doors(rests)


def agree_text(one: str, other: str) -> bool | None:
    """Two numbers or codes, written with or without blanks and dashes."""
    return _masked_text(*(re.sub(r"[\s\-]", "", plain_text(text)) for text in (one, other)))


def agree_amount(one: Decimal, other: Decimal) -> bool:
    """Two amounts of money, to the cent."""
    return abs(one - other) < _CENT


def _same_place(codes: list[str]) -> bool | None:
    """Whether two divisions (GB/T 2260) exclude each other; they never prove one door."""
    if len(codes) < 2:
        return None
    parts = [[code[n : n + 2] for n in (0, 2, 4)] for code in codes]
    apart = any("00" not in pair and pair[0] != pair[1] for pair in zip(*parts, strict=True))
    return False if apart else None


def _doors(rests: list[str]) -> bool | None:
    """Rests with as many numbers each (house, building, room) differ when one of these does."""
    first, second = (re.findall(r"[0-9]+", rest) for rest in rests)
    return False if len(first) == len(second) and first != second else None


def _masked_text(one: str, other: str) -> bool | None:
    if not one or not other:
        return None
    masked = [bool(_MASK.search(text)) for text in (one, other)]
    if not any(masked):
        return one == other
    if all(masked):
        first, second = _MASK.split(one), _MASK.split(other)
        heads = _fit(first[0], second[0], from_end=False)
        return None if heads and _fit(first[-1], second[-1], from_end=True) else False
    part, whole = (one, other) if masked[0] else (other, one)
    pattern = ".*".join(re.escape(shown) for shown in _MASK.split(part))
    return None if re.fullmatch(pattern, whole) else False


def _fit(one: str, other: str, from_end: bool) -> bool:
    short, long = sorted((one, other), key=len)
    return long.endswith(short) if from_end else long.startswith(short)
