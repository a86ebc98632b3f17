"""How much of each column is there: by table, source file and month; and how much is readable."""

from __future__ import annotations

from typing import Literal

import ibis
import pandas as pd
from ibis.expr.types import IntegerScalar, Table

from workbench.language import words
from workbench.quality.headings import column_word, table_word
from workbench.quality.values import data_columns, is_filled, is_masked, is_opaque, moment_of
from workbench.tables import TABLES, Tables

__all__ = ["completeness_data", "completeness_table", "filled_by"]

By = Literal["column", "source_file", "month"]
_PERSONAL = ("alias", "phone", "name", "address")
_COUNTS = ["rows", "filled", "masked", "opaque"]
_COLUMNS = ["table", "column", "source_file", "month", *_COUNTS]


def completeness_data(tables: Tables) -> pd.DataFrame:
    """Counts per table, column, source file and month of the row's own time.

    Columns: table, column, source_file (SHA-256), month ("2025-03", empty where a row has no
    time), rows, filled (cells that hold anything), masked (shown in part), opaque (ciphertext;
    both are counted among `filled`, and only in columns that hold personal data). A canonical
    column that no file of the table has is counted with filled = 0. One pass over each table.
    """
    parts = [_of_table(name, table) for name, table in tables.items() if name in TABLES]
    if not parts:
        return pd.DataFrame(columns=_COLUMNS)
    counts = pd.concat(parts, ignore_index=True)
    return counts[_COLUMNS].astype(dict.fromkeys(_COUNTS, "int64"))


def filled_by(counts: pd.DataFrame, by: By = "column") -> pd.DataFrame:
    """`completeness_data` added up: per table and column, and besides by file or by month.

    Columns: table, column, (source_file or month), rows, filled, masked, opaque, share (filled /
    rows), masked_share and opaque_share (of the filled cells; missing where none is filled and in
    columns without personal data).
    """
    keys = ["table", "column", *([] if by == "column" else [by])]
    added = counts.groupby(keys, sort=False)[_COUNTS].sum().reset_index()
    added["share"] = added.filled / added.rows
    personal = pd.Series(
        [
            TABLES[table].column(column).mask in _PERSONAL
            for table, column in zip(added.table, added.column, strict=True)
        ],
        index=added.index,
        dtype=bool,
    )
    for kind in ("masked", "opaque"):
        added[f"{kind}_share"] = (added[kind] / added.filled).where(personal & (added.filled > 0))
    return added


def completeness_table(
    counts: pd.DataFrame,
    language: str = "zh",
    by: By = "column",
    *,
    files: dict[str, str] | None = None,
) -> pd.DataFrame:
    """`filled_by` as a reader sees it; `files` names the source files by their SHA-256.

    By file and by month, columns that no file has are left out.
    """
    say = words("quality", language)
    rows = filled_by(counts, by)
    if by != "column":
        known = rows.groupby(["table", "column"]).filled.transform("sum") > 0
        rows = rows[known]
    table = {
        say("Table"): [table_word(name, language) for name in rows.table],
        say("Column"): [
            column_word(name, column, language)
            for name, column in zip(rows.table, rows.column, strict=True)
        ],
    }
    if by == "source_file":
        table[say("File")] = [(files or {}).get(sha, sha[:12]) for sha in rows.source_file]
    if by == "month":
        table[say("Month")] = [month or say("no time") for month in rows.month]
    return pd.DataFrame(
        table
        | {
            say("Rows"): rows.rows.to_numpy(),
            say("Filled (%)"): (100 * rows.share).round(2).to_numpy(),
            say("Masked (% of filled)"): _percent(rows.masked_share),
            say("Ciphertext (% of filled)"): _percent(rows.opaque_share),
        }
    )


def _percent(shares: pd.Series[float]) -> list[object]:
    """Per cent with two places; nothing where there is no share to tell."""
    return ["" if pd.isna(share) else round(100 * float(share), 2) for share in shares]


def _of_table(name: str, table: Table) -> pd.DataFrame:
    columns = data_columns(name, table)
    moment = moment_of(name, table)
    keyed = table.mutate(
        quality_month=ibis.literal("")
        if moment is None
        else table[moment].strftime("%Y-%m").fill_null("")
    )
    counts: dict[str, IntegerScalar] = {"rows": keyed.count()}
    for number, column in enumerate(columns):
        counts |= _counts(keyed, name, column, number)
    counted = keyed.group_by(["source_file", "quality_month"]).aggregate(**counts).to_pandas()
    counted = counted.sort_values(["source_file", "quality_month"])
    number_of = {column: number for number, column in enumerate(columns)}
    parts = []
    for known in TABLES[name].columns:
        number = number_of.get(known.name, -1)
        part = counted[["source_file", "quality_month", "rows"]].assign(
            table=name, column=known.name
        )
        for kind in ("filled", "masked", "opaque"):
            key = f"{kind}{number}"
            part[kind] = counted[key].fillna(0) if key in counted else 0
        parts.append(part.rename(columns={"quality_month": "month"}))
    return pd.concat(parts, ignore_index=True)


def _counts(table: Table, name: str, column: str, number: int) -> dict[str, IntegerScalar]:
    cell, mask = table[column], TABLES[name].column(column).mask
    counts = {f"filled{number}": is_filled(cell).sum()}
    if mask in _PERSONAL:
        counts[f"masked{number}"] = is_masked(cell).sum()
        counts[f"opaque{number}"] = is_opaque(cell, mask).sum()
    return counts
