"""Questions that the data cannot answer, and what people answered."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

import pandas as pd

from workbench.case.event import Event
from workbench.case.events import append
from workbench.case.folder import Case
from workbench.case.known import subject_problems
from workbench.case.standing import standing_events
from workbench.errors import BadInput, Problem

__all__ = ["ANSWERS", "Answer", "answer", "answers"]

Answer = Literal["yes", "no", "not_applicable"]
ANSWERS: tuple[Answer, ...] = ("yes", "no", "not_applicable")

_QUESTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:\-]{0,99}")
_COLUMNS = ["question", "subject", "subject_id", "answer", "text", "who", "at", "seq"]


def answer(
    case: Case,
    *,
    question: str,
    answer: Answer,
    text: str = "",
    who: str,
    subject: Literal["order", "group", "case"] = "case",
    subject_id: str = "",
) -> Event:
    """Write down what a person answered; a later answer to the same replaces it.

    `question` is its code ("F02", "gate.16"); `subject` says of what it was answered; `text` is
    the answer in the person's own words. Only people answer: nothing in the workbench calls this
    by itself.

    Raises BadInput with every problem at once: no code of a question, an answer that is none of
    ANSWERS, an order or group that the case does not know, no name.
    """
    problems = []
    if not _QUESTION.fullmatch(question):
        do = "Give the code of a question, such as F02"
        problems.append(Problem(f"This is no code of a question: {question!r}", do=do))
    if answer not in ANSWERS:
        problems.append(Problem(f"Unknown answer {answer!r}", do=f"Give one of {_or(ANSWERS)}"))
    if not who.strip():
        problems.append(Problem("An answer needs a name", do="Say who answers"))
    problems += subject_problems(case, subject, subject_id)
    if problems:
        raise BadInput.many(problems)
    return append(
        case.database,
        who=who,
        kind="answer",
        subject_kind=subject,
        subject_id=subject_id,
        body={"question": question, "answer": answer, "text": text.strip()},
    )


def answers(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """What stands, one row per question and subject, oldest first.

    Columns: question, subject (order | group | case), subject_id, answer (yes | no |
    not_applicable), text, who, at (UTC), seq (number of the event). `until` (UTC) shows an
    earlier day.
    """
    rows = [
        {
            **{name: event.body[name] for name in ("question", "answer", "text")},
            "subject": event.subject_kind,
            **{name: getattr(event, name) for name in ("subject_id", "who", "at", "seq")},
        }
        for event in standing_events(case, "answer", until=until)
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    latest = frame.drop_duplicates(["question", "subject", "subject_id"], keep="last")
    return latest.reset_index(drop=True)


def _or(words: tuple[str, ...]) -> str:
    return ", ".join(words)
