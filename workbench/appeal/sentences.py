"""Sentences that checks, the ladder and the timeline say, so that their figures can be followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from workbench.figures import CaseFigures, Ledger, defused
from workbench.figures.case_tables import case_tables, result_tables
from workbench.figures.ledger import said_id
from workbench.figures.recompute import numbers
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.appeal.matter import Matter
    from workbench.explain import Assessment

__all__ = ["LetterFigures", "Sentence", "sentence_table"]

TABLE = "case/sentences"
_COLUMNS = ["id", "of", "language", "text", "source_table", "source_file", "source_row"]

Sentence = tuple[str, str, str, Mapping[str, object]]
"""Of what (F07, ladder.appeal …), language, text, and the row it was read from, if from one."""


def sentence_table(sentences: Iterable[Sentence]) -> pd.DataFrame:
    """One row per sentence: id (as `workbench.figures.ledger.said_id`), of, language, text, source.

    source_table, source_file and source_row say which row of which file it tells, or are missing.
    """
    rows = [
        {
            "id": said_id(defused(text)),
            "of": of,
            "language": language,
            "text": defused(text),
            **{name: place.get(name) for name in _COLUMNS[4:]},
        }
        for of, language, text, place in sentences
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS).astype(object)
    return frame.drop_duplicates(["id", "of"]).reset_index(drop=True)


class LetterFigures(CaseFigures):
    """The figures of the papers of a matter, those inside the sentences of its checks as well."""

    def __init__(self, matter: Matter, tables: Tables, assessment: Assessment) -> None:
        frames = {
            **case_tables(matter, tables),
            TABLE: matter.sentences,
            **result_tables(assessment),
        }
        super().__init__(Ledger(frames, tables))

    def stated(self, text: str, of: str) -> str:
        """A sentence of `matter.sentences` about `of` with each of its figures marked."""
        plain = defused(text)
        parts, last = [], 0
        where = [("id", "=", said_id(plain)), ("of", "=", of)]
        for index, (begin, end) in enumerate(numbers(plain)):
            told = f"{of}: “{plain[max(0, begin - 12) : end + 12]}”"
            shown = self.add(told, plain[begin:end], TABLE, where, "number", "text", index=index)
            parts += [plain[last:begin], self.text(shown)]
            last = end
        return "".join([*parts, plain[last:]])
