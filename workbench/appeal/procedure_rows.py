"""What the checks of the procedure and the ladder of remedies say, fit to be handed over."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.appeal.privacy import Conceal
from workbench.appeal.sentences import Sentence
from workbench.language import LANGUAGES
from workbench.rows import each

__all__ = ["of_check", "of_record", "of_step", "procedure_rows", "procedure_sentences"]

_TEXTS = ("told_zh", "told_en", "clock_zh", "clock_en")


def procedure_rows(frame: pd.DataFrame, conceal: Conceal) -> pd.DataFrame:
    """Checks or steps with the texts that may quote a person made fit to be handed over."""
    texts = [name for name in _TEXTS if name in frame]
    return frame.assign(**{name: frame[name].map(conceal) for name in texts})


def of_check(code: str) -> str:
    """What the sentences of a check are called among all sentences."""
    return f"check {code}"


def of_step(step: str) -> str:
    """What the sentences of a remedy are called among all sentences."""
    return f"remedy {step}"


def of_record(record: str) -> str:
    """What the sentences of a clock of records are called among all sentences."""
    return f"records {record}"


def procedure_sentences(
    checks: pd.DataFrame, steps: pd.DataFrame, clocks: pd.DataFrame
) -> Iterator[Sentence]:
    """What checks, steps and clocks say in each language."""
    for language in LANGUAGES:
        for row in each(checks):
            yield of_check(row.code), language, getattr(row, f"told_{language}"), {}
        for row in each(steps):
            yield of_step(row.step), language, getattr(row, f"clock_{language}"), {}
        for row in each(clocks):
            yield of_record(row.record), language, getattr(row, language), {}
