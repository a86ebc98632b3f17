"""The order numbers that a notice names, in whatever layout it lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbench.notice.parsed import Reading, Remark

__all__ = ["flagged_orders"]

_CELL = re.compile(r"['\"‘’]?(?P<id>[A-Za-z0-9][A-Za-z0-9.+-]{4,31})['\"‘’]?")
_LOOK_BACK = 60


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int


def flagged_orders(
    text: str, patterns: Mapping[str, str], taken: list[tuple[int, int]]
) -> tuple[list[Reading], list[Remark]]:
    """The orders of a narrow text, and what is said of orders that cannot be taken.

    Orders under a header or a label are stated; long numbers without one are likely. Numbers
    under the label of something else (waybill, phone, item) are none, nor are those of `taken`
    places. A range names its two ends only: what lies between is never guessed.
    """
    columns, rows = _columns(text, patterns["header"])
    found = [_reading(one, "stated") for one in columns]
    label = re.compile(
        rf"{patterns['label']}[^\n]{{0,24}}?[:(]?\s*{patterns['gap']}$", re.IGNORECASE
    )
    other = re.compile(rf"{patterns['other']}[^\n,;。]{{0,10}}$", re.IGNORECASE)
    alone, gap = re.compile(patterns["alone"]), re.compile(patterns["gap"])
    between = re.compile(patterns["range"])
    remarks, last, before = [], None, ""
    token = re.compile(rf"(?<![A-Za-z0-9.*-]){patterns['token']}(?![A-Za-z0-9*])")
    for one in token.finditer(text):
        here = _Token(one[0], one.start(), one.end())
        if _inside(here, taken) or _inside(here, rows):
            last = None
            continue
        start = max(last.end if last else 0, here.start - _LOOK_BACK)
        ahead = text[start : here.start]
        if last is not None and between.fullmatch(text[last.end : here.start]):
            remarks.append(_range(last, here))
            found.append(_reading(here, before or "likely"))
            last = here
            continue
        chained = last is not None and gap.fullmatch(text[last.end : here.start])
        sure = before if chained else _sure(here, ahead, label, other, alone)
        last, before = here, sure
        if sure:
            found.append(_reading(here, sure))
    remarks += [
        Remark("masked_order", one.start(), one.end(), (("order", one[0]),))
        for one in re.finditer(patterns["masked"], text)
    ]
    return sorted(found, key=lambda one: one.start), remarks


def _sure(
    token: _Token,
    ahead: str,
    label: re.Pattern[str],
    other: re.Pattern[str],
    alone: re.Pattern[str],
) -> str:
    line = ahead.rsplit("\n", 1)[-1]
    named, else_named = label.search(ahead), other.search(line)
    if else_named and (
        named is None or named.start() < len(ahead) - len(line) + else_named.start()
    ):
        return ""
    if named:
        return "stated"
    return "likely" if alone.fullmatch(token.text) else ""


def _columns(text: str, header: str) -> tuple[list[_Token], list[tuple[int, int]]]:
    """Order numbers in the column of a table under such a header, and where its rows stand."""
    found: list[_Token] = []
    rows: list[tuple[int, int]] = []
    head = re.compile(rf"\W*(?:{header})\W*", re.IGNORECASE)
    column, parted = -1, ""
    for start, line in _lines(text):
        if column >= 0:
            cells = _cells(line, parted)
            own = cells[column] if len(cells) > column and len(cells) > 1 else None
            cell = _CELL.fullmatch(own[0].strip()) if own else None
            if own and cell and sum(sign.isdigit() for sign in cell["id"]) >= 4:
                at = start + own[1] + own[0].index(cell["id"])
                found.append(_Token(cell["id"], at, at + len(cell["id"])))
            if own:
                rows.append((start, start + len(line)))
                continue
            column = -1
        for mark in ("\t", "|", ",", "  "):
            cells = _cells(line, mark)
            named = [at for at, (cell, _) in enumerate(cells) if head.fullmatch(cell)]
            if len(cells) > 1 and named:
                column, parted = named[0], mark
                rows.append((start, start + len(line)))
                break
    return found, rows


def _cells(line: str, mark: str) -> list[tuple[str, int]]:
    """The cells of a line and where each starts in it; an outer | parts nothing."""
    parts = r" {2,}" if mark == "  " else re.escape(mark)
    cells, at = [], 0
    for one in [*re.finditer(parts, line), None]:
        end = one.start() if one else len(line)
        cells.append((line[at:end], at))
        at = one.end() if one else end
    if mark == "|" and cells and not cells[0][0].strip():
        cells = cells[1:]
    return cells


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _inside(token: _Token, places: list[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in places)


def _range(first: _Token, last: _Token) -> Remark:
    figures = (("first", first.text), ("last", last.text))
    return Remark("order_range", first.start, last.end, figures)


def _reading(token: _Token, sure: str) -> Reading:
    return Reading("order_ids", token.text, token.start, token.end, sure)  # type: ignore[arg-type]
