"""What was decided for a column and why, or why it could not be, in words."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.errors import Problem
from workbench.language import words
from workbench.load.day_order import READINGS, DayOrder
from workbench.load.decimal_sign import DecimalSign

__all__ = ["contradicting_dates", "note", "open_amounts", "open_dates"]


def contradicting_dates(header: str, found: DayOrder) -> Problem:
    """That no reading fits all dates of a column, with a row against each."""
    rows = "; ".join(
        f"row {row}: {cell} is not {reading}" for reading, (row, cell) in found.against.items()
    )
    return Problem(
        "The dates of a column are not all written in the same order",
        f"column {header}; {rows}",
        "Export the file again in one language, or say --dates "
        f"{' or '.join(READINGS)}: the rows that do not fit are then quarantined",
    )


def open_dates(header: str, found: DayOrder) -> Problem:
    """That several readings fit all dates of a column."""
    row, cell = found.example or (0, "")
    return Problem(
        "No date of a column tells which number is the day",
        f"column {header}; for example row {row}: {cell}",
        f"Say --dates {' or '.join(found.left)}",
    )


def open_amounts(header: str, found: DecimalSign) -> Problem:
    """That amounts of a column say another amount with each decimal sign, and none decides."""
    row, cell = found.dotted or (0, "")
    return Problem(
        "No amount of a column tells whether its point is a decimal point",
        f"column {header}; for example row {row}: {cell}",
        "Say --decimals point (12.000 is twelve) or comma (twelve thousand)",
    )


def note(
    notes: Mapping[str, list[str]],
    decision: str,
    header: str,
    *,
    row: int = 0,
    cell: str = "",
    other: str = "",
) -> None:
    """Say what was decided and why: because of a row, of another column, or of the user."""
    for language, told in notes.items():
        say = words("load", language)
        meaning = {
            "day-first": say("dates are read day first"),
            "month-first": say("dates are read month first"),
            "year-first": say("dates are read year first"),
            "comma": say("amounts are read with a decimal comma"),
            "point": say("amounts are read with a decimal point"),
        }[decision]
        if row:
            text = say(
                "{header}: {meaning}, because row {row} is {cell}",
                header=header,
                meaning=meaning,
                row=row,
                cell=cell,
            )
        elif other:
            text = say(
                "{header}: {meaning}, as in {other}", header=header, meaning=meaning, other=other
            )
        else:
            text = say("{header}: {meaning}, as you said", header=header, meaning=meaning)
        told.append(text)
