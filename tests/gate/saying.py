"""What a verdict says, for tests."""

from __future__ import annotations

import pandas as pd

from workbench.gate.verdict import Known, Question, Verdict
from workbench.language import words

EN, ZH = words("gate", "en"), words("gate", "zh")
NOW = pd.Timestamp("2026-01-06 08:00", tz="UTC")
EARLIER, LATER = NOW - pd.Timedelta(hours=1), NOW + pd.Timedelta(hours=1)


def told(verdict: Verdict, language: str = "en") -> str:
    """The sentences of a verdict; both languages must be there."""
    texts = {
        name: [one(say) if callable(one) else one[name] for one in verdict.told]
        for name, say in (("en", EN), ("zh", ZH))
    }
    assert all(texts["en"])
    assert all(texts["zh"])
    return " ".join(texts[language])


def asked(verdict: Verdict) -> list[tuple[str, str]]:
    """Code and subject of each question; each can be put in both languages."""
    for one in verdict.questions:
        assert one.ask(EN) != one.ask(ZH)
    return [(one.code, one.subject_id) for one in verdict.questions]


def known(*given: tuple[Question, str, str]) -> Known:
    """The answers to some questions, given NOW: question, answer, words."""
    rows = [
        {
            "question": question.code,
            "subject": question.subject,
            "subject_id": question.subject_id,
            "answer": answer,
            "text": text,
            "who": "li",
            "at": NOW,
        }
        for question, answer, text in given
    ]
    columns = ["question", "subject", "subject_id", "answer", "text", "who", "at"]
    return Known(pd.DataFrame(rows, columns=columns))


NOTHING = known()
