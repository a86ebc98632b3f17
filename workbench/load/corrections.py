"""Load quarantined rows that were corrected, each as its original was read.

A correction is a table under the columns of `workbench.load.quarantine_file`. A row is matched by
the file and row it comes from, read with the format or mapping of that file, and loaded with its
own provenance; what was changed is noted cell by cell. A row that was not changed stays
quarantined.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from workbench.errors import BadInput
from workbench.language import LANGUAGES, words
from workbench.load.clean import EDGE
from workbench.load.container import copy_and_hash, kind_of, open_bytes
from workbench.load.convert import PROBLEMS
from workbench.load.corrected import Outcome, correct, problem_of
from workbench.load.formats import Format
from workbench.load.headers import header_key
from workbench.load.keep import Staging
from workbench.load.parquet_files import PARQUET
from workbench.load.quarantine import corrections_path
from workbench.load.quarantine_file import LEADING, Occurrence, occurrences, plain_cell
from workbench.load.recognise_file import recognise_file
from workbench.load.recognised import Recognised
from workbench.load.report import LoadReport, report_path
from workbench.load.rules import Cell
from workbench.tables.loads import Load

__all__ = ["FORMAT", "is_correction", "load_corrections"]

# What the report of a correction calls its format.
FORMAT = "corrections"
_LOADER = 1
# As which table the file itself is read does not matter: its cells are what counts.
_FORM = Format(
    name=FORMAT,
    table="refunds",
    columns={"order_id": Cell("source_row")},
    all_of=("source_file", "source_row", "reason"),
)
_HEAD = 1 << 16
_CHANGES = pa.schema(
    [
        ("source_row", pa.int64()),
        ("corrects_file", pa.string()),
        ("corrects_row", pa.int64()),
        ("column", pa.string()),
        ("before", pa.string()),
        ("after", pa.string()),
    ]
)

# Row of an original → the row of the correction, and its cells.
_Rows = dict[int, tuple[int, dict[Occurrence, str]]]


def is_correction(path: Path) -> bool:
    """Whether the file at `path` is a table of quarantined rows, told by its leading columns."""
    try:
        kind = kind_of(path)
        if kind in ("text", "gzip"):
            with open_bytes(path, kind) as file:
                head = file.read(_HEAD).replace(b"\0", b"")
            if not all(name.encode() in head for name in _FORM.all_of):
                return False
        found = recognise_file(path, _FORM, trust=True)
    except (BadInput, UnicodeDecodeError):
        return False
    return set(LEADING) <= set(map(header_key, found.headers))


def load_corrections(path: Path, stage: Staging) -> list[LoadReport]:
    """Load the corrected rows of the file at `path`; gives one report per table they belong to.

    Raises BadInput when the file is no such table, or names no file that the case holds.
    """
    kind_of(path)
    copy = stage.copy_place(path.name)
    sha256 = copy_and_hash(path, copy).sha256
    found = recognise_file(copy, _FORM)
    given, strays = _given(found)
    loads = {
        load.sha256: load
        for load in stage.book().loads
        if load.sha256 in given and not load.corrects
    }
    if not loads:
        raise BadInput(
            "No row of this correction comes from a file that the case holds",
            path.name,
            "Keep the columns file to reason as `workbench quarantine` wrote them, and load "
            "the original file first",
        )
    for unknown in set(given) - set(loads):
        strays += [row for row, _ in given.pop(unknown).values()]
    outcomes: dict[str, Outcome] = {}
    for source, load in loads.items():
        outcome = outcomes.setdefault(load.table, Outcome())
        correct(load, given[source], sha256, outcome, stage)
    first = next(iter(outcomes.values()))
    first.read += len(strays)
    first.problems += [problem_of(row, "", "", "not_quarantined", []) for row in strays]
    reports = [
        _keep(found, path.name, sha256, table, outcome, stage)
        for table, outcome in outcomes.items()
    ]
    if not all(report.already_loaded for report in reports):
        stage.move(copy, stage.sources_dir / sha256)
    return reports


def _given(found: Recognised) -> tuple[dict[str, _Rows], list[int]]:
    """By original file, its corrected rows: row there → (row here, cells); and rows of no file."""
    heads = occurrences(found.headers)
    keys = [header_key(header) for header in found.headers]
    source, number = keys.index("source_file"), keys.index("source_row")
    given: dict[str, _Rows] = {}
    strays: list[int] = []
    rows = found.rows()
    for table in rows.tables():
        columns = [table.column(f"c{n}").to_pylist() for n in range(len(heads))]
        for here, *cells in zip(table["source_row"].to_pylist(), *columns, strict=True):
            if not any(str(cell or "").strip(EDGE) for cell in cells):
                continue
            there = plain_cell(cells[number] or "").removesuffix(".0")
            if there.isdecimal():
                own = {head: cell or "" for head, cell in zip(heads, cells, strict=True)}
                file = plain_cell(cells[source] or "").lower()
                given.setdefault(file, {})[int(there)] = (here, own)
            else:
                strays.append(here)
    strays += [record.row for record in rows.misshapen]
    return given, strays


def _keep(
    found: Recognised, file: str, sha256: str, table: str, outcome: Outcome, stage: Staging
) -> LoadReport:
    """Put what came of one table into the staging folder."""
    folder = stage.tables_dir
    recipe = hashlib.sha256("\n".join([str(_LOADER), *outcome.recipes]).encode()).hexdigest()
    load = Load(table, sha256, grain="", recipe=recipe, corrects=tuple(outcome.originals))
    path = report_path(folder, table, sha256)
    known = {(old.table, old.sha256, old.recipe) for old in stage.book().loads}
    if (table, sha256, recipe) in known:
        return replace(LoadReport.from_json(stage.waiting(path).read_text("utf-8")), file=file)
    rows = pa.concat_tables(outcome.rows, promote_options="default") if outcome.rows else _no_rows()
    problems = pa.Table.from_pylist(outcome.problems, PROBLEMS)
    pq.write_table(rows, stage.file(load.file(folder)), **PARQUET)
    pq.write_table(problems, stage.file(load.file(folder).with_suffix(".quarantine.parquet")))
    changes = pa.Table.from_pylist(outcome.changes, _CHANGES)
    pq.write_table(changes, stage.file(corrections_path(folder, load)))
    here = rows.filter(pc.equal(rows["source_file"], sha256)).num_rows
    report = _report(found, file, sha256, table, recipe)
    report = replace(
        report,
        rows_read=outcome.read,
        rows_loaded=here,
        rows_quarantined=len(set(problems["source_row"].to_pylist())),
        quarantined_by=dict(sorted(Counter(problems["reason"].to_pylist()).items())),
    )
    if report.rows_read != report.rows_loaded + report.rows_quarantined:
        raise AssertionError(f"{file}: a row of the correction is not accounted for")
    stage.file(path).write_text(report.to_json(), "utf-8")
    stage.loaded(load)
    return report


def _no_rows() -> pa.Table:
    schema = [("source_file", pa.string()), ("source_row", pa.int64())]
    schema += [("corrects_file", pa.string()), ("corrects_row", pa.int64())]
    return pa.schema(schema).empty_table()


def _report(found: Recognised, file: str, sha256: str, table: str, recipe: str) -> LoadReport:
    reasons: dict[str, str] = {}
    for language in LANGUAGES:
        say = words("load", language)
        reasons[language] = say("rows that were quarantined, to be loaded as they were corrected")
    return LoadReport(
        file=file,
        sha256=sha256,
        table=table,
        format=FORMAT,
        reasons=reasons,
        encoding=found.encoding,
        delimiter=found.header.delimiter,
        header_row=found.header.row,
        recipe=recipe,
    )
