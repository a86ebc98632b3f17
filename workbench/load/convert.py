"""Run a plan over the cells of a file, and part what can be used from what cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from workbench.engine import connect
from workbench.load.cells import add_macros, quoted
from workbench.load.formats import Format
from workbench.load.headers import header_key
from workbench.load.plan import Plan
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
    """Rows that can be used, problems of those that cannot, and how many there were of each."""

    rows: pa.Table
    problems: pa.Table
    quarantined: int
    blank: int


def stored_schema(plan: Plan) -> pa.Schema:
    """Columns and types of the Parquet file that a plan leads to."""
    columns = [
        (column.name, _ARROW[column.type])
        for column in TABLES[plan.table].columns
        if column.name in plan.columns
    ]
    return pa.schema([*columns, ("source_file", pa.string()), ("source_row", pa.int64())])


class Converter:
    """Turns tables of text cells (c0, c1, …, source_row) into canonical rows."""

    def __init__(self, form: Format, plan: Plan, sha256: str) -> None:
        self._plan = plan
        self._schema = stored_schema(plan)
        self._connection = connect()
        add_macros(self._connection)
        self._cells = _cells_sql(form, plan)
        self._select = self._select_sql(form, sha256)
        self._problems = self._problems_sql(form)

    def close(self) -> None:
        """Let the engine go."""
        self._connection.disconnect()

    def convert(self, cells: pa.Table) -> Converted:
        """Part the rows of `cells`; every row comes out exactly once: used, quarantined or blank."""
        rows = self._run(self._select, cells)
        bad = rows.column("bad")
        if not pc.any(bad).as_py():
            used = rows.drop_columns(["bad"]).cast(self._schema)
            return Converted(used, PROBLEMS.empty_table(), 0, 0)
        used = rows.filter(pc.invert(bad)).drop_columns(["bad"]).cast(self._schema)
        suspects = pc.is_in(cells["source_row"], value_set=rows.filter(bad)["source_row"])
        problems = self._run(self._problems, cells.filter(suspects))
        blank = int(pc.sum(pc.equal(problems.column("reason"), "blank")).as_py() or 0)
        problems = problems.filter(pc.not_equal(problems.column("reason"), "blank"))
        quarantined = pc.count_distinct(problems.column("source_row")).as_py()
        if used.num_rows + quarantined + blank != cells.num_rows:
            raise AssertionError(
                f"{cells.num_rows} rows came in, but {used.num_rows} were kept, "
                f"{quarantined} quarantined and {blank} blank"
            )
        return Converted(used, problems.cast(PROBLEMS), quarantined, blank)

    def _run(self, sql: str, cells: pa.Table) -> pa.Table:
        engine: Any = self._connection.con  # type: ignore[attr-defined]
        engine.register("batch", cells)
        try:
            return engine.sql(sql).to_arrow_table()
        finally:
            engine.unregister("batch")

    def _select_sql(self, form: Format, sha256: str) -> str:
        bad = _any(self._plan)
        values = ",\n".join(f'{sql} AS "{name}"' for name, sql in self._plan.columns.items())
        rows = (
            f"SELECT {values}, {quoted(sha256)} AS source_file, source_row, ({bad}) AS bad "
            f"FROM {self._cells}"
        )
        if not form.fill:
            return rows
        # Without its first line, the further lines of an order would say that nothing was paid.
        whole = "bool_or(bad) OVER (PARTITION BY order_id)"
        return f"SELECT * REPLACE ({whole} AS bad) FROM ({rows}) ORDER BY source_row"

    def _problems_sql(self, form: Format) -> str:
        every = ", ".join(f"c{i}" for i in range(len(self._plan.headers)))
        blank = f"stripped(concat({every})) = ''"
        raw = f"to_json([{every}])::VARCHAR"
        parts = [
            f"SELECT source_row, {quoted(check.header.strip())} AS \"column\", "
            f"coalesce({check.value}, '') AS value, {quoted(check.reason)} AS reason, raw "
            f"FROM cells WHERE NOT blank AND coalesce({check.bad}, false)"
            for check in self._plan.checks
        ]
        parts.append("SELECT source_row, '', '', 'blank', '' FROM cells WHERE blank")
        if form.fill:
            order = self._plan.columns["order_id"]
            parts.append(
                f"SELECT source_row, '', coalesce({order}, ''), 'order_quarantined', raw "
                f"FROM cells WHERE NOT blank AND NOT ({_any(self._plan)})"
            )
        return (
            f"WITH cells AS MATERIALIZED (SELECT *, {raw} AS raw, {blank} AS blank "
            f"FROM {self._cells}) SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY source_row"
        )


def _any(plan: Plan) -> str:
    """SQL that is true where one of a plan's checks applies."""
    return " OR ".join(f"coalesce({check.bad}, false)" for check in plan.checks) or "false"


def _cells_sql(form: Format, plan: Plan) -> str:
    """A subquery that gives the raw cells and, as k0, k1, …, the cleaned ones in use."""
    empty = ", ".join(quoted(marker) for marker in ("", *form.empty))
    cleaned = "".join(
        f", CASE WHEN bare(c{i}) IN ({empty}) THEN NULL ELSE bare(c{i}) END AS k{i}"
        for i in sorted(plan.cells)
    )
    return f"(SELECT *{cleaned} FROM {_filled_sql(form, plan)})"


def _filled_sql(form: Format, plan: Plan) -> str:
    """The batch, with the cells of an order's first row carried down to its further rows."""
    index = {header_key(header): i for i, header in reversed(list(enumerate(plan.headers)))}
    marker = index.get(header_key(form.fill_marker)) if form.fill else None
    if marker is None:
        return "(SELECT *, false AS continued FROM batch)"
    order = _order_cell(form, index)
    first = f"OVER (PARTITION BY c{order} ORDER BY source_row)"
    filled = [index[key] for header in form.fill if (key := header_key(header)) in index]
    replaced = ", ".join(
        f"CASE WHEN stripped(c{marker}) = '' THEN first_value(c{i}) {first} ELSE c{i} END AS c{i}"
        for i in filled
    )
    # An order's first row is no further row, even when its marker is blank.
    continued = f"stripped(c{marker}) = '' AND row_number() {first} > 1"
    return f"(SELECT * REPLACE ({replaced}), {continued} AS continued FROM batch)"


def _order_cell(form: Format, index: dict[str, int]) -> int:
    return next(
        index[key] for header in form.all_of if (key := header_key(header)) in index
    )
