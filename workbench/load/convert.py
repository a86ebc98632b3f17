"""Run a plan over the cells of a file, and part what can be used from what cannot."""

# ruff: noqa: S608 (the SQL is made of checked names and quoted texts)
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from workbench.engine import connect
from workbench.load.cells import add_macros, quoted
from workbench.load.clean import EDGE, clean_cells
from workbench.load.fill import fill_down
from workbench.load.formats import Format
from workbench.load.plan import Plan
from workbench.load.unknown_words import UnknownWords
from workbench.tables import TABLES

__all__ = ["PROBLEMS", "Converted", "Converter", "stored_schema"]

_ARROW = {
    "text": pa.string(),
    "money": pa.decimal128(18, 4),
    "time": pa.timestamp("us"),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.float64(),
}
# One record per problem of a quarantined row; `raw` is the whole row as a JSON list of its cells.
PROBLEMS = pa.schema(
    [
        ("source_row", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
        ("raw", pa.string()),
    ]
)


@dataclass(frozen=True)
class Converted:
    """Rows that can be used, problems of those that cannot, and how many there were of each.

    `apart` counts, for each of the plan's `apart`, the rows that are none of the table's.
    """

    rows: pa.Table
    problems: pa.Table
    quarantined: int
    blank: int
    apart: tuple[int, ...] = ()


def stored_schema(plan: Plan) -> pa.Schema:
    """Columns and types of the Parquet file that a plan leads to."""
    columns = [
        (column.name, _ARROW[column.type])
        for column in TABLES[plan.table].columns
        if column.name in plan.columns
    ]
    return pa.schema([*columns, ("source_file", pa.string()), ("source_row", pa.int64())])


class Converter:
    """Turns tables of text cells (c0, c1, …, source_row) into canonical rows.

    `unknown` are the words met so far that a lenient rule did not know.
    """

    def __init__(self, form: Format, plan: Plan, sha256: str) -> None:
        self._form = form
        self._plan = plan
        self._schema = stored_schema(plan)
        self.unknown = UnknownWords()
        # One thread keeps the rows in order; the reader is the slower half anyway.
        self._connection = connect(threads=1)
        # The engine makes a join of each list of empty markers; comparing is cheaper.
        self._connection.raw_sql("SET disabled_optimizers = 'in_clause'")
        add_macros(self._connection)
        # Texts that need no more than cleaning do not pass through the engine.
        self._untouched = {
            name: sql for name, sql in plan.columns.items() if re.fullmatch(r"k\d+", sql)
        }
        self._cells = _cells_sql(plan)
        self._select = self._select_sql(form, sha256)
        self._problems = self._problems_sql(form)

    def close(self) -> None:
        """Let the engine go."""
        self._connection.disconnect()

    def convert(self, cells: pa.Table) -> Converted:
        """Part the rows of `cells`: each comes out once, as used, quarantined or blank."""
        filled = fill_down(cells, self._form, self._plan)
        used = sorted(self._plan.cells)
        clean = clean_cells(filled, used, frozenset(self._plan.ids), ("", *self._form.empty))
        # Of each raw cell its text alone is looked at, and only where something is wrong.
        needed = clean.select([*(f"k{i}" for i in used), "source_row", "continued"])
        for name in (f"k{i}" for i in self._plan.worded):
            # Few words fill such a column: the engine then looks each of them up once.
            few = needed.column(name).dictionary_encode()
            needed = needed.set_column(needed.column_names.index(name), name, few)
        rows = self._run(self._select, needed)
        for name, cell in self._untouched.items():
            rows = rows.append_column(name, clean.column(cell))
        rows, apart = self._set_apart(rows)
        bad = rows.column("bad")
        if not pc.any(bad).as_py():
            return Converted(self._used(rows), PROBLEMS.empty_table(), 0, 0, apart)
        used = self._used(rows.filter(pc.invert(bad)))
        suspects = pc.is_in(cells["source_row"], value_set=rows.filter(bad)["source_row"])
        if self._form.fill:
            # A quarantined row is told as it was written, without what was carried down to it.
            written = set(cells.column_names)
            kept = {n: (cells if n in written else clean).column(n) for n in clean.column_names}
            clean = pa.table(kept)
        problems = self._run(self._problems, clean.filter(suspects))
        blank = int(pc.sum(pc.equal(problems.column("reason"), "blank")).as_py() or 0)
        problems = problems.filter(pc.not_equal(problems.column("reason"), "blank"))
        quarantined = pc.count_distinct(problems.column("source_row")).as_py()
        if used.num_rows + quarantined + blank + sum(apart) != cells.num_rows:
            raise AssertionError(
                f"{cells.num_rows} rows came in, but {used.num_rows} were kept, "
                f"{quarantined} quarantined, {blank} blank and {sum(apart)} left out"
            )
        return Converted(used, problems.cast(PROBLEMS), quarantined, blank, apart)

    def _set_apart(self, rows: pa.Table) -> tuple[pa.Table, tuple[int, ...]]:
        """The rows without those that are none of the table's, and how many these were."""
        if not self._plan.apart:
            return rows, ()
        kinds = rows.column("apart")
        counts = tuple(
            int(pc.sum(pc.equal(kinds, number)).as_py() or 0)
            for number in range(len(self._plan.apart))
        )
        return (rows.filter(pc.is_null(kinds)) if any(counts) else rows), counts

    def _used(self, rows: pa.Table) -> pa.Table:
        """The columns to store of rows that can be used; counts the words they leave unread."""
        for number, check in enumerate(self._plan.tolerated):
            self.unknown.add(check.header, rows.column(f"unknown{number}"))
        return rows.select(self._schema.names).cast(self._schema)

    def _run(self, sql: str, cells: pa.Table) -> pa.Table:
        engine: Any = self._connection.con
        engine.register("batch", cells)
        try:
            return engine.sql(sql).to_arrow_table()
        finally:
            engine.unregister("batch")

    def _select_sql(self, form: Format, sha256: str) -> str:
        bad = _any(self._plan)
        values = "".join(
            f',\n{sql} AS "{name}"'
            for name, sql in self._plan.columns.items()
            if name not in self._untouched
        )
        for number, check in enumerate(self._plan.tolerated):
            values += f",\nCASE WHEN {check.bad} THEN {check.value} END AS unknown{number}"
        if self._plan.apart:
            arms = " ".join(f"WHEN {sql} THEN {n}" for n, sql in enumerate(self._plan.apart))
            values += f",\nCASE {arms} END AS apart"
        rows = (
            f"SELECT source_row, {quoted(sha256)} AS source_file, ({bad}) AS bad{values} "
            f"FROM {self._cells}"
        )
        if not form.fill:
            return rows
        # Without its first line, the further lines of an order would say that nothing was paid.
        mine = "bad AND apart IS NULL" if self._plan.apart else "bad"
        whole = f"bool_or({mine}) OVER (PARTITION BY order_id)"
        return f"SELECT * REPLACE ({whole} AS bad) FROM ({rows}) ORDER BY source_row"

    def _problems_sql(self, form: Format) -> str:
        every = ", ".join(f"c{i}" for i in range(len(self._plan.headers)))
        blank = f"trim(concat({every}), {quoted(EDGE)}) = ''"
        found = [
            _problem(
                f"coalesce({check.bad}, false)", check.header.strip(), check.value, check.reason
            )
            for check in self._plan.checks
        ]
        if form.fill:
            order = self._plan.columns["order_id"]
            found.append(_problem(f"NOT ({_any(self._plan)})", "", order, "order_quarantined"))
        blanks = _problem("true", "", "''", "blank")
        return (
            "SELECT source_row, problem.* FROM (SELECT source_row, "
            f"unnest(CASE WHEN {blank} THEN [{blanks}] ELSE [{', '.join(found)}] END) AS problem, "
            f"FROM (SELECT *, to_json([{every}])::VARCHAR AS raw FROM {self._cells})) "
            "WHERE problem IS NOT NULL ORDER BY source_row"
        )


def _problem(applies: str, header: str, value: str, reason: str) -> str:
    """SQL of one problem of a row, NULL where it does not apply."""
    return (
        f"CASE WHEN {applies} THEN {{'column': {quoted(header)}, "
        f"'value': coalesce({value}, ''), 'reason': {quoted(reason)}, 'raw': raw}} END"
    )


def _any(plan: Plan) -> str:
    """SQL that is true where one of a plan's checks applies."""
    quick = dict.fromkeys(f"coalesce({check.quick}, false)" for check in plan.checks)
    return " OR ".join(quick) or "false"


def _cells_sql(plan: Plan) -> str:
    """A subquery: the cells, and the typed values v0, v1, and so on."""
    typed = "".join(f", {sql} AS v{i}" for i, sql in enumerate(plan.typed))
    return f"(SELECT *{typed} FROM batch)"
