"""The moments that a letter and a workbook tell, fit to be handed over."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.appeal.privacy import Conceal
from workbench.appeal.sentences import Sentence
from workbench.case import Case
from workbench.language import LANGUAGES
from workbench.notice import Notice
from workbench.procedure.chronology import chronology
from workbench.procedure.condensed import condensed
from workbench.rows import each
from workbench.tables import Tables

__all__ = ["MAX_ROWS", "TIMELINE", "chronology_rows", "timeline_rows", "timeline_sentences"]

MAX_ROWS = 80
TIMELINE = "timeline"
"""What the sentences of the timeline are called among all sentences."""

_TEXTS = ("zh", "en", "flag_zh", "flag_en")


def chronology_rows(
    case: Case,
    tables: Tables,
    orders: pd.DataFrame,
    notice: Notice | None,
    conceal: Conceal,
) -> pd.DataFrame:
    """`workbench.procedure.chronology` of these orders, its texts without contacts."""
    known = orders.dropna(subset="group_id")
    groups = dict(zip(known["order_id"], known["group_id"], strict=True))
    rows = chronology(case, tables, orders["order_id"].tolist(), notice, groups=groups)
    return rows.assign(**{name: rows[name].map(conceal) for name in _TEXTS})


def timeline_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `chronology_rows` in at most MAX_ROWS rows."""
    return condensed(rows, MAX_ROWS).rows


def timeline_sentences(rows: pd.DataFrame) -> Iterator[Sentence]:
    """What the timeline says; a row that tells of many leads to the orders of its group."""
    for row in each(rows):
        many = row.count > 1 and row.group_id
        place = (
            {"group_id": row.group_id}
            if many
            else {"source_file": row.source_file or None, "source_row": row.source_row}
        )
        for language in LANGUAGES:
            yield TIMELINE, language, getattr(row, language), place
