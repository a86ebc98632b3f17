"""What the platform had to do: the checks F01 to F23, the remedies and their clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.case import open_case
from workbench.case.answers import Answer
from workbench.commands.tables import open_tables
from workbench.errors import BadInput, Problem
from workbench.notice import Notice, notices
from workbench.procedure import (
    CHECKS,
    STEPS,
    answer_check,
    answer_step,
    conduct_law,
    ladder,
    named_orders,
    procedural_checks,
    record_clocks,
)

__all__ = ["Procedure", "answer_procedure", "procedure"]


@dataclass(frozen=True)
class Procedure:
    """The newest notice (None without one), and the frames that `workbench.procedure` describes.

    `checks`: F01 to F23; `ladder`: the remedies; `clocks`: until when records are kept;
    `conduct`: which law the days of the orders choose. None of it is legal advice.
    """

    notice: Notice | None
    checks: pd.DataFrame
    ladder: pd.DataFrame
    clocks: pd.DataFrame
    conduct: pd.DataFrame


def procedure(case: Path) -> Procedure:
    """Check the newest notice of a case, and say what comes next.

    Raises BadInput when no orders were loaded.
    """
    opened = open_case(case)
    tables = open_tables(opened)
    notice = next(iter(notices(tables, opened)), None)
    named = tuple(named_orders(notice, tables)["order_id"])
    return Procedure(
        notice=notice,
        checks=procedural_checks(notice, opened, tables),
        ladder=ladder(notice, opened),
        clocks=record_clocks(opened, tables, named),
        conduct=conduct_law(notice, tables),
    )


def answer_procedure(
    case: Path, answers: Mapping[str, Answer], *, text: str = "", who: str
) -> None:
    """Write down what a person answers to checks ("F05") and steps of the ladder ("mediation").

    Nothing is written unless every code is known. Raises BadInput with every problem at once.
    """
    known = [*CHECKS, *(step for step in STEPS if step != "appeal")]
    do = f"Give one of {', '.join(known)}"
    problems = [Problem(f"There is no check or step {code!r}", do=do) for code in answers]
    problems = [one for one, code in zip(problems, answers, strict=True) if code not in known]
    if problems:
        raise BadInput.many(problems)
    opened = open_case(case)
    for code, answered in answers.items():
        if code in CHECKS:
            answer_check(opened, code, answered, text, who=who)
        else:
            answer_step(opened, code, answered, text, who=who)
