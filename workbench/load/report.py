"""What loading a file came to: the account of its rows and columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.language import Say, words
from workbench.tables import TABLES

__all__ = [
    "LoadReport",
    "lost_checks",
    "quality_table",
    "reason_words",
    "report_path",
    "why_quarantined",
]


@dataclass(frozen=True)
class LoadReport:
    """The account of one file.

    `rows_read` is always `rows_loaded + rows_quarantined`; blank rows are no rows and are counted
    apart, and so are `rows_skipped`, which the format leaves out (totals, for example): `skipped`
    are their numbers with the reasons in `why`, by language. `quarantined_by` counts problems by
    reason (a row may have several). `columns_mapped` are (header, canonical column); `checks_lost`
    the detectors that need a column the file lacks.
    `superseded_orders` counts orders that an older source held already: this file's rows stand.
    `orders_changed` counts those that it tells otherwise than the older one: "orders" in all, and
    how many by column. `rows_corrected` counts the quarantined rows that a correction brought in.
    `shops` are those that the file, or else the loader, names.
    `repeated_orders` counts orders with several rows that differ in a file of one row per order.
    `notes` are the rules of the format that a reader should know of, by language; `joined` are the
    files that a mapping joined, with how many of their rows joined nothing.
    `words_unknown` counts the words that a lenient rule did not know: header → word → rows.
    `date_order` says for the columns whose dates needed it which number is the day, `decimal_sign`
    whether amounts have a point or a comma; why is in `notes`. `zone` is the zone that times
    without an offset were read in.
    `recipe` identifies the rules and settings the file was read with.
    """

    file: str
    sha256: str
    table: str
    format: str
    reasons: dict[str, str]
    encoding: str
    delimiter: str
    header_row: int
    rows_read: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    blank_rows: int = 0
    rows_skipped: int = 0
    skipped: list[dict[str, Any]] = field(default_factory=list)
    quarantined_by: dict[str, int] = field(default_factory=dict)
    words_unknown: dict[str, dict[str, int]] = field(default_factory=dict)
    columns_mapped: list[tuple[str, str]] = field(default_factory=list)
    columns_unused: list[str] = field(default_factory=list)
    columns_missing: list[str] = field(default_factory=list)
    checks_lost: list[str] = field(default_factory=list)
    superseded_orders: int = 0
    orders_changed: dict[str, int] = field(default_factory=dict)
    rows_corrected: int = 0
    shops: list[str] = field(default_factory=list)
    repeated_orders: int = 0
    notes: dict[str, list[str]] = field(default_factory=dict)
    joined: list[dict[str, Any]] = field(default_factory=list)
    date_order: dict[str, str] = field(default_factory=dict)
    decimal_sign: dict[str, str] = field(default_factory=dict)
    zone: str = ""
    recipe: str = ""
    already_loaded: bool = False

    @property
    def reason(self) -> str:
        """Why the file was taken for what it is, in English; `reasons` has every language."""
        return self.reasons["en"]

    def to_json(self) -> str:
        """The report as one JSON object."""
        return json.dumps({**asdict(self), "reason": self.reason}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> LoadReport:
        """The report that `to_json` wrote, as one of a file that is loaded already."""
        raw: dict[str, Any] = json.loads(text)
        raw.pop("reason")
        raw["columns_mapped"] = [(header, column) for header, column in raw["columns_mapped"]]
        return replace(cls(**raw), already_loaded=True)


def report_path(tables_dir: Path, table: str, sha256: str) -> Path:
    """Where the report of a loaded file lies."""
    return tables_dir / table / f"{sha256}.json"


def quality_table(reports: Iterable[LoadReport], language: str = "en") -> pd.DataFrame:
    """The data-quality table, one row per file.

    Columns (headed in `language`): file, table, rows read, loaded, quarantined, blank, why rows
    were quarantined, columns mapped, unused and missing, and the checks that costs.
    """
    say = words("load", language)
    comma = "、" if language == "zh" else ", "
    rows = []
    for report in reports:
        rows.append(
            {
                say("file"): report.file,
                say("table"): report.table,
                say("rows read"): report.rows_read,
                say("loaded"): report.rows_loaded,
                say("quarantined"): report.rows_quarantined,
                say("blank rows"): report.blank_rows,
                say("why quarantined"): why_quarantined(report, language),
                say("columns mapped"): len(report.columns_mapped),
                say("columns unused"): comma.join(report.columns_unused),
                say("columns missing"): comma.join(
                    _heading(report.table, column, language) for column in report.columns_missing
                ),
                say("checks lost"): comma.join(report.checks_lost),
            }
        )
    return pd.DataFrame(rows)


def why_quarantined(report: LoadReport, language: str = "en") -> str:
    """The reasons for which rows of a file were quarantined, each with its count."""
    reasons = reason_words(words("load", language))
    comma = "、" if language == "zh" else ", "
    return comma.join(f"{reasons[code]} × {n}" for code, n in report.quarantined_by.items())


def reason_words(say: Say) -> dict[str, str]:
    """Reason code → why a row was quarantined, in words."""
    return {
        "required": say("a required cell is empty"),
        "no_rule": say("no rule of the format fits what the cell says"),
        "not_a_time": say("this is no date and time that the format knows"),
        "not_an_amount": say("this is no amount"),
        "not_a_count": say("this is no whole number"),
        "not_a_number": say("this is no number"),
        "unknown_word": say("the format does not know this word"),
        "digits_lost": say(
            "digits of the number were lost in a spreadsheet program; export the file again"
        ),
        "misshapen": say("the row has another number of cells than the header"),
        "duplicate": say("every cell is that of an earlier row of the file"),
        "no_records": say("nothing that could be a record lies in it"),
        "speaker_unknown": say("nothing tells whether the buyer or the shop said it"),
        "no_speaker": say("no line above it says who speaks"),
        "order_quarantined": say("another row of the same order is quarantined"),
        "unchanged": say("nothing in the row was corrected"),
        "not_quarantined": say("no such row is quarantined in the case"),
    }


def lost_checks(
    missing: Sequence[str], table: str, needs: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Names of the checks that need a column of `table` that is missing.

    A need such as "orders.phone | orders.device" is met by either column.
    """
    absent = {f"{table}.{column}" for column in missing}
    return sorted(
        name
        for name, needed in needs.items()
        if any(set(need.split(" | ")) <= absent for need in needed)
    )


def _heading(table: str, column: str, language: str) -> str:
    found = TABLES[table].column(column)
    return found.zh if language == "zh" else found.name
