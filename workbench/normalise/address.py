"""One Chinese address: its divisions as far as they are certain, and the rest in plain form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from workbench.normalise.divisions import MUNICIPALITIES, Division, division, successors
from workbench.normalise.numerals import NUMERALS, digits_before_units
from workbench.normalise.place import read_place
from workbench.normalise.text import plain_text

__all__ = ["Address", "Former", "normalise_address"]

_ROUNDS = 4
_NUMBERS = re.compile("[0-9]")
_POSTCODE = re.compile(
    r"\((?:邮编)?[: ]*([0-9]{6})\)|邮编[: ]*([0-9]{6})(?![0-9])|^[^0-9\w*]*([0-9]{6})(?![0-9号栋])"
)
_REMARK = re.compile(r"\(([^()0-9]*)\)")
_MARKS = re.compile(r"[(*]")
_UNEVEN = re.compile(rf"[ ,.;:/|_()\-{NUMERALS}]|第[0-9]")
_MASKS = re.compile(r"\*+")
_BUILDING = re.compile(r"(?<=[0-9a-z])(?:号楼(?!梯)|幢|#楼|#)")
_ACCENT = r"[\u0300-\u036f\u3099\u309a]"
# A blank before an accent is no blank between words: without it the accent would move.
# A blank between two numbers parts them: 三 二〇三室 is no 3203.
_WORD = rf"[^ -~{NUMERALS}]"
_LOOSE = re.compile(
    rf"(?<={_WORD})[ ,;]+(?![ ,;]*{_ACCENT})|[ ,;]+(?={_WORD})(?!{_ACCENT})"
    r"|^[ ,.;:/|_()-]+|[ ,.;:/|_(-]+$"
)


@dataclass(frozen=True)
class Former:
    """A name that an address has and that the table's date has not.

    `until` is the year of its end, `into` the codes of what has its area now.
    """

    name: str
    until: int
    into: tuple[str, ...]


@dataclass(frozen=True)
class Address:
    """What an address says for certain; None where it does not.

    province, city, district: full names of today; a former division that was divided keeps its
    own name. A district that no city has (仙桃市) has city None; a municipality is its own city.
    code: GB/T 2260, of the lowest division that is known.
    rest: what stands behind the divisions, in plain form (see normalise_address); None: nothing.
        The whole text, with its blanks, where there are candidates or a conflict.
    postcode: six digits that are marked as one; None when there are two different ones.
    former: the former division that was read.
    candidates: codes of divisions between which the address does not decide.
    conflict: two names, as written, of which one cannot be.
    partial: part of it is masked, so that equal rests say little.
    """

    province: str | None = None
    city: str | None = None
    district: str | None = None
    code: str | None = None
    rest: str | None = None
    postcode: str | None = None
    former: Former | None = None
    candidates: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    partial: bool = False

    @property
    def text(self) -> str:
        """The address in one line; normalising it again gives the same."""
        doubt = self.candidates or self.conflict
        place = dict.fromkeys(filter(None, (self.province, self.city, self.district)))
        place = {} if doubt else place
        return " ".join([*place, *filter(None, [self.rest or "*" * self.partial])])


def normalise_address(text: str) -> Address:
    """The divisions and the rest of a Chinese address.

    Divisions are read from the beginning, in full (浙江省杭州市余杭区), shortened (浙江杭州余杭)
    where blanks or each other confirm them, or from the lowest alone where only one has that
    name. Nothing is guessed: 假县 is None, 朝阳区 alone has two candidates, 浙江省南京市 is a
    conflict. Former names give today's division and `former`.

    The rest is plain text (see plain_text) without postcode, remarks in brackets, and blanks
    between Chinese characters; numerals before a unit are digits (二十三号 → 23号; 三里屯 stays),
    幢, 号楼 and # behind a number are 栋, and what is masked is one *.
    """
    one, stable = _once(plain_text(text))
    for _ in range(_ROUNDS):
        if stable:
            break
        # A remark or a blank that is left out may have stood in the way: (门口)杭 州市.
        again, stable = _once(plain_text(one.text))
        one = replace(
            again,
            former=again.former or one.former,
            postcode=again.postcode or one.postcode,
            partial=again.partial or one.partial,
        )
    return one


def _once(plain: str) -> tuple[Address, bool]:
    """What one reading gives, and whether reading its result can give nothing else."""
    partial = "*" in plain
    postcodes = set()
    while found := _POSTCODE.findall(plain):
        postcodes |= {code for codes in found for code in codes if code}
        plain = plain_text(_POSTCODE.sub(" ", plain))
    read = read_place(plain)
    province, city, district = _divisions(read.place)
    lowest = district or city or province
    doubt = bool(read.candidates or read.conflict)
    tail = plain[read.end :]
    rest = tail or None if doubt else _rest(tail)
    address = Address(
        province=province.name if province else None,
        city=city.name if city else None,
        district=district.name if district else None,
        code=lowest.code if lowest else None,
        rest=rest,
        postcode=postcodes.pop() if len(postcodes) == 1 else None,
        former=_former(read.place),
        candidates=tuple(one.code for one in read.candidates),
        conflict=read.conflict,
        partial=partial,
    )
    return address, _NUMBERS.split(tail, 1)[0] == _NUMBERS.split(rest or "", 1)[0]


def _divisions(place: Division | None) -> tuple[Division | None, Division | None, Division | None]:
    """Province, city and district of today in which a division lies."""
    if place is None:
        return None, None, None
    now = successors(place)
    lowest = now[0] if len(now) == 1 else place
    province = division(lowest.code[:2] + "0000")
    if lowest.level == 0:
        city = province if lowest.code[:2] in MUNICIPALITIES else None
        return province, city, None
    district = lowest if lowest.level == 2 else None
    if lowest.code[:2] in MUNICIPALITIES:
        return province, province, district
    cities = {division(one.code[:4] + "00") for one in now}
    city = cities.pop() if len(cities) == 1 else None
    return province, lowest if lowest.level == 1 else city, district


def _former(place: Division | None) -> Former | None:
    if place is None or place.until is None:
        return None
    return Former(place.name, place.until, place.into)


def _rest(plain: str) -> str | None:
    """The text behind the divisions in one form; None when nothing but marks is left."""
    rest = plain
    if _MARKS.search(rest):
        rest = _MASKS.sub("*", _REMARK.sub("", rest))
    for _ in range(len(rest)):  # each turn makes it shorter or is the last
        again = digits_before_units(_LOOSE.sub("", rest)) if _UNEVEN.search(rest) else rest
        again = _BUILDING.sub("栋", again)
        if again == rest:
            break
        rest = again
    return rest if rest.strip("*") else None
