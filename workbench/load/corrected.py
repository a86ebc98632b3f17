"""Apply the corrected rows of one original: compare, convert, and note what was changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from workbench.errors import BadInput
from workbench.load.clean import EDGE
from workbench.load.convert import Converter
from workbench.load.fill import whole_orders
from workbench.load.formats import Format
from workbench.load.keep import Staging
from workbench.load.quarantine import raw_cells
from workbench.load.quarantine_file import SURPLUS, Occurrence, occurrences, plain_cell
from workbench.load.reading import Reading, reading_path
from workbench.tables.loads import Load

__all__ = ["Given", "Outcome", "correct", "problem_of"]

# Row of the original → the row of the correction, and its cells.
Given = Mapping[int, tuple[int, Mapping[Occurrence, str]]]


@dataclass
class Outcome:
    """What became of the corrected rows of one table.

    `rows` are canonical rows with the place that they correct, `problems` those of rows that stay
    quarantined, `changes` the cells that differ, `originals` the files corrected and `recipes` how
    they were read, `read` the rows of the correction.
    """

    rows: list[pa.Table] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)
    recipes: list[str] = field(default_factory=list)
    read: int = 0


def correct(load: Load, given: Given, sha256: str, outcome: Outcome, stage: Staging) -> None:
    """Put the corrected rows of one original into `outcome`."""
    folder = stage.tables_dir
    path = stage.waiting(reading_path(folder, load.table, load.sha256))
    if not path.is_file():
        raise BadInput(
            "How the original was read has not been kept",
            load.sha256,
            "Load the original file again first",
        )
    reading = Reading.from_json(path.read_text("utf-8"))
    problems = stage.waiting(load.file(folder).with_suffix(".quarantine.parquet"))
    raw = {
        row["source_row"]: raw_cells(row["raw"], reading.delimiter)
        for row in pq.read_table(problems, columns=["source_row", "raw"]).to_pylist()
    }
    changed: dict[int, list[str]] = {}
    for there, (here, cells) in given.items():
        outcome.read += 1
        if there not in raw:
            outcome.problems.append(problem_of(here, "", "", "not_quarantined", []))
            continue
        told, changes = _compared(reading, raw[there], cells)
        if not changes:
            outcome.problems.append(problem_of(here, "", "", "unchanged", told))
        elif any(cell.strip(EDGE) for (head, _), cell in cells.items() if head == SURPLUS):
            outcome.problems.append(problem_of(here, "", SURPLUS, "misshapen", told))
        else:
            changed[there] = told
        outcome.changes += [
            {
                "source_row": here,
                "corrects_file": load.sha256,
                "corrects_row": there,
                "column": column,
                "before": before,
                "after": after,
            }
            for column, before, after in changes
        ]
    outcome.originals.append(load.sha256)
    outcome.recipes.append(load.recipe)
    if changed:
        _convert(reading, load, _with_their_orders(reading, changed, raw), given, sha256, outcome)
        _once_per_order(reading.form, outcome, stage.waiting(load.file(folder)))


def _compared(
    reading: Reading, raw: Sequence[str], cells: Mapping[tuple[str, int], str]
) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The row as it is now, and its changes: header, before, after."""
    told, changes = [], []
    width = len(reading.headers)
    for head, before in zip(
        occurrences(reading.headers), [*raw, *[""] * width][:width], strict=True
    ):
        after = plain_cell(cells.get(head, before))
        same = after == plain_cell(before)
        told.append(before if same else after)
        if not same:
            changes.append((head[0], before, after))
    for n, before in enumerate(raw[width:]):
        after = plain_cell(cells.get((SURPLUS, n), before))
        if after != plain_cell(before):
            changes.append((SURPLUS, before, after))
    return told, changes


def _with_their_orders(
    reading: Reading, changed: Mapping[int, list[str]], raw: Mapping[int, Sequence[str]]
) -> dict[int, list[str]]:
    """The changed rows and, where a format carries cells down, the other rows of their orders.

    These were quarantined because of the changed row only, or say so again.
    """
    plan = reading.plan()
    order = plan.position(reading.form.all_of[0]) if reading.form.fill else None
    rows = dict(changed)
    if order is not None:
        order_of: dict[int, str] = {}
        last = ""
        for there in sorted(raw):
            cells = raw[there]
            # Where the further rows of an order have no number, it is the one above.
            last = (cells[order].strip(EDGE) if order < len(cells) else "") or last
            order_of[there] = last
        orders = {order_of[there] for there in changed}
        width = len(reading.headers)
        for there, cells in raw.items():
            if there not in rows and order_of[there] in orders:
                rows[there] = [*cells, *[""] * width][:width]
    return dict(sorted(rows.items()))


def _convert(
    reading: Reading,
    load: Load,
    rows: Mapping[int, Sequence[str]],
    given: Given,
    sha256: str,
    outcome: Outcome,
) -> None:
    """Convert rows as the original's were, and part those that can be used now."""
    plan = reading.plan()
    cells = pa.table(
        {
            **{
                f"c{n}": pa.array([row[n] for row in rows.values()], pa.string())
                for n in range(len(reading.headers))
            },
            "source_row": pa.array(list(rows), pa.int64()),
        }
    )
    converter = Converter(reading.form, plan, sha256)
    try:
        done = [converter.convert(part) for part in whole_orders([cells], reading.form, plan)]
    finally:
        converter.close()
    for part in done:
        outcome.rows.append(_placed(part.rows, load, given, sha256))
        for problem in part.problems.to_pylist():
            there = problem["source_row"]
            if there in given:
                outcome.problems.append({**problem, "source_row": given[there][0]})
    loaded = {n for part in done for n in part.rows["source_row"].to_pylist()}
    refused = {n for part in done for n in part.problems["source_row"].to_pylist()}
    # Blank now, or what the format leaves out: no row to load, and none to lose either.
    for there in rows.keys() & given.keys() - loaded - refused:
        outcome.problems.append(problem_of(given[there][0], "", "", "required", rows[there]))
    # The rows of an order that came with a changed one are no longer told to be unchanged.
    moved = {given[n][0] for n in (loaded | refused) & given.keys()}
    outcome.problems = [
        p for p in outcome.problems if p["reason"] != "unchanged" or p["source_row"] not in moved
    ]


def _placed(rows: pa.Table, load: Load, given: Given, sha256: str) -> pa.Table:
    """The rows with their place in the correction, and the place that they correct."""
    there = rows["source_row"].to_pylist()
    files = [sha256 if n in given else load.sha256 for n in there]
    here = [given[n][0] if n in given else n for n in there]
    kept = rows.drop_columns(["source_file", "source_row"])
    return (
        kept.append_column("source_file", pa.array(files, pa.string()))
        .append_column("source_row", pa.array(here, pa.int64()))
        .append_column("corrects_file", pa.array([load.sha256] * len(there), pa.string()))
        .append_column("corrects_row", pa.array(there, pa.int64()))
    )


def _once_per_order(form: Format, outcome: Outcome, original: Path) -> None:
    """Amounts that the file repeats on every row of an order stand on one of them only."""
    rows = outcome.rows[-1]
    columns = [name for name in form.per_order if name in rows.column_names]
    if not columns or "order_id" not in rows.column_names:
        return
    orders = rows["order_id"].to_pylist()
    told = pq.read_table(original, columns=["order_id"], filters=[("order_id", "in", set(orders))])
    seen = set(told["order_id"].to_pylist())
    first = []
    for order in orders:
        first.append(order not in seen)
        seen.add(order)
    for name in columns:
        values = rows[name].to_pylist()
        once = [v if keep or v is None else v * 0 for v, keep in zip(values, first, strict=True)]
        place = rows.column_names.index(name)
        rows = rows.set_column(place, name, pa.array(once, rows.schema.field(name).type))
    outcome.rows[-1] = rows


def problem_of(
    row: int, column: str, value: str, reason: str, cells: Iterable[str]
) -> dict[str, Any]:
    """One problem of a row of the correction."""
    raw = json.dumps(list(cells), ensure_ascii=False)
    return {"source_row": row, "column": column, "value": value, "reason": reason, "raw": raw}
