"""Sentences that checks, the ladder and the timeline say, so that their figures can be followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.figures import CaseFigures, Ledger, defused
from workbench.figures.case_tables import case_tables, moment_table, result_tables
from workbench.figures.ledger import said_id
from workbench.figures.recompute import numbers
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.appeal.matter import Matter
    from workbench.explain import Assessment

__all__ = ["LetterFigures", "Sentence", "sentence_table"]

TABLE = "case/sentences"
MOMENTS = "case/moments"
_PLACE = ["group_id", "source_file", "source_row"]
_COLUMNS = ["id", "of", "language", "text", *_PLACE]

Sentence = tuple[str, str, str, Mapping[str, object]]
"""Of what (a check, a remedy, the timeline), language, text, and where that is written."""


def sentence_table(sentences: Iterable[Sentence]) -> pd.DataFrame:
    """One row per sentence: id (as `workbench.figures.ledger.said_id`), of, language, text, place.

    The place is group_id for what a sentence tells of all orders of a group, else source_file
    (SHA-256) and source_row; what is not known is missing.
    """
    rows = [
        {
            "id": said_id(defused(text)),
            "of": of,
            "language": language,
            "text": defused(text),
            **{name: place.get(name) for name in _PLACE},
        }
        for of, language, text, place in sentences
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS).astype(object)
    return frame.drop_duplicates(["id", "of"]).reset_index(drop=True)


class LetterFigures(CaseFigures):
    """The figures of the papers of a matter, those inside the sentences of its checks as well."""

    def __init__(self, matter: Matter, tables: Tables, assessment: Assessment) -> None:
        told = case_tables(matter, tables)
        stated = _placed(matter.sentences, told["case/notice"])
        moments = moment_table(matter.chronology, matter.origins)
        frames = {**told, TABLE: stated, MOMENTS: moments, **result_tables(assessment)}
        super().__init__(Ledger(frames, tables))

    def stated(self, text: str, of: str) -> str:
        """A sentence of `matter.sentences` about `of` with each of its figures marked.

        What its words name is counted; any other figure is read back from the sentence.
        """
        return self._marked(text, of, self.known(text))

    def told(self, row: Any, language: str, of: str) -> str:
        """The sentence of a row of `matter.timeline` with each of its figures marked."""
        text = getattr(row, language)
        if row.count == 1:
            return self.stated(text, of)
        return self._marked(text, of, self.moments(text, row.step, row.group_id, row.flag))

    def _marked(self, text: str, of: str, counted: Mapping[int, str]) -> str:
        plain = defused(text)
        parts, last = [], 0
        where = [("id", "=", said_id(plain)), ("of", "=", of)]
        for index, (begin, end) in enumerate(numbers(plain)):
            told = f"{of}: “{plain[max(0, begin - 12) : end + 12]}”"
            shown = counted.get(begin) or self.add(
                told, plain[begin:end], TABLE, where, "number", "text", index=index
            )
            parts += [plain[last:begin], self.text(shown)]
            last = end
        return "".join([*parts, plain[last:]])


def _placed(sentences: pd.DataFrame, notice: pd.DataFrame) -> pd.DataFrame:
    """The sentences that name no place of their own led to the notice: they are about it."""
    placeless = sentences[_PLACE].isna().all(axis="columns")
    found = sentences.copy()
    for name in ("source_file", "source_row"):
        found.loc[placeless, name] = notice[name].iloc[0] if name in notice else None
    return found
