"""What a check says: a state, a sentence in each language, the orders meant, what is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.language import Say

__all__ = ["FAILED", "NEEDS_ANSWER", "PASSED", "Given", "Known", "Question", "Tell", "Verdict"]

PASSED, FAILED, NEEDS_ANSWER = "passed", "failed", "needs_answer"

Tell = Callable[[Say], str]


@dataclass(frozen=True)
class Question:
    """Something that only a person can say. Yes means that it is in order.

    `code` names it in the case, `subject` and `subject_id` say of what it is asked. `quote` is
    what strangers wrote: for the analyst's screen, never for what is handed over. `worded` asks
    for the answer in words as well.
    """

    code: str
    ask: Tell
    subject: str = "case"
    subject_id: str = ""
    quote: str = ""
    orders: tuple[str, ...] = ()
    worded: bool = True


@dataclass(frozen=True)
class Given:
    """An answer that stands. `at` is UTC."""

    answer: str
    text: str
    who: str
    at: pd.Timestamp


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    `told` are its sentences: what gives one in any language, or both, where they stand in data.
    """

    state: str
    told: Sequence[Tell | Mapping[str, str]]
    orders: Sequence[str] = ()
    questions: Sequence[Question] = ()


class Known:
    """The answers that stand, by question and subject."""

    def __init__(self, answers: pd.DataFrame) -> None:
        columns = ("question", "subject", "subject_id", "answer", "text", "who", "at")
        rows = zip(*(answers[name].tolist() for name in columns), strict=True)
        self._given = {(q, kind, one): Given(*rest) for q, kind, one, *rest in rows}

    def to(self, question: Question) -> Given | None:
        """The answer to a question, if there is one."""
        return self._given.get((question.code, question.subject, question.subject_id))

    def state(self, question: Question) -> str:
        """PASSED for yes (or that it does not apply), FAILED for no, else NEEDS_ANSWER.

        An answer that should say why and does not is none yet.
        """
        given = self.to(question)
        if given is None:
            return NEEDS_ANSWER
        if given.answer == "no":
            return FAILED
        silent = not given.text.strip() and (question.worded or given.answer != "yes")
        return NEEDS_ANSWER if silent else PASSED

    def worst(self, questions: Iterable[Question]) -> str:
        """FAILED when one is refused, NEEDS_ANSWER when one is open, else PASSED."""
        states = {self.state(one) for one in questions}
        return next((one for one in (FAILED, NEEDS_ANSWER) if one in states), PASSED)

    def count(self, questions: Iterable[Question], state: str) -> int:
        """How many of the questions stand so."""
        return sum(self.state(one) == state for one in questions)
