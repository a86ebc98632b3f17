"""After the files of a load are read: merge what the case now holds, and tell it per file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.language import LANGUAGES, words
from workbench.load.corrections import FORMAT
from workbench.load.keep import Staging
from workbench.load.quarantine import corrected_rows
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
    corrected = _corrected(stage)
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
        if report.sha256 in corrected:
            report = replace(report, rows_corrected=corrected[report.sha256].rows_corrected)
        if not report.already_loaded and report.format == FORMAT:
            report = replace(report, notes=_notes(stage, report, corrected))
        if not report.already_loaded:
            waiting = stage.waiting(report_path(stage.tables_dir, report.table, report.sha256))
            waiting.write_text(report.to_json(), "utf-8")
        told.append(report)
    return told


def _notes(
    stage: Staging, correction: LoadReport, corrected: Mapping[str, LoadReport]
) -> dict[str, list[str]]:
    """What the account of each corrected file is now."""
    originals = [
        corrected[source]
        for load in stage.book().of(correction.table)
        if load.sha256 == correction.sha256
        for source in load.corrects
        if source in corrected
    ]
    notes = {}
    for language in LANGUAGES:
        say = words("load", language)
        notes[str(language)] = [
            say(
                "{file}: quarantined {quarantined}, of these corrected {corrected}",
                file=original.file,
                quarantined=original.rows_quarantined,
                corrected=original.rows_corrected,
            )
            for original in originals
        ]
    return notes


def _corrected(stage: Staging) -> dict[str, LoadReport]:
    """The reports of files with corrections, with the rows that these brought in, noted as well."""
    book = stage.book()
    found = {}
    for table in {load.table for load in book.loads if load.corrects}:
        for load in book.of(table):
            if load.corrects:
                continue
            count = len(corrected_rows(load, stage.tables_dir, book, stage.waiting))
            target = report_path(stage.tables_dir, table, load.sha256)
            report = LoadReport.from_json(stage.waiting(target).read_text("utf-8"))
            found[load.sha256] = replace(report, rows_corrected=count)
            if report.rows_corrected != count:
                text = replace(report, rows_corrected=count, already_loaded=False).to_json()
                stage.file(target).write_text(text, "utf-8")
    return found
