"""After the files of a load are read: merge what the case now holds, and tell it per file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.load.keep import Staging
from workbench.load.report import LoadReport, report_path
from workbench.tables.loads import MERGED
from workbench.tables.merge import merge

__all__ = ["settle"]


def settle(stage: Staging, reports: Sequence[LoadReport]) -> list[LoadReport]:
    """Merge the tables in the staging folder; gives the reports with what the merging told.

    A file that was loaded already keeps its report as it was.
    """
    if not stage.changes_something:
        return list(reports)
    merging = merge(
        stage.book(),
        lambda load: stage.waiting(load.file(stage.tables_dir)),
        stage.tables_dir,
        stage.folder / MERGED,
    )
    for name, path in merging.files.items():
        stage.move(path, stage.tables_dir / MERGED / name)
    stage.merged = merging.book.merged
    told = []
    for report in reports:
        if not report.already_loaded:
            report = replace(
                report,
                superseded_orders=merging.superseded.get(report.sha256, 0)
                if report.table == "orders"
                else report.superseded_orders,
                orders_changed=merging.changed.get(report.sha256, {}),
            )
            waiting = stage.waiting(report_path(stage.tables_dir, report.table, report.sha256))
            waiting.write_text(report.to_json(), "utf-8")
        told.append(report)
    return told
