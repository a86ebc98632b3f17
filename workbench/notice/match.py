"""Which orders of the data a notice names, however its numbers were written on the way."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import ibis
import pandas as pd

from workbench.language import words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.notice.notices import Notice

__all__ = ["Match", "match_ids", "match_orders", "match_question", "normal_id"]

How = Literal["exact", "normalised", "line", "corrected", ""]
Why = Literal["one_digit", "swapped", "one_missing", "one_too_many", "lost_digits", "ambiguous", ""]

_MOST_NEAR = 5
_ROUNDS = 8
_KEPT_DIGITS = 15  # a spreadsheet keeps so many digits of a number and writes 0 for the rest
_FORMULA = re.compile(r"""^=\s*["'](.*)["']$""")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
# Where an order number may stand, the first that holds it counts.
_PLACES = ("orders", "payments", "shipments", "reviews", "messages")


@dataclass(frozen=True)
class Match:
    """One order that a notice names.

    `order_id` is as the notice writes it, `matched` as the data do (None where not found), `how`
    it was found ("line": the number of an order line), `table` and `rows` where and how often.
    `near` are order numbers of the data that may be meant (at most five of `near_count`) and
    `why`: a question for a person, never a match.
    """

    order_id: str
    found: bool
    matched: str | None = None
    how: How = ""
    table: str = ""
    rows: int = 0
    near: tuple[str, ...] = ()
    near_count: int = 0
    why: Why = ""


def match_orders(notice: Notice, tables: Tables) -> pd.DataFrame:
    """Every order that the notice names, in its order, found or not.

    Columns: order_id, found, matched, how (exact | normalised | line | ""), table, rows, near
    (tuple of order ids), near_count, why; see Match.
    """
    columns = list(Match.__dataclass_fields__)
    found = match_ids(notice.order_ids, tables)
    frame = pd.DataFrame([vars(one) for one in found], columns=columns).astype(
        {"found": bool, "rows": "int64", "near_count": "int64"}
    )
    matched = pd.Series([one.matched for one in found], index=frame.index, dtype=object)
    return frame.assign(matched=matched)


def match_ids(order_ids: Sequence[str], tables: Tables) -> list[Match]:
    """`match_orders` for numbers that no notice holds yet, each once, in the order given."""
    wanted = list(dict.fromkeys(order_ids))
    exact = _exact(wanted, tables)
    if len(exact) == len(wanted):
        return [exact[one] for one in wanted]
    known = _Known(tables)
    return [exact.get(one) or _otherwise(one, known) for one in wanted]


def match_question(match: Match, language: str) -> str:
    """What a person is asked about an order that was not found; "" where it was."""
    say = words("notice", language)
    if match.found:
        return ""
    given = match.order_id
    if not match.near:
        return say("{order} is not in the loaded data.", order=given)
    listed = say(", ").join(match.near)
    if match.near_count > len(match.near):
        listed = say(
            "{listed} and {count} more", listed=listed, count=match.near_count - _MOST_NEAR
        )
    told = {
        "one_digit": say("one digit differs"),
        "swapped": say("two neighbouring digits are swapped"),
        "one_missing": say("the notice has one digit less"),
        "one_too_many": say("the notice has one digit more"),
        "lost_digits": say("a spreadsheet may have lost the last digits"),
        "ambiguous": say("several orders are written alike"),
    }[match.why]
    return say(
        "{order} is not in the loaded data. Is {listed} meant ({why})?",
        order=given,
        listed=listed,
        why=told,
    )


def normal_id(text: str) -> str:
    """An order number without what spreadsheets and typing add to it.

    Narrow letters and digits (NFKC), no blanks and invisible signs, no apostrophe or ="…" in
    front, no ".0" behind, capitals, no leading zeros. The same again is equal.
    """
    for _ in range(_ROUNDS):
        plain = _plainer(text)
        if plain == text:
            break
        text = plain
    return text


def _plainer(text: str) -> str:
    plain = "".join(
        one
        for one in unicodedata.normalize("NFKC", text)
        if not one.isspace() and unicodedata.category(one) not in ("Cc", "Cf")
    )
    if wrapped := _FORMULA.match(plain):
        plain = wrapped.group(1)
    plain = plain.strip("'‘’`\"“”#").upper()
    plain = re.sub(r"[‐‑‒–—−]", "-", plain)
    plain = re.sub(r"^(\d+)\.0+$", r"\1", plain)
    return plain.lstrip("0") or plain


class _Known:
    """All order numbers of the data; listed only once one of a notice is not found as it stands."""

    def __init__(self, tables: Tables) -> None:
        self.places: dict[str, Counter[str]] = {}
        for name in _PLACES:
            if name in tables and "order_id" in tables[name].columns:
                self.places[name] = Counter(_column(tables, name, "order_id"))
        self.lines: dict[str, str] = {}
        if "orders" in tables and "line_id" in tables["orders"].columns:
            stored = tables["orders"].select("line_id", "order_id").drop_null().to_pandas()
            pairs = stored.drop_duplicates()
            self.lines = dict(zip(pairs["line_id"], pairs["order_id"], strict=True))

    @cached_property
    def ids(self) -> set[str]:
        return {one for place in self.places.values() for one in place}

    @cached_property
    def normal(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for one in sorted(self.ids):
            found[normal_id(one)].append(one)
        return found

    @cached_property
    def normal_lines(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for line, order in self.lines.items():
            found[normal_id(line)].add(order)
        return found

    @cached_property
    def numbers(self) -> tuple[list[int], list[str]]:
        """The numbers that are digits only, sorted, and how each is written."""
        pairs = sorted((int(one), one) for one in self.ids if one.isdecimal() and one.isascii())
        return [number for number, _ in pairs], [one for _, one in pairs]

    def where(self, order_id: str) -> tuple[str, int]:
        return next(
            (name, place[order_id]) for name, place in self.places.items() if place[order_id]
        )


def _exact(wanted: list[str], tables: Tables) -> dict[str, Match]:
    found: dict[str, Match] = {}
    for name in _PLACES:
        left = [one for one in wanted if one not in found]
        if not left or name not in tables or "order_id" not in tables[name].columns:
            continue
        asked = ibis.memtable(pd.DataFrame({"order_id": pd.Series(left, dtype="str")}))
        rows = tables[name].semi_join(asked, "order_id").order_id.to_pandas()
        for order_id, count in Counter(rows).items():
            one = str(order_id)
            found[one] = Match(one, True, one, "exact", name, count)
    return found


def _otherwise(given: str, known: _Known) -> Match:
    """An order that the data do not write as the notice does."""
    key = normal_id(given)
    same = known.normal.get(key, [])
    if len(same) == 1:
        return Match(given, True, same[0], "normalised", *known.where(same[0]))
    if len(same) > 1:
        return Match(
            given, False, near=tuple(same[:_MOST_NEAR]), near_count=len(same), why="ambiguous"
        )
    orders = sorted(known.normal_lines.get(key, ()))
    if len(orders) == 1 and orders[0] in known.ids:
        return Match(given, True, orders[0], "line", *known.where(orders[0]))
    for why, candidates in _near(key, known):
        if candidates:
            near = tuple(candidates[:_MOST_NEAR])
            return Match(given, False, near=near, near_count=len(candidates), why=why)
    return Match(given, False)


def _near(key: str, known: _Known) -> Iterable[tuple[Why, list[str]]]:
    yield "lost_digits", _lost(key, known)
    digits = "0123456789"
    at = range(len(key))
    yield "one_digit", _among((key[:i] + d + key[i + 1 :] for i in at for d in digits), key, known)
    swaps = (key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in at[:-1])
    yield "swapped", _among(swaps, key, known)
    more = (key[:i] + d + key[i:] for i in range(len(key) + 1) for d in digits)
    yield "one_missing", _among(more, key, known)
    yield "one_too_many", _among((key[:i] + key[i + 1 :] for i in at), key, known)


def _among(candidates: Iterable[str], key: str, known: _Known) -> list[str]:
    if len(key) < 6:  # of a short number everything is near
        return []
    keys = {one for one in candidates if one != key and one in known.normal}
    return sorted(order for one in keys for order in known.normal[one])


def _lost(key: str, known: _Known) -> list[str]:
    """Numbers that a spreadsheet would write as this one, or that were written so in the data."""
    if _SCIENTIFIC.fullmatch(key):
        number = Decimal(key)
        shown = len(key.upper().partition("E")[0].replace(".", ""))
        lost = number.adjusted() + 1 - shown
        return _between(int(number), lost, known) if lost > 0 else []
    if not key.isdecimal() or len(key) <= _KEPT_DIGITS:
        return []
    around = _between(int(key), len(key) - _KEPT_DIGITS, known)
    damaged = [one for one in around if key in _damaged(normal_id(one))]
    written_so = [one for form in _damaged(key) for one in known.normal.get(form, [])]
    return sorted({*damaged, *written_so})


def _damaged(digits: str) -> set[str]:
    """What becomes of a long number that a program took for an amount, without the number itself.

    Cut or rounded to 15 digits (spreadsheets), or the nearest double, written in full or with its
    shortest digits (scripts). See IEEE 754: a double holds 53 bits, which is 15 to 17 digits.
    """
    unit = 10 ** (len(digits) - _KEPT_DIGITS)
    number, nearest = int(digits), float(digits)
    forms = {number // unit * unit, (number + unit // 2) // unit * unit}
    forms |= {int(nearest), int(Decimal(repr(nearest)))}
    return {str(one) for one in forms} - {digits}


def _between(number: int, lost: int, known: _Known) -> list[str]:
    """The orders whose numbers are this one when so many last digits are cut or rounded."""
    unit = 10**lost
    numbers, written = known.numbers
    first = bisect_left(numbers, number - unit // 2)
    return written[first : bisect_right(numbers, number + unit - 1)]


def _column(tables: Tables, name: str, column: str) -> Iterable[str]:
    return tables[name][column].to_pandas().dropna()
