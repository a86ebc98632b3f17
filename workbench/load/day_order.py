"""Dates written with numbers only and without the year first: which number is the day.

`03/04/2026` is the third of April or the fourth of March. Nobody can tell from one cell, but a
column has one way of writing, and `23/04/2026` fits only one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["READINGS", "SHORT_DATE", "DayOrder", "form_reading", "named_forms", "short_forms"]

# day first, month first, or a year of two digits first.
READINGS = ("day-first", "month-first", "year-first")
SHORT_DATE = r"^\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})(\D.*)?$"
_PARTS = r"(?s)^\s*(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{4}|\d{2})(?:\D.*)?$"
_CLOCKS = (*("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %p %I:%M", " %p %I:%M:%S"),)
# Years of two digits that a shop's export may hold; others would be another number of the date.
_YEARS = (10, 68)


@dataclass
class DayOrder:
    """What the cells of one column say about the way its dates are written.

    `against` holds for each reading the first row, with its cell, that does not fit it;
    `example` the first row that fits more than one, and says another day in each.
    """

    against: dict[str, tuple[int, str]] = field(default_factory=dict)
    example: tuple[int, str] | None = None
    seen: bool = False

    @property
    def open(self) -> bool:
        """Whether the cells that follow may change what is decided."""
        return self.seen

    @property
    def left(self) -> list[str]:
        """The readings that every date of the column fits."""
        return [reading for reading in READINGS if reading not in self.against]

    def add(self, cells: pa.ChunkedArray, rows: pa.ChunkedArray) -> None:
        """Look at further cells of the column, and the rows they stand in."""
        parts = pc.extract_regex(cells, _PARTS).combine_chunks()
        found = pc.is_valid(parts)
        if not pc.any(found).as_py():
            return
        self.seen = True
        parts, rows = parts.filter(found), rows.combine_chunks().filter(found)
        cells = cells.combine_chunks().filter(found)
        texts = [pc.struct_field(parts, name) for name in "abc"]
        first, second, third = (text.cast(pa.int64()).to_numpy() for text in texts)
        short = pc.equal(pc.utf8_length(texts[2]), 2).to_numpy(zero_copy_only=False)
        fits = _fits(first, second, third, short)
        dates = fits.any(axis=0)
        for reading, fit in zip(READINGS, fits, strict=True):
            wrong = np.flatnonzero(dates & ~fit)
            if len(wrong) and reading not in self.against:
                self.against[reading] = (rows[wrong[0]].as_py(), cells[wrong[0]].as_py().strip())
        open_to = np.flatnonzero((fits.sum(axis=0) > 1) & ((first != second) | fits[2]))
        if len(open_to) and self.example is None:
            self.example = (rows[open_to[0]].as_py(), cells[open_to[0]].as_py().strip())

    def because(self, reading: str) -> tuple[int, str]:
        """The row, with its cell, that speaks against the likeliest other reading."""
        rivals = [other for other in READINGS if other != reading and other in self.against]
        return self.against[rivals[0]]


def _fits(
    first: np.ndarray, second: np.ndarray, third: np.ndarray, short: np.ndarray
) -> np.ndarray:
    """Whether each date fits each of READINGS (rows of the result)."""

    def within(numbers: np.ndarray, low: int, high: int) -> np.ndarray:
        return np.asarray((numbers >= low) & (numbers <= high))

    year_last = ~short | within(third, *_YEARS)
    month_second, day_second = within(second, 1, 12), within(second, 1, 31)
    return np.stack(
        [
            within(first, 1, 31) & month_second & year_last,
            within(first, 1, 12) & day_second & year_last,
            short & within(first, *_YEARS) & month_second & within(third, 1, 31),
        ]
    )


def form_reading(form: str) -> str:
    """The reading of a strptime form of numbers without the year first; "" for any other."""
    numbers = re.findall(r"%([dmyYbB])", form)[:3]
    if sorted(numbers)[1:] != ["m", "y"] and sorted(numbers) != ["Y", "d", "m"]:
        return ""
    return {"d": "day-first", "m": "month-first", "y": "year-first"}.get(numbers[0], "")


def short_forms(reading: str) -> Sequence[str]:
    """Strptime forms of dates between slashes, the years of two digits first."""
    dates = {
        "day-first": ("%d/%m/%y", "%d/%m/%Y"),
        "month-first": ("%m/%d/%y", "%m/%d/%Y"),
        "year-first": ("%y/%m/%d",),
    }[reading]
    return [f"{date}{clock}" for date in dates for clock in _CLOCKS]


def named_forms() -> Sequence[str]:
    """Strptime forms of dates whose month is a name, or whose year comes first, between blanks."""
    dates = ("%b %d %y", "%d %b %y", "%b %d %Y", "%d %b %Y", "%Y %b %d", "%Y %m %d")
    return [f"{date}{clock}" for date in dates for clock in _CLOCKS]
