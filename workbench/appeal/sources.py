"""The original files of a case: what each was called, its SHA-256, and what became of its rows."""

from __future__ import annotations

import pandas as pd

from workbench.appeal.privacy import Conceal
from workbench.case import Case
from workbench.load import LoadReport

__all__ = ["sources"]

_COLUMNS = ("table", "file", "sha256", "rows_read", "rows_loaded", "rows_quarantined")


def sources(case: Case, conceal: Conceal) -> pd.DataFrame:
    """One row per loaded file and table, by table and SHA-256.

    Columns: table, file (its name, without contacts), sha256, rows_read, rows_loaded,
    rows_quarantined.
    """
    reports = [
        LoadReport.from_json(path.read_text("utf-8"))
        for path in sorted(case.tables_dir.glob("*/*.json"))
    ]
    rows = [{name: getattr(report, name) for name in _COLUMNS} for report in reports]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return frame.assign(file=frame["file"].map(conceal))
