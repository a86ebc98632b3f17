"""The Excel workbook: every group, order, test, decision and source behind the letter."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from workbench.appeal.matter import Matter
from workbench.appeal.office import settle
from workbench.appeal.order_lines import line_columns, order_lines
from workbench.appeal.sheet import write_sheet
from workbench.appeal.sheets import (
    about_sheet,
    decisions_sheet,
    detectors_sheet,
    groups_sheet,
    known_answer_sheet,
    orders_sheet,
    papers_sheet,
    sources_sheet,
    tests_sheet,
)
from workbench.appeal.sheets_of_proof import (
    chronology_sheet,
    exhibits_sheet,
    figures_sheet,
    procedure_sheet,
    remedies_sheet,
    strength_sheet,
)
from workbench.figures import Figures
from workbench.tables import Tables

__all__ = ["write_workbook"]


def write_workbook(
    matter: Matter, tables: Tables, out: Path, figures: Figures | None = None
) -> None:
    """Write the workbook to `out`, in both languages, the same bytes for the same case.

    `figures` are those that the letters tell. Ids are text, money and times are numbers and
    dates, and no text can act as a formula. Personal columns are masked where the matter has a
    masker. Rows are written as they are read: a large shop needs no more memory than a small one.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "order-workbench"
    sheets = [
        about_sheet(matter),
        groups_sheet(matter),
        orders_sheet(matter, line_columns(tables), order_lines(matter, tables)),
        tests_sheet(matter),
        papers_sheet(matter),
        decisions_sheet(matter),
        exhibits_sheet(matter),
        strength_sheet(matter),
        chronology_sheet(matter),
        procedure_sheet(matter),
        remedies_sheet(matter),
        *([figures_sheet(figures)] if figures else []),
        detectors_sheet(matter),
        sources_sheet(matter.origins),
    ]
    if matter.known_answers is not None:
        sheets.insert(-1, known_answer_sheet(matter.known_answers))
    for sheet in sheets:
        write_sheet(book, sheet)
    with TemporaryDirectory() as folder:
        written = Path(folder) / "workbook.xlsx"
        book.save(written)
        settle(written, out, matter.now)
