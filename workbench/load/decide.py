"""Decide for whole columns what single cells cannot tell: the day of a date, the decimal sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from workbench.errors import BadInput
from workbench.language import LANGUAGES
from workbench.load.clean import stripped
from workbench.load.day_order import DayOrder, form_reading
from workbench.load.decimal_sign import DecimalSign
from workbench.load.decisions_told import contradicting_dates, note, open_amounts, open_dates
from workbench.load.formats import Format
from workbench.load.headers import header_key
from workbench.load.rules import Cell, First, Rule, value_headers
from workbench.load.text_rows import Rows
from workbench.tables import TABLES

__all__ = ["Decided", "Wanted", "decide"]

_NUMBERS = ("money", "integer", "number")


@dataclass(frozen=True)
class Wanted:
    """What the user says where a column does not: a reading of dates, `point` or `comma`."""

    dates: str = ""
    decimals: str = ""


@dataclass(frozen=True)
class Decided:
    """What holds for whole columns, by header: the reading of dates, and the decimal sign.

    `notes` say how it was decided, by language.
    """

    dates: Mapping[str, str] = field(default_factory=dict)
    decimals: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, list[str]] = field(default_factory=dict)


def decide(
    form: Format, headers: tuple[str, ...], rows: Rows, wanted: Wanted, where: str
) -> Decided:
    """Look at the columns of `rows` that could be read in several ways, and decide for each.

    A format that says how its dates and amounts are written is believed, and its rows are not
    looked at. Raises BadInput when a column fits several readings, or rows of it fit none together
    and `wanted` does not choose; `where` names the file.
    """
    dates = _columns(form, headers, ("time", "date")) if _open_dates(form) else {}
    amounts = _columns(form, headers, _NUMBERS) if form.decimal == "auto" else {}
    orders = {header: DayOrder() for header in dates}
    signs = {header: DecimalSign() for header in amounts}
    if orders or signs:
        _look(rows, {**dates, **amounts}, orders, signs)
    notes: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    money = _columns(form, headers, ("money",))
    try:
        return Decided(
            _dates({h: o for h, o in orders.items() if o.seen}, wanted.dates, notes),
            _decimals(signs, set(money), wanted.decimals, notes),
            notes,
        )
    except BadInput as error:
        raise BadInput.many(
            [replace(problem, where=f"{where}, {problem.where}") for problem in error.problems]
        ) from None


def _open_dates(form: Format) -> bool:
    """Whether the format leaves open which number of a date is the day."""
    readings = {reading for reading in map(form_reading, form.times) if reading}
    return form.dates == "auto" or len(readings) > 1


def _columns(form: Format, headers: tuple[str, ...], types: tuple[str, ...]) -> dict[str, int]:
    """Header → position, of the cells that are read as they are for columns of these types."""
    positions: dict[str, int] = {}
    for position, header in enumerate(headers):
        positions.setdefault(header_key(header), position)
    found = {}
    for column in TABLES[form.table].columns:
        rule = form.columns.get(column.name)
        if column.type not in types or rule is None:
            continue
        for header in _whole_cells(rule):
            if header_key(header) in positions:
                position = positions[header_key(header)]
                found[headers[position].strip()] = position
    return found


def _whole_cells(rule: Rule) -> Iterator[str]:
    """Headers of the cells that a rule reads whole: not those it takes a part of."""
    if isinstance(rule, First):
        for inner in rule.rules:
            yield from _whole_cells(inner)
    elif not isinstance(rule, Cell) or not (rule.pattern or rule.words or rule.part[0]):
        yield from value_headers(rule)


def _look(
    rows: Rows,
    positions: Mapping[str, int],
    orders: Mapping[str, DayOrder],
    signs: Mapping[str, DecimalSign],
) -> None:
    for table in rows.tables():
        for header, position in positions.items():
            cells = stripped(table.column(f"c{position}"))
            for found in (orders.get(header), signs.get(header)):
                if found is not None:
                    found.add(cells, table.column("source_row"))
        # Of a column that is clear so far, what comes later and does not fit is quarantined.
        if not any(o.open for o in orders.values()) and not any(s.open for s in signs.values()):
            return


def _dates(
    orders: Mapping[str, DayOrder], wanted: str, notes: Mapping[str, list[str]]
) -> dict[str, str]:
    """The reading of every column, and a note on each."""
    decided = {header: found.left[0] for header, found in orders.items() if len(found.left) == 1}
    problems = [
        contradicting_dates(header, found)
        for header, found in orders.items()
        if not found.left and not wanted
    ]
    if problems:
        raise BadInput.many(problems)
    for header, reading in decided.items():
        row, cell = orders[header].because(reading)
        note(notes, reading, header, row=row, cell=cell)
    alike = set(decided.values())
    open_columns = []
    for header, found in orders.items():
        if header in decided:
            continue
        if wanted and (wanted in found.left or not found.left):
            decided[header] = wanted
            note(notes, wanted, header)
        elif found.example is None:
            decided[header] = found.left[0]
        elif len(alike) == 1 and alike <= set(found.left):
            [reading] = alike
            decided[header] = reading
            other = next(h for h, r in decided.items() if r == reading)
            note(notes, reading, header, other=other)
        else:
            open_columns.append(header)
    if open_columns:
        raise BadInput.many([open_dates(header, orders[header]) for header in open_columns])
    return decided


def _decimals(
    signs: Mapping[str, DecimalSign], money: set[str], wanted: str, notes: Mapping[str, list[str]]
) -> dict[str, str]:
    """The decimal sign of every column that shows one, and a note on each with a comma."""
    decided = {}
    for header, found in signs.items():
        if found.comma and not found.point:
            decided[header] = "comma"
            row, cell = found.comma
            note(notes, "comma", header, row=row, cell=cell)
        elif found.point:
            decided[header] = "point"
    alike = set(decided.values())
    problems = []
    for header, found in signs.items():
        if header in decided or found.dotted is None:
            continue
        if wanted:
            decided[header] = wanted
            note(notes, wanted, header)
        elif found.no_fraction:
            decided[header] = "comma"
            row, cell = found.no_fraction
            note(notes, "comma", header, row=row, cell=cell)
        elif len(alike) == 1:
            [decided[header]] = alike
            other = next(h for h, sign in decided.items() if sign in alike)
            note(notes, decided[header], header, other=other)
        elif header in money:
            problems.append(open_amounts(header, found))
    if problems:
        raise BadInput.many(problems)
    return decided
