"""Write one sheet of a workbook row by row, so that its length costs no memory."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from workbench.appeal.headings import heading, sheet_title
from workbench.appeal.office import plain_text

__all__ = ["MAX_ROWS", "Sheet", "write_sheet"]

# Excel's own limits.
MAX_ROWS = 1_048_576 - 1
_MAX_CHARACTERS = 32_767

# Spreadsheets run what begins with these as a formula, some of them also inside a text cell
# once somebody edits it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_FORMATS = {"money": "#,##0.00", "time": "yyyy-mm-dd hh:mm:ss", "small": "0.00E+00"}
_WIDTHS = {"money": 13, "time": 20, "small": 12, "number": 12, "figure": 12}
_WIDTHS |= {"text": 20, "long": 48, "id": 24}
_HEAD_FILL = PatternFill("solid", fgColor="E8EDF3")
_HEAD_FONT = Font(name="Arial", bold=True, size=10)
_FONT = Font(name="Arial", size=10)
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its English name, and per column its name and kind, then rows of values.

    Kinds: id, text, long (wrapped), number, figure (shown with four digits), money, small (a
    p-value), time. A `worded` sheet has its name and headings in a reader's words already.
    """

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[object]]
    worded: bool = False


def write_sheet(book: Workbook, sheet: Sheet) -> int:
    """Add the sheet to a write-only workbook and give the number of rows written.

    Rows beyond what a spreadsheet can hold go on in a further sheet of the same name.
    """
    written = 0
    page: Any = None
    styles: dict[tuple[str, bool], Any] = {}
    for row in sheet.rows:
        if written % MAX_ROWS == 0:
            page = _page(book, sheet, written // MAX_ROWS)
        kinds = (kind for _, kind in sheet.columns)
        page.append([_cell(page, v, kind, styles) for v, kind in zip(row, kinds, strict=True)])
        written += 1
        last = get_column_letter(len(sheet.columns))
        page.auto_filter.ref = f"A1:{last}{(written - 1) % MAX_ROWS + 2}"
    if page is None:
        _page(book, sheet, 0)
    return written


def _page(book: Workbook, sheet: Sheet, number: int) -> Any:
    title = sheet.name if sheet.worded else sheet_title(sheet.name)
    title += f" {number + 1}" if number else ""
    page = book.create_sheet(title)
    page.freeze_panes = "B2"
    for at, (_, kind) in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = _WIDTHS[kind]
    heads = []
    for name, _ in sheet.columns:
        head = _text_cell(page, name if sheet.worded else heading(name))
        head.font, head.fill, head.alignment = _HEAD_FONT, _HEAD_FILL, _WRAPPED
        heads.append(head)
    page.append(heads)
    return page


def _cell(page: Any, value: object, kind: str, styles: dict[tuple[str, bool], Any]) -> Any:
    shown = _value(value)
    if shown is None:
        return None
    if kind == "figure" and isinstance(shown, float):
        shown = float(f"{shown:.4g}")
    text = isinstance(shown, str)
    cell = _text_cell(page, str(shown)) if text else WriteOnlyCell(page, shown)
    look = ("text" if text and kind in _FORMATS else kind, text and _like_a_formula(shown))
    if look not in styles:
        styles[look] = _styled(page, *look)
    # One style for all cells that look alike: setting it on each would take most of the time.
    cell._style = styles[look]
    return cell


def _text_cell(page: Any, text: str) -> Any:
    """A cell said to be a text before it is written: else openpyxl takes "=1+1" for a formula."""
    cell = WriteOnlyCell(page, None)
    cell._value, cell.data_type = text, "s"
    return cell


def _styled(page: Any, kind: str, quoted: bool) -> Any:
    cell = WriteOnlyCell(page, None)
    cell.font = _FONT
    cell.alignment = _WRAPPED if kind == "long" else _TOP
    cell.number_format = _FORMATS.get(kind, "General")
    cell.quotePrefix = quoted
    return cell._style


def _like_a_formula(text: Any) -> bool:
    return text.startswith(_FORMULA_STARTS)


def _value(value: object) -> object:
    if isinstance(value, str):
        text = plain_text(value)
        return text if len(text) <= _MAX_CHARACTERS else text[: _MAX_CHARACTERS - 1] + "…"
    if isinstance(value, (bool, int, Decimal, datetime, date)) or value is None:
        return None if value != value else value
    number = float(value)  # type: ignore[arg-type]
    return number if math.isfinite(number) else None
