"""How the first rows of a file would load with a mapping."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq

from workbench.case import Case
from workbench.load import LoadReport, load_files, quarantine_table
from workbench.load.top import TableTop

__all__ = ["Preview", "preview"]


@dataclass(frozen=True)
class Preview:
    """`report` is the account of the tried rows, `rows` those that load, `quarantined` the rest.

    `source_row` in both counts as the file itself does.
    """

    report: LoadReport
    rows: pd.DataFrame
    quarantined: pd.DataFrame


def preview(top: TableTop, mapping: Path, case: Case, language: str) -> Preview:
    """Load the first rows with the mapping, beside the case and not into it.

    Raises BadInput as loading does.
    """
    with TemporaryDirectory(prefix="workbench-preview-") as folder:
        tables, file = Path(folder) / "tables", Path(folder) / f"{top.path.stem}.csv"
        top.write(file)
        (report,) = load_files(
            [file],
            tables_dir=tables,
            sources_dir=Path(folder) / "sources",
            zone=case.zone,
            currency=case.currency,
            mapping=mapping,
        )
        rows = pq.read_table(tables / report.table / f"{report.sha256}.parquet").to_pandas()
        quarantined = quarantine_table(tables, language)
    for frame in (rows, quarantined):
        frame["source_row"] += top.header_row - 1
    return Preview(report, rows.drop(columns="source_file"), quarantined)
