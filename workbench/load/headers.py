"""Find the header row of a table, and compare headers as people mean them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["HEADER_ROWS", "HeaderRow", "find_header", "header_key", "is_blank", "text_header"]

# A header is looked for in the first rows only; the longest known preamble is four rows.
HEADER_ROWS = 30
_DELIMITERS = (",", "\t", ";")
_EDGE = " \t\r\n\u3000\ufeff\u00a0'\""
_SHORT = 200
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class HeaderRow:
    """The header row of a table.

    `row` counts from 1 as a spreadsheet does; `lines` is how many physical lines lie up to and
    including it; `cells` are the headers as written, `extra` is 1 when the data rows carry one
    empty cell more than the header (a comma at each line's end).
    """

    row: int
    cells: tuple[str, ...]
    lines: int = 0
    delimiter: str = ""
    extra: int = 0


def header_key(header: str) -> str:
    """What two headers are compared by.

    Blanks and quotes at the ends, a byte-order mark, full-width or half-width signs, and small or
    capital letters make no difference.
    """
    return _remembered_key(header) if len(header) <= _SHORT else _key(header)


def _key(header: str) -> str:
    plain = unicodedata.normalize("NFKC", header).strip(_EDGE)
    if plain.startswith("="):
        plain = plain[1:].strip(_EDGE)
    return _BLANKS.sub(" ", plain).casefold()


# The headers of all formats are compared with those of every file.
_remembered_key = lru_cache(maxsize=50_000)(_key)


def is_blank(cells: Iterable[object]) -> bool:
    """Whether a row has no value in any cell."""
    return not any(str(cell).strip(_EDGE) for cell in cells if cell is not None)


def find_header(rows: Sequence[Sequence[str]], known: Collection[str]) -> tuple[int, int]:
    """Index of the row with the most known headers, and how many it has.

    `known` are header keys. Without any known header it is the first row that is not blank.
    """
    best, most = -1, 0
    for index, row in enumerate(rows[:HEADER_ROWS]):
        matched = len({header_key(cell) for cell in row} & set(known))
        if matched > most:
            best, most = index, matched
    if best < 0:
        best = next((i for i, row in enumerate(rows) if not is_blank(row)), 0)
    return best, most


def text_header(lines: Sequence[str], known: Collection[str]) -> HeaderRow:
    """The header row among the first `lines` of a text file, with the delimiter that shows it."""
    found = []
    for order, delimiter in enumerate(_DELIMITERS):
        rows, ends = _records(lines, delimiter)
        index, matched = find_header(rows, known)
        cells = tuple(rows[index]) if rows else ()
        after = rows[index + 1] if index + 1 < len(rows) else []
        extra = int(len(after) == len(cells) + 1 and not after[-1].strip())
        if cells and not cells[-1].strip() and _shorter(rows[index + 1 :], len(cells)):
            cells = cells[:-1]  # a comma at the end of the header line only
        header = HeaderRow(index + 1, cells, ends[index] if ends else 0, delimiter, extra)
        found.append(((matched, len(cells), -order), header))
    return max(found, key=lambda pair: pair[0])[1]


def _shorter(rows: Sequence[Sequence[str]], cells: int) -> bool:
    """Whether more of the rows have one cell less than `cells` than have as many."""
    lengths = [len(row) for row in rows]
    return lengths.count(cells - 1) > lengths.count(cells)


def _records(lines: Sequence[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) > HEADER_ROWS:
                break
    except csv.Error:  # a cell longer than the reader allows: what came before still stands
        pass
    return rows, ends
