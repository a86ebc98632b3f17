"""What happened when, from the campaign to the platform's reply: one list out of all records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from workbench.case import Case
from workbench.errors import BadInput
from workbench.explain import read_assessment
from workbench.language import LANGUAGES, words
from workbench.notice import Notice
from workbench.procedure.contradictions import contradiction_words, contradictions
from workbench.procedure.moments import KIND_OF, Moment, sentence
from workbench.procedure.moments_of_case import moments_of_case, moments_of_notice
from workbench.procedure.moments_of_data import moments_of_data
from workbench.tables import Tables

__all__ = ["CHRONOLOGY_COLUMNS", "chronology"]

CHRONOLOGY_COLUMNS = [
    "at", "kind", "step", "order_id", "group_id", "zh", "en", "source_file", "source_row", "event",
    "flag", "flag_zh", "flag_en",
]  # fmt: skip

_RANK = {step: rank for rank, step in enumerate(KIND_OF)}


def chronology(
    case: Case,
    tables: Tables,
    order_ids: Sequence[str],
    notice: Notice | None = None,
    *,
    groups: Mapping[str, str] | None = None,
    until: datetime | None = None,
) -> pd.DataFrame:
    """Every recorded moment of these orders and of the case, oldest first: of one order or of many.

    Columns: at (shop's local time); kind (campaign, order, pick, ship, scan, sign, review,
    notice, appeal, reply, decision, evidence) and step (what of it: placed, paid, collected, …);
    order_id ("" for what concerns them all) and group_id ("" for none); zh and en (one sentence,
    without personal data); source_file (SHA-256) and source_row, or event (number of the event
    of the case): where it is written; flag (codes, joined by "; ", of what it contradicts, see
    `workbench.procedure.contradictions`), flag_zh and flag_en (the same in words).

    Campaigns are those in which one of the orders was placed. Moments of one time keep the order
    in which a trade goes. `groups` (order → group) is read from the screening where it is not
    given; `until` (UTC) leaves out what people recorded later.
    """
    known = _groups(case) if groups is None else groups
    found = [
        *moments_of_data(tables, order_ids),
        *moments_of_notice(notice, case, tables, until),
        *moments_of_case(case, order_ids, known, until),
    ]
    found.sort(key=lambda one: (one.at, _RANK[one.step], one.order_id, one.source_row or 0))
    say = {language: words("procedure", language) for language in LANGUAGES}
    rows = []
    for moment, flags in zip(found, contradictions(found), strict=True):
        row = _row(moment, known)
        row["flag"] = "; ".join(flags)
        for language in LANGUAGES:
            row[language] = sentence(moment, language)
            row[f"flag_{language}"] = contradiction_words(flags, say[language]) if flags else ""
        rows.append(row)
    frame = pd.DataFrame(rows, columns=CHRONOLOGY_COLUMNS)
    frame["at"] = pd.to_datetime(frame["at"]).astype("datetime64[us]")
    return frame.astype({"source_row": "Int64", "event": "Int64"})


def _row(moment: Moment, groups: Mapping[str, str]) -> dict[str, Any]:
    names = ("at", "kind", "step", "order_id", "source_file", "source_row", "event")
    group_id = moment.group_id or groups.get(moment.order_id, "")
    return {**{name: getattr(moment, name) for name in names}, "group_id": group_id}


def _groups(case: Case) -> dict[str, str]:
    """Order → group of the newest screening; {} where there was none."""
    try:
        orders = read_assessment(case.results_dir).orders
    except BadInput:
        return {}
    found = orders.dropna(subset="group_id")
    return dict(zip(found["order_id"], found["group_id"], strict=True))
