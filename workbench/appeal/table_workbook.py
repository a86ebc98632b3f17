"""Tables as an Excel workbook, one sheet each, whose texts can never act as formulas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from openpyxl import Workbook

from workbench.appeal.office import settle
from workbench.appeal.sheet import Sheet, write_sheet

__all__ = ["write_tables"]

_LONG = 40


def write_tables(tables: Mapping[str, pd.DataFrame], out: Path, at: datetime) -> None:
    """Write each table to a sheet named by its key, headed by the names of its columns.

    `at` stands as the date of the file, so that the same tables give the same bytes. A key must
    fit the tab of a sheet (at most 31 characters, no brackets, colons, stars or slashes).
    """
    book = Workbook(write_only=True)
    book.properties.creator = "order-workbench"
    for name, table in tables.items():
        columns = [(str(column), _kind(table[column])) for column in table.columns]
        # Plain Python values: a number that pandas holds is not one that openpyxl knows.
        rows = table.astype(object).itertuples(index=False, name=None)
        write_sheet(book, Sheet(name, columns, rows, worded=True))
    with TemporaryDirectory() as folder:
        written = Path(folder) / "workbook.xlsx"
        book.save(written)
        settle(written, out, at)


def _kind(values: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return "number"
    longest = values.astype(str).str.len().max() if len(values) else 0
    return "long" if longest > _LONG else "text"
