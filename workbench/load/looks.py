"""What the cells of a column look like: times, amounts, phones, waybills, known words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from workbench.load.formats import DEFAULT_EMPTY, DEFAULT_TIMES
from workbench.tables import Column

__all__ = [
    "ENOUGH",
    "FURTHER_TIMES",
    "filled_cells",
    "is_short_date",
    "looks_like",
    "matching",
    "usual_times",
]

# This share of the filled sample cells must look like the column's type.
ENOUGH = 0.8
# How people and bank systems write times, besides the platforms.
FURTHER_TIMES = (
    *("%Y年%m月%d日", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日%H:%M:%S"),
    *("%Y年%m月%d日 %H时%M分", "%Y年%m月%d日 %H时%M分%S秒"),
    *("%Y.%m.%d", "%Y.%m.%d %H:%M", "%Y.%m.%d %H:%M:%S"),
    *("%Y%m%d", "%Y%m%d %H:%M:%S", "%Y%m%d%H%M%S"),
)
_SHORT = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})(\D.*)?")
_PHONE = re.compile(r"(\+?86[- ]?)?1[3-9]\d(\d{8}|\*{4}\d{4}|\d\*{4,5}\d{2,3})")
_WAYBILL = re.compile(r"[A-Z]{1,4}\d{9,16}")
_ORDER_NUMBER = re.compile(r"\d{12,24}|\d{6}-\d{15}|\d{3}-\d{7}-\d{7}")
_DECIMAL = re.compile(r"[¥￥$€£]?-?[\d,]+\.\d{1,2} ?元?")
_ADDRESS = re.compile(r".*(省|市|自治区).*(区|县|市|镇|乡|路|街|号).*")

_PATTERNS = {
    "order_id": _ORDER_NUMBER,
    "tracking_no": _WAYBILL,
    "phone": _PHONE,
    "address": _ADDRESS,
}


def filled_cells(cells: Sequence[str]) -> list[str]:
    """The cells that say something."""
    return [c for cell in cells if (c := cell.strip()) and c not in DEFAULT_EMPTY]


def looks_like(column: Column, cells: Sequence[str]) -> tuple[int, int]:
    """How many of the filled cells have the column's type, and how many are filled."""
    filled = filled_cells(cells)
    test: Callable[[str], bool] = {
        "time": _is_time,
        "date": _is_time,
        "integer": _is_whole,
    }.get(column.type, _is_amount)
    return len(filled) if column.type == "text" else sum(map(test, filled)), len(filled)


def matching(column: Column, cells: Sequence[str]) -> tuple[int, int] | None:
    """How many of the filled cells have the shape that the column's values usually have.

    None for a column whose values have no shape of their own.
    """
    filled = filled_cells(cells)
    if column.name in _PATTERNS:
        pattern = _PATTERNS[column.name]
        if column.name == "order_id" and len(set(filled)) < ENOUGH * len(filled):
            return None
        return sum(bool(pattern.fullmatch(cell)) for cell in filled), len(filled)
    if column.type in ("time", "date"):
        return sum(_is_time(cell) and not cell.isdigit() for cell in filled), len(filled)
    if column.type == "money":
        return sum(bool(_DECIMAL.fullmatch(cell)) for cell in filled), len(filled)
    return None


def usual_times(cells: Sequence[str]) -> bool:
    """Whether the cells are times as platforms write them."""
    return all(_fits(cell, DEFAULT_TIMES) for cell in filled_cells(cells))


def is_short_date(cell: str) -> bool:
    """Whether a cell is a date in numbers without the year first: `03/04/2026`."""
    return bool(_SHORT.fullmatch(cell))


def _is_time(cell: str) -> bool:
    return is_short_date(cell) or _fits(cell, DEFAULT_TIMES) or _fits(cell, FURTHER_TIMES)


def _fits(cell: str, forms: Sequence[str]) -> bool:
    for form in forms:
        try:
            datetime.strptime(cell, form)
        except ValueError:
            continue
        return True
    return False


def _is_amount(cell: str) -> bool:
    return _amount(cell) is not None


def _is_whole(cell: str) -> bool:
    amount = _amount(cell)
    return amount is not None and amount == amount.to_integral_value()


def _amount(cell: str) -> Decimal | None:
    """What a cell comes to as a number; None for what is none, infinity and the like included."""
    if "_" in cell:  # Python reads it, an export does not mean it
        return None
    try:
        amount = Decimal(cell.strip("¥￥$€£元 ").replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
