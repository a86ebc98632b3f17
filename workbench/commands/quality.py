"""Say how good the data of a case are."""

from __future__ import annotations

from pathlib import Path

from workbench.appeal.table_workbook import write_tables
from workbench.case import open_case
from workbench.charts import quality_page
from workbench.commands.load import needs_of_checks
from workbench.commands.loaded import loaded
from workbench.commands.tables import open_tables
from workbench.errors import BadInput
from workbench.quality import QualityReport, quality_report, report_tables

__all__ = ["quality", "write_quality"]

_KINDS = (".xlsx", ".html")


def quality(case: Path, *, progress: bool = False) -> QualityReport:
    """The data-quality report of all that is loaded into a case.

    Raises BadInput when no orders have been loaded yet.
    """
    opened = open_case(case)
    return quality_report(
        open_tables(opened),
        loaded(opened),
        needs=needs_of_checks(),
        now=opened.now(),
        platform=opened.platform,
        progress=progress,
    )


def write_quality(
    report: QualityReport, case: Path, out: Path, *, language: str | None = None
) -> Path:
    """Write the report as a workbook (.xlsx) or as a page that needs nothing else (.html).

    In the case's language unless another is given. The report holds no personal data of buyers,
    so nothing in it needs a mask. Raises BadInput for another kind of file or a folder that is
    not there.
    """
    opened = open_case(case)
    out = Path(out)
    if out.suffix.lower() not in _KINDS:
        raise BadInput(
            "The report is written as a workbook or as a web page",
            str(out),
            f"Let the name end in {' or '.join(_KINDS)}",
        )
    if not out.parent.is_dir():
        raise BadInput("There is no such folder", str(out.parent), "Make it, or name another")
    words = language or opened.language
    if out.suffix.lower() == ".xlsx":
        write_tables(report_tables(report, words), out, opened.now())
    else:
        out.write_text(quality_page(report, words), "utf-8")
    return out
