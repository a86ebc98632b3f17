"""Write quarantined rows as a table to be corrected, and know such a table again.

Each row stands under its original headers, behind columns that say where it comes from. All cells
are text, so that no spreadsheet program takes the last digits from an id; what one would run as a
formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill

from workbench.errors import BadInput
from workbench.load.clean import EDGE
from workbench.load.quarantine import open_problems, raw_cells
from workbench.load.reading import Reading, reading_path
from workbench.tables.loads import read_book

__all__ = ["LEADING", "SURPLUS", "Occurrence", "occurrences", "plain_cell", "write_quarantine"]

LEADING = ("file", "source_file", "source_row", "column", "value", "reason")
# Heads the cells that a misshapen row has beyond its headers.
SURPLUS = "surplus cell"

# A header and how many of the same name stand before it.
Occurrence = tuple[str, int]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONG_NUMBER = re.compile(r"\d{12,}")
_MAX_ROWS = 1_048_575
_MAX_CHARACTERS = 32_767
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF3")
_HEAD_FONT = Font(bold=True)


def write_quarantine(tables_dir: Path, out: Path) -> int:
    """Write every row that is quarantined still to `out`, .xlsx or .csv; gives their number.

    Columns: file, source_file (SHA-256), source_row, column, value, reason (several joined by
    " | "), then the headers of the originals. Raises BadInput when nothing is quarantined, `out`
    has another ending, or a file was loaded before its way of reading was kept.
    """
    out = Path(out)
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise BadInput("The file must end in .xlsx or .csv", str(out))
    problems = open_problems(tables_dir, read_book(tables_dir))
    if problems.empty:
        raise BadInput("No row of this case is quarantined", str(tables_dir.parent))
    readings = {
        source: _reading(tables_dir, str(table), str(source), str(file))
        for table, source, file in problems[["table", "source_file", "file"]]
        .drop_duplicates()
        .itertuples(index=False)
    }
    heads = list(dict.fromkeys(o for r in readings.values() for o in occurrences(r.headers)))
    surplus = _surplus(problems, readings)
    headers = [*LEADING, *(header for header, _ in heads), *[SURPLUS] * surplus]
    rows = _rows(problems, readings, heads, surplus)
    if out.suffix.lower() == ".csv":
        return _write_csv(out, headers, rows)
    return _write_workbook(out, headers, rows)


def occurrences(headers: Sequence[str]) -> list[Occurrence]:
    """Each header with the number of those of the same name before it."""
    seen: Counter[str] = Counter()
    found = []
    for header in headers:
        name = header.strip(EDGE)
        found.append((name, seen[name]))
        seen[name] += 1
    return found


def plain_cell(cell: str) -> str:
    """What a cell says, without what this module or a spreadsheet program wrapped around it."""
    text = cell.strip(EDGE)
    if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS):
        text = text[1:]
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip(EDGE)


def _reading(tables_dir: Path, table: str, source: str, file: str) -> Reading:
    path = reading_path(tables_dir, table, source)
    if not path.is_file():
        raise BadInput(
            "How the file was read has not been kept", file, "Load the original file again first"
        )
    return Reading.from_json(path.read_text("utf-8"))


def _surplus(problems: pd.DataFrame, readings: Mapping[str, Reading]) -> int:
    """How many cells the longest row has beyond its headers."""
    most = 0
    for row in problems[problems["reason"] == "misshapen"].itertuples(index=False):
        reading = readings[str(row.source_file)]
        most = max(most, len(raw_cells(str(row.raw), reading.delimiter)) - len(reading.headers))
    return most


def _rows(
    problems: pd.DataFrame,
    readings: Mapping[str, Reading],
    heads: Sequence[Occurrence],
    surplus: int,
) -> Iterator[list[str]]:
    places = {head: n for n, head in enumerate(heads)}
    for (_, source, number), found in problems.groupby(
        ["table", "source_file", "source_row"], sort=False
    ):
        reading = readings[str(source)]
        cells = raw_cells(found["raw"].iloc[0], reading.delimiter)
        told = [""] * (len(heads) + surplus)
        for head, cell in zip(occurrences(reading.headers), cells, strict=False):
            told[places[head]] = cell
        for n, cell in enumerate(cells[len(reading.headers) :]):
            told[len(heads) + n] = cell
        why = [" | ".join(map(str, found[name])) for name in ("column", "value", "reason")]
        yield [str(found["file"].iloc[0]), str(source), str(number), *why, *told]


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _write_csv(out: Path, headers: Sequence[str], rows: Iterator[list[str]]) -> int:
    written = 0
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_defused(header) for header in headers])
        for row in rows:
            # A tab behind a long number is how platforms keep spreadsheets from rounding it.
            writer.writerow([f"{c}\t" if _LONG_NUMBER.fullmatch(c) else _defused(c) for c in row])
            written += 1
    return written


def _write_workbook(out: Path, headers: Sequence[str], rows: Iterator[list[str]]) -> int:
    book = Workbook(write_only=True)
    sheet: Any = None
    written = 0
    for row in rows:
        if written % _MAX_ROWS == 0:
            number = written // _MAX_ROWS + 1
            sheet = book.create_sheet(f"quarantine {number}" if number > 1 else "quarantine")
            sheet.freeze_panes = "A2"
            sheet.append([_text(sheet, header, head=True) for header in headers])
        sheet.append([_text(sheet, cell) for cell in row])
        written += 1
    book.save(out)
    return written


def _text(sheet: Any, text: str, *, head: bool = False) -> WriteOnlyCell:
    """A cell that stays text whatever is in it."""
    safe = ILLEGAL_CHARACTERS_RE.sub("", _defused(text))[:_MAX_CHARACTERS]
    cell = WriteOnlyCell(sheet, safe)
    cell.data_type = "s"
    cell.number_format = "@"
    if head:
        cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
    return cell
