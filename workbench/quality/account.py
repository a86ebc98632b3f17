"""The account of every file: what was read, and what became of each row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from workbench.language import words
from workbench.load import LoadReport
from workbench.quality.headings import table_word

__all__ = ["account_data", "account_table"]

_COLUMNS = ["file", "source_file", "table", "format", "why", "read", "loaded", "quarantined"]
_COLUMNS += ["blank", "skipped", "duplicates", "superseded", "corrected", "balanced"]
_COLUMNS += ["zone", "date_order", "encoding", "notes"]


def account_data(reports: Iterable[LoadReport], language: str = "zh") -> pd.DataFrame:
    """One row per loaded file, in the order of the reports.

    Columns: file, source_file (SHA-256), table, format, why (it was taken for that, in
    `language`), read, loaded, quarantined, blank, skipped (total and trailer lines), duplicates
    (among the quarantined: rows that repeat another of their file), superseded (orders that an
    older file held already), corrected (rows mended by hand), balanced (read = loaded +
    quarantined), zone, date_order (how ambiguous dates were decided, in `language`), encoding,
    notes (in `language`).
    """
    return pd.DataFrame([_one(report, language) for report in reports], columns=_COLUMNS)


def account_table(rows: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """The account as a reader sees it."""
    say = words("quality", language)
    yes = {True: say("yes"), False: say("NO: tell the makers")}
    return pd.DataFrame(
        {
            say("File"): rows.file,
            say("Table"): [table_word(name, language) for name in rows.table],
            say("Rows read"): rows.read,
            say("Loaded"): rows.loaded,
            say("Quarantined"): rows.quarantined,
            say("Read = loaded + quarantined"): [yes[bool(one)] for one in rows.balanced],
            say("Blank"): rows.blank,
            say("Skipped (totals, trailers)"): rows.skipped,
            say("Repeated rows set aside"): rows.duplicates,
            say("Orders of older files replaced"): rows.superseded,
            say("Rows corrected by hand"): rows.corrected,
            say("Time zone of the file"): rows.zone,
            say("Order of day and month"): rows.date_order,
            say("Encoding"): rows.encoding,
            say("Read as"): rows.format,
            say("Why"): rows.why,
            say("Notes"): rows.notes,
        }
    )


def _one(report: LoadReport, language: str) -> dict[str, Any]:
    skipped = getattr(report, "rows_skipped", 0)
    return {
        "file": report.file,
        "source_file": report.sha256,
        "table": report.table,
        "format": report.format,
        "why": report.reasons.get(language, report.reason),
        "read": report.rows_read,
        "loaded": report.rows_loaded,
        "quarantined": report.rows_quarantined,
        "blank": report.blank_rows,
        "skipped": sum(skipped.values()) if isinstance(skipped, dict) else int(skipped),
        "duplicates": report.quarantined_by.get("duplicate", 0),
        "superseded": report.superseded_orders,
        "corrected": int(getattr(report, "rows_corrected", 0)),
        "balanced": report.rows_read == report.rows_loaded + report.rows_quarantined,
        "zone": str(getattr(report, "zone", "")),
        "date_order": _date_order(getattr(report, "date_order", {}), language),
        "encoding": report.encoding,
        "notes": "\n".join(report.notes.get(language, [])),
    }


def _date_order(decided: dict[str, Any], language: str) -> str:
    """Per header, how its dates were decided, as the report words it."""
    told = {
        header: words_.get(language, "") if isinstance(words_, dict) else str(words_)
        for header, words_ in decided.items()
    }
    return "; ".join(f"{header}: {text}" for header, text in told.items())
