"""The SQL that reads single cells of a file as values of a canonical column."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.load.cells import (
    ID_COLUMNS,
    listed,
    never_sql,
    quoted,
    time_sql,
    word_key,
    written_sql,
)
from workbench.load.day_order import READINGS, form_reading
from workbench.load.decide import Decided
from workbench.load.decimal_sign import swapped
from workbench.load.formats import Format
from workbench.load.headers import header_key
from workbench.load.plan import Check, Plan
from workbench.load.rules import Cell
from workbench.tables import TABLES, Column

__all__ = ["CellReader"]

_READ_AS = {
    "money": ("amount({})", "not_an_amount"),
    "integer": ("whole({})", "not_a_count"),
    "number": ("figure({})", "not_a_number"),
}


class CellReader:
    """Reads the cells of one file, and remembers in its plan the cells and checks in use."""

    def __init__(self, form: Format, headers: Sequence[str], zone: str, decided: Decided) -> None:
        self.form = form
        self.zone = zone
        self.dates = {header_key(header): way for header, way in decided.dates.items()}
        self.decimals = {header_key(header): sign for header, sign in decided.decimals.items()}
        self.plan = Plan(form.table, tuple(headers))
        self.index: dict[str, int] = {}
        for position, header in enumerate(headers):
            self.index.setdefault(header_key(header), position)

    def raw(self, header: str) -> str | None:
        """The cleaned cell under a header, NULL where it is empty."""
        position = self.index.get(header_key(header))
        if position is None:
            return None
        self.plan.cells.add(position)
        return f"k{position}"

    def cell(self, rule: Cell, column: Column) -> str | None:
        """SQL of a rule's cell for a column, or None when the file lacks its header."""
        cell = self.raw(rule.header)
        if cell is None:
            return None
        if column.name in ID_COLUMNS:
            self.plan.ids.add(self.index[header_key(rule.header)])
            self.check(rule.header, f"lost_digits({cell})", cell, "digits_lost")
            cell = self.name(f"identifier({cell})")
        if rule.empty:
            cell = f"CASE WHEN {cell} IN ({listed(rule.empty)}) THEN NULL ELSE {cell} END"
        if rule.strip:
            part = quoted(rule.strip)
            cell = (
                f"CASE WHEN prefix({cell}, {part}) "
                f"THEN trim(substr({cell}, {len(rule.strip) + 1})) ELSE {cell} END"
            )
        if rule.part[0]:
            parts = self.name(f"string_split({cell}, ' ')")
            cell = f"CASE WHEN len({parts}) >= {rule.part[1]} THEN {parts}[{rule.part[0]}] END"
            cell = f"NULLIF({cell}, '')"
        if rule.pattern:
            cell = f"NULLIF(regexp_extract({cell}, {quoted(rule.pattern)}, 1), '')"
        if rule.words:
            return self.looked_up(rule, cell)
        if rule.scale > 1:
            typed = self.typed(rule.header, cell, TABLES["orders"].column("paid_amount"))
            typed = f"TRY_CAST(round({typed} * {rule.scale}) AS {column.sql_type})"
        else:
            typed = self.typed(rule.header, cell, column)
        return f"abs({typed})" if rule.absolute else typed

    def looked_up(self, rule: Cell, cell: str) -> str:
        """SQL of what the word in a cell means."""
        self.plan.worded.add(self.index[header_key(rule.header)])
        arms = " ".join(
            f"WHEN {quoted(word_key(word))} THEN {quoted(meaning)}" for word, meaning in rule.words
        )
        sql = self.name(f"CASE word({cell}) {arms} END")
        unknown = f"{cell} IS NOT NULL AND {sql} IS NULL"
        if rule.lenient:
            header = self.written(rule.header)
            self.plan.tolerated.append(Check(header, unknown, cell, "unknown_word", unknown))
        else:
            self.check(rule.header, unknown, cell, "unknown_word")
        return sql

    def written(self, header: str) -> str:
        """A header as the file writes it."""
        return self.plan.headers[self.index[header_key(header)]].strip()

    def typed(self, header: str, cell: str, column: Column) -> str:
        """SQL of a cell's text as a value of the column's type."""
        if column.type == "text":
            return cell
        if column.type in _READ_AS:
            template, reason = _READ_AS[column.type]
            sql = self.name(template.format(self.pointed(header, cell)))
            bad = f"{cell} IS NOT NULL AND {sql} IS NULL"
        else:
            reason, never = "not_a_time", never_sql(cell)
            sql = self.time(header, cell)
            sql = f"CAST({sql} AS DATE)" if column.type == "date" else sql
            sql = self.name(f"CASE WHEN {never} THEN NULL ELSE {sql} END")
            bad = f"{cell} IS NOT NULL AND {sql} IS NULL AND NOT {never}"
        self.check(header, bad, cell, reason)
        return sql

    def time(self, header: str, cell: str) -> str:
        """SQL of a local time, read as was decided for the column."""
        form = self.form
        reading = form.dates if form.dates in READINGS else self.dates.get(header_key(header), "")
        times = [t for t in form.times if not reading or form_reading(t) in ("", reading)]
        free = form.dates == "auto" or form.dates in READINGS
        otherwise = written_sql(cell, reading) if free else ""
        return time_sql(cell, times, form.zone, self.zone, otherwise)

    def pointed(self, header: str, cell: str) -> str:
        """SQL of a number with a decimal point, whatever the column has."""
        comma = self.form.decimal == "comma" or self.decimals.get(header_key(header)) == "comma"
        return swapped(cell) if comma else cell

    def name(self, sql: str) -> str:
        """A name for an SQL expression that several others use."""
        if sql not in self.plan.typed:
            self.plan.typed.append(sql)
        return f"v{self.plan.typed.index(sql)}"

    def check(
        self, header: str, bad: str, value: str, reason: str, quick: str | None = None
    ) -> None:
        """Note a reason to quarantine a row; the arguments are those of Check."""
        self.plan.checks.append(Check(header, bad, value, reason, quick or bad))
