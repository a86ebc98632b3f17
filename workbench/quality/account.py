"""The account of every file: what was read, and what became of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from workbench.language import words
from workbench.load import LoadReport
from workbench.load.report import why_quarantined
from workbench.quality.headings import table_word

__all__ = ["account_data", "account_table"]

_COLUMNS = [
    "file",
    "source_file",
    "table",
    "format",
    "why",
    "read",
    "loaded",
    "quarantined",
    "quarantined_why",
    "blank",
    "skipped",
    "skipped_why",
    "duplicates",
    "repeated",
    "superseded",
    "changed",
    "corrected",
    "balanced",
    "shops",
    "unknown_words",
    "zone",
    "date_order",
    "decimal_sign",
    "encoding",
    "notes",
]


def account_data(reports: Iterable[LoadReport], language: str = "zh") -> pd.DataFrame:
    """One row per loaded file, in the order of the reports.

    Columns: file, source_file (SHA-256), table, format, why (it was taken for that, in
    `language`), read, loaded, quarantined and quarantined_why, blank, skipped (rows that the
    format leaves out) and skipped_why, duplicates (quarantined for repeating a row of their file),
    repeated (orders with several rows that differ where one row is one order), superseded (orders
    that an older file held already), changed (those that it tells otherwise), corrected
    (quarantined rows that a correction brought in), balanced (read = loaded + quarantined), shops
    (comma-separated), unknown_words (words that a rule left unread, with their rows), zone,
    date_order and decimal_sign (what was decided for which headers), encoding, notes (in
    `language`).
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
            say("Why quarantined"): rows.quarantined_why,
            say("Read = loaded + quarantined"): [yes[bool(one)] for one in rows.balanced],
            say("Blank"): rows.blank,
            say("Skipped (totals, trailers)"): rows.skipped,
            say("Why skipped"): rows.skipped_why,
            say("Repeated rows set aside"): rows.duplicates,
            say("Orders on several rows"): rows.repeated,
            say("Orders of older files replaced"): rows.superseded,
            say("Of these changed"): rows.changed,
            say("Quarantined rows corrected"): rows.corrected,
            say("Shops"): rows.shops,
            say("Time zone of the file"): rows.zone,
            say("Order of day and month"): rows.date_order,
            say("Decimal sign"): rows.decimal_sign,
            say("Words not known"): rows.unknown_words,
            say("Encoding"): rows.encoding,
            say("Read as"): rows.format,
            say("Why"): rows.why,
            say("Notes"): rows.notes,
        }
    )


def _one(report: LoadReport, language: str) -> dict[str, Any]:
    say = words("quality", language)
    readings = {
        "day-first": say("day first"),
        "month-first": say("month first"),
        "year-first": say("year first"),
    }
    signs = {"point": say("point"), "comma": say("comma")}
    return {
        "file": report.file,
        "source_file": report.sha256,
        "table": report.table,
        "format": report.format,
        "why": report.reasons.get(language, report.reason),
        "read": report.rows_read,
        "loaded": report.rows_loaded,
        "quarantined": report.rows_quarantined,
        "quarantined_why": why_quarantined(report, language),
        "blank": report.blank_rows,
        "skipped": report.rows_skipped,
        "skipped_why": "; ".join(
            f"{one['why'][language]} × {one['rows']}" for one in report.skipped
        ),
        "duplicates": report.quarantined_by.get("duplicate", 0),
        "repeated": report.repeated_orders,
        "superseded": report.superseded_orders,
        "changed": report.orders_changed.get("orders", 0),
        "corrected": report.rows_corrected,
        "shops": ", ".join(report.shops),
        "balanced": report.rows_read == report.rows_loaded + report.rows_quarantined,
        "unknown_words": "; ".join(
            f"{header}: {word} × {rows}"
            for header, counts in report.words_unknown.items()
            for word, rows in counts.items()
        ),
        "zone": report.zone,
        "date_order": _told(report.date_order, readings),
        "decimal_sign": _told(report.decimal_sign, signs),
        "encoding": report.encoding,
        "notes": "\n".join(report.notes.get(language, [])),
    }


def _told(decided: Mapping[str, str], named: Mapping[str, str]) -> str:
    """Per header, what was decided for the whole column."""
    return "; ".join(f"{header}: {named.get(one, one)}" for header, one in decided.items())
