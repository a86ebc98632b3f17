"""What is quarantined in a case, row by row, with the latest attempt to correct it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from workbench.language import words
from workbench.load.report import LoadReport, reason_words, report_path
from workbench.tables.loads import Book, Load, read_book

__all__ = ["corrected_rows", "corrections_path", "open_problems", "quarantine_table", "raw_cells"]

_COLUMNS = ["table", "file", "source_file", "source_row", "column", "value", "reason", "raw"]
# Reasons of rows of a correction that say nothing new of the row that they correct.
SAYS_NOTHING = ("unchanged", "not_quarantined")

Place = Callable[[Path], Path]


def quarantine_table(tables_dir: Path, language: str = "en") -> pd.DataFrame:
    """Every problem of every row of a case's files that is quarantined still.

    Columns: table, file, source_file (SHA-256), source_row, column, value, reason (code), why (the
    reason in words), raw (the whole row as it was read). A row that was corrected is left out; one
    whose correction cannot be read either is told as the correction has it, under its original's
    file and row.
    """
    found = open_problems(tables_dir, read_book(tables_dir))
    found["why"] = found["reason"].map(reason_words(words("load", language))).astype(object)
    return found[[*_COLUMNS[:-1], "why", "raw"]]


def open_problems(tables_dir: Path, book: Book, place: Place = lambda path: path) -> pd.DataFrame:
    """The problems that are left, one row each, with the columns of `quarantine_table` but why.

    `place` says where a file of the tables lies now.
    """
    frames = [
        _problems_of(load, tables_dir, book, place) for load in book.loads if not load.corrects
    ]
    frames = [frame for frame in frames if len(frame)]
    if not frames:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in _COLUMNS})
    return pd.concat(frames, ignore_index=True)[_COLUMNS]


def corrections_path(tables_dir: Path, load: Load) -> Path:
    """Where the cells that a correction changed are noted.

    Columns: source_row (in the correction), corrects_file, corrects_row, column, before, after.
    """
    return tables_dir / load.table / f"{load.sha256}.corrections.parquet"


def corrected_rows(
    original: Load, tables_dir: Path, book: Book, place: Place = lambda path: path
) -> set[int]:
    """The quarantined rows of a load that corrections have brought in."""
    rows: set[int] = set()
    for load in _corrections(original, book):
        table = pq.read_table(
            place(load.file(tables_dir)),
            columns=["corrects_row"],
            filters=[("corrects_file", "==", original.sha256)],
        )
        rows.update(table["corrects_row"].to_pylist())
    if not rows:
        return rows
    own = pq.read_table(
        place(original.file(tables_dir)),
        columns=["source_row"],
        filters=[("source_row", "in", rows)],
    )
    return rows - set(own["source_row"].to_pylist())


def raw_cells(raw: str, delimiter: str) -> list[str]:
    """The cells of a quarantined row: JSON, or the record itself where it was misshapen."""
    try:
        cells = json.loads(raw)
    except ValueError:
        cells = None
    if isinstance(cells, list):
        return ["" if cell is None else str(cell) for cell in cells]
    try:
        return next(csv.reader([raw.rstrip("\r\n")], delimiter=delimiter or ","), [])
    except csv.Error:
        return raw.split(delimiter or ",")


def _corrections(original: Load, book: Book) -> Sequence[Load]:
    return [load for load in book.of(original.table) if original.sha256 in load.corrects]


def _problems_of(load: Load, tables_dir: Path, book: Book, place: Place) -> pd.DataFrame:
    """What is left of a load's problems, each as its newest correction has it."""
    path = load.file(tables_dir).with_suffix(".quarantine.parquet")
    if not place(path).is_file():
        return pd.DataFrame(columns=_COLUMNS)
    frame = pq.read_table(place(path)).to_pandas()
    if corrections := _corrections(load, book):
        frame = frame[~frame["source_row"].isin(corrected_rows(load, tables_dir, book, place))]
        for correction in corrections:
            tried = _tried(correction, load, tables_dir, place)
            tried = tried[tried["source_row"].isin(frame["source_row"])]
            kept = frame[~frame["source_row"].isin(tried["source_row"])]
            if len(tried):
                frame = pd.concat([kept, tried], ignore_index=True)
        frame = frame.sort_values("source_row", kind="stable", ignore_index=True)
    report = place(report_path(tables_dir, load.table, load.sha256))
    name = LoadReport.from_json(report.read_text("utf-8")).file
    return frame.assign(table=load.table, file=name, source_file=load.sha256)


def _tried(correction: Load, original: Load, tables_dir: Path, place: Place) -> pd.DataFrame:
    """The problems that a correction's rows of one original have, under the original's rows."""
    changed = pq.read_table(
        place(corrections_path(tables_dir, correction)),
        columns=["source_row", "corrects_row"],
        filters=[("corrects_file", "==", original.sha256)],
    ).to_pandas()
    rows = changed.drop_duplicates()
    path = correction.file(tables_dir).with_suffix(".quarantine.parquet")
    problems = pq.read_table(place(path)).to_pandas()
    problems = problems[~problems["reason"].isin(SAYS_NOTHING)]
    joined = problems.merge(rows, on="source_row")
    return joined.assign(source_row=joined["corrects_row"]).drop(columns="corrects_row")
