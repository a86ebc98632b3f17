"""Which sign parts the whole of an amount from its fraction: `1.234,50` or `1,234.50`."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["DecimalSign", "swapped"]

# The figures of an amount, with blanks and what names a currency taken away.
_BESIDE = r"[^0-9.,]"
_WITH_POINT = r"^([1-9]\d{0,2}(,\d{3})+(\.\d*)?|\d*\.?\d*)$"
_WITH_COMMA = r"^([1-9]\d{0,2}(\.\d{3})+(,\d*)?|\d*,?\d*)$"
_OF_NO_FRACTION = r"(?i)₫|VND|\bRp\b|Rp[.\s\d]|IDR"


@dataclass
class DecimalSign:
    """What the cells of one column say about their decimal sign.

    `point` and `comma` are the first row, with its cell, that fits only that sign; `dotted` the
    first that fits both and says another amount with each, as `12.000` does; `no_fraction` the
    first of a currency that has no fractions in trade (Vietnamese dong, Indonesian rupiah).
    """

    point: tuple[int, str] | None = None
    comma: tuple[int, str] | None = None
    dotted: tuple[int, str] | None = None
    no_fraction: tuple[int, str] | None = None

    @property
    def open(self) -> bool:
        """Whether the cells that follow may change what is decided."""
        return not self.point and bool(self.comma or self.dotted)

    def add(self, cells: pa.ChunkedArray, rows: pa.ChunkedArray) -> None:
        """Look at further cells of the column, and the rows they stand in."""
        signed = pc.match_substring_regex(cells, r"\d[.,]|[.,]\d")
        if not pc.any(signed).as_py():
            return
        cells, rows = cells.filter(signed), rows.filter(signed)
        figures = pc.replace_substring_regex(cells, _BESIDE, "")
        # A full stop at the ends belongs to what names the currency, as in `Rs. 5` and `5 kr.`
        figures = pc.utf8_trim(figures, characters=".")
        point = pc.match_substring_regex(figures, _WITH_POINT)
        comma = pc.match_substring_regex(figures, _WITH_COMMA)
        both = pc.and_(pc.and_(point, comma), pc.match_substring(figures, "."))
        bare = pc.match_substring_regex(cells, _OF_NO_FRACTION)
        self.point = self.point or _first(pc.and_not(point, comma), cells, rows)
        self.comma = self.comma or _first(pc.and_not(comma, point), cells, rows)
        self.dotted = self.dotted or _first(both, cells, rows)
        self.no_fraction = self.no_fraction or _first(bare, cells, rows)


def swapped(cell: str) -> str:
    """SQL of an amount with a decimal comma as one with a decimal point."""
    return f"translate(replace(replace({cell}, '\u00a0', ''), '\u202f', ''), '.,', ',.')"


def _first(
    mask: pa.ChunkedArray, cells: pa.ChunkedArray, rows: pa.ChunkedArray
) -> tuple[int, str] | None:
    found = rows.filter(mask)
    if not len(found):
        return None
    return found[0].as_py(), cells.filter(mask)[0].as_py().strip()
