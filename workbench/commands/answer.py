"""Answer a question that the data cannot answer."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from workbench.case import Event, open_case
from workbench.case.answers import Answer
from workbench.case.answers import answer as write_answer

__all__ = ["answer"]


def answer(
    case: Path,
    question: str,
    given: Answer,
    *,
    who: str,
    text: str = "",
    subject: Literal["order", "group", "case"] = "case",
    subject_id: str = "",
) -> Event:
    """Write down what `who` answered; see `workbench.case.answers.answer`."""
    return write_answer(
        open_case(case),
        question=question,
        answer=given,
        text=text,
        who=who,
        subject=subject,
        subject_id=subject_id,
    )
