"""From a format and a file's headers to the SQL that turns its cells into canonical rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.load.cell_reader import CellReader
from workbench.load.cells import quoted
from workbench.load.conditions import condition_sql
from workbench.load.decide import Decided
from workbench.load.formats import Format
from workbench.load.headers import header_key
from workbench.load.plan import Plan
from workbench.load.rules import (
    Cell,
    Constant,
    First,
    Joined,
    Product,
    Rule,
    Sum,
    rule_headers,
    value_headers,
)
from workbench.tables import TABLES, Column

__all__ = ["make_plan"]


def make_plan(
    form: Format,
    headers: Sequence[str],
    zone: str,
    currency: str,
    under: Sequence[int] = (),
    decided: Decided | None = None,
) -> Plan:
    """The plan for a file with these headers; `zone` and `currency` are the case's.

    `under` are the rows right under a header, which may only describe the columns; `decided` is
    what holds for whole columns of the file.

    Columns whose headers the file lacks are left out and listed as missing; whether a required
    one is among them is for the caller to judge.
    """
    compiler = _Compiler(form, headers, zone, decided or Decided())
    plan = compiler.plan
    for column in TABLES[form.table].columns:
        rule = form.columns.get(column.name)
        sql = compiler.value(rule, column) if rule is not None else None
        if column.name == "currency":
            default = quoted(form.currency or currency)
            plan.columns["currency"] = f"coalesce(upper({sql}), {default})" if sql else default
        elif sql is None:
            plan.missing.append(column.name)
            continue
        else:
            plan.columns[column.name] = sql
        if rule is not None and sql is not None:
            compiler.note(rule, column)
    plan.checks = list(dict.fromkeys(plan.checks))
    plan.tolerated = list(dict.fromkeys(plan.tolerated))
    plan.apart = [condition_sql(skip.condition, compiler.raw) for skip in form.skip]
    if described := compiler.described(under):
        plan.apart.append(described)
    return plan


class _Compiler(CellReader):
    """Turns rules into SQL, and remembers the checks and headers that come with them."""

    def value(self, rule: Rule, column: Column) -> str | None:
        """SQL of a rule's value, or None when the file lacks a header it needs."""
        if isinstance(rule, First):
            given = [self.value(inner, column) for inner in rule.rules]
            found = [sql for sql in given if sql is not None]
            if not found or self.only_exceptions(rule, given):
                return None
            return f"coalesce({', '.join(found)})" if len(found) > 1 else found[0]
        kept = [(checks, len(checks)) for checks in (self.plan.checks, self.plan.tolerated)]
        sql = self.unconditional(rule, column)
        if sql is None or not rule.when:
            return sql
        conditions = " AND ".join(
            condition_sql(condition, self.raw, self.pointed) for condition in rule.when
        )
        # A cell that is not used where it stands may say what it likes.
        for checks, before in kept:
            checks[before:] = [
                replace(
                    check,
                    bad=f"{conditions} AND {check.bad}",
                    quick=f"{conditions} AND {check.quick}",
                )
                for check in checks[before:]
            ]
        return f"CASE WHEN {conditions} THEN {sql} END"

    def unconditional(
        self, rule: Cell | Constant | Joined | Sum | Product, column: Column
    ) -> str | None:
        """SQL of a rule's value whatever its conditions."""
        if isinstance(rule, Constant):
            return f"TRY_CAST({quoted(rule.value)} AS {column.sql_type})"
        if isinstance(rule, Joined):
            return self.joined(rule, column)
        return self.cell(rule, column) if isinstance(rule, Cell) else self.combined(rule, column)

    def only_exceptions(self, rule: First, given: Sequence[str | None]) -> bool:
        """Whether only the constants for special rows are left of a list.

        So it is when the file has none of the headers that the list takes its values from.
        """
        values = [
            sql
            for inner, sql in zip(rule.rules, given, strict=True)
            if not isinstance(inner, Constant) or not inner.when
        ]
        if values:
            return not any(values)
        return not any(header_key(header) in self.index for header in rule_headers(rule))

    def joined(self, rule: Joined, column: Column) -> str | None:
        """Cells one after another; every header must be there."""
        as_text = TABLES["orders"].column("product_title")
        cells = [self.cell(part, as_text) for part in rule.parts]
        if None in cells:
            return None
        cell = self.name(f"NULLIF(concat_ws({quoted(rule.by)}, {', '.join(map(str, cells))}), '')")
        return self.typed(rule.parts[0].header, cell, column)

    def combined(self, rule: Sum | Product, column: Column) -> str | None:
        """A sum or a product; every header must be there, or its value would be a guess."""
        money = TABLES["orders"].column("paid_amount")
        cells = {}
        for header in value_headers(rule):
            cell = self.raw(header)
            if cell is None:
                return None
            cells[header] = self.typed(header, cell, money)
        if isinstance(rule, Product):
            sql = " * ".join(f"CAST({cells[header]} AS DECIMAL(19, 4))" for header in rule.factors)
            sql = f"TRY_CAST({sql} AS {column.sql_type})"
            return f"abs({sql})" if rule.absolute else sql
        parts = [_term([cells[header] for header in term]) for term in rule.plus]
        less = [_term([cells[header] for header in term]) for term in rule.minus]
        total = " + ".join(parts) + "".join(f" - {part}" for part in less)
        empty = " AND ".join(f"{self.raw(header)} IS NULL" for header in cells)
        total = f"abs({total})" if rule.absolute else total
        return f"CASE WHEN {empty} THEN NULL ELSE TRY_CAST({total} AS {column.sql_type}) END"

    def described(self, under: Sequence[int]) -> str:
        """SQL of rows among `under` that only describe the columns; "" if there can be none."""
        rule = self.form.columns.get(self.form.description_row)
        cells = [cell for h in value_headers(rule) if (cell := self.raw(h))] if rule else []
        if not cells or not under:
            return ""
        digits = f"regexp_matches(concat({', '.join(cells)}), '[0-9]')"
        return f"source_row IN ({', '.join(map(str, under))}) AND NOT {digits}"

    def note(self, rule: Rule, column: Column) -> None:
        """Remember which headers a column comes from, and that a required one may not be empty."""
        present = [h for h in rule_headers(rule) if header_key(h) in self.index]
        written = [self.written(header) for header in present]
        self.plan.mapped += [(header, column.name) for header in dict.fromkeys(written)]
        if not column.required:
            return
        empty = null = f"{self.plan.columns[column.name]} IS NULL"
        # A cell that cannot be read is told once, as what it is.
        named = set(value_headers(rule))
        told = [f"coalesce({c.bad}, false)" for c in self.plan.checks if c.header in named]
        if told:
            empty = f"{empty} AND NOT ({' OR '.join(told)})"
        given = [str(self.raw(header)) for header in dict.fromkeys(present)]
        value = f"concat_ws(' / ', {', '.join(given)})" if given else "''"
        header = " / ".join(dict.fromkeys(written)) or column.name
        self.check(header, f"{empty} AND {value} = ''", value, "required", null)
        self.check(header, f"{empty} AND {value} <> ''", value, "no_rule", null)


def _term(cells: Sequence[str]) -> str:
    """SQL of one thing that a sum adds up; an empty cell adds nothing."""
    if len(cells) == 1:
        return f"coalesce({cells[0]}, 0)"
    return f"coalesce({' * '.join(f'CAST({cell} AS DECIMAL(19, 4))' for cell in cells)}, 0)"
