"""What people did about a group and its orders, as the case's events tell it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from workbench.case import Case, evidence_files
from workbench.element import tag
from workbench.language import Say
from workbench.widgets.event_text import event_text, kind_word
from workbench.widgets.markup import table
from workbench.widgets.wording import local_time

__all__ = ["attached_files", "history_html"]

_MOST = 200


def history_html(history: pd.DataFrame, zone: str, say: Say) -> Markup:
    """The rows of `workbench.case.history` as a table; times as the shop's clock shows them.

    What was taken back is struck through and stays readable. The newest 200 are shown.
    """
    if history.empty:
        return tag("p", say("Nobody has written anything about it yet."), class_="wb-quiet")
    rows = (
        (
            row["seq"],
            local_time(row["at"], zone),
            row["who"],
            row["subject_id"],
            kind_word(say, row["kind"]),
            _what(row, say),
        )
        for row in history.head(_MOST).to_dict("records")
    )
    heads = (say("Event"), say("When"), say("Who"), say("Of what"), say("Act"), say("What"))
    caption = say("What people did, newest first: {events} events", events=len(history))
    if len(history) > _MOST:
        caption += say("; the first {shown} are shown", shown=_MOST)
    return table(heads, rows, caption=caption)


def attached_files(case: Case, subjects: Collection[str]) -> pd.DataFrame:
    """The files attached to one of the subjects, oldest first, as `evidence_files` tells them."""
    files = evidence_files(case)
    return files[files["subject_id"].isin(list(subjects))].reset_index(drop=True)


def _what(row: Mapping[Any, Any], say: Say) -> Markup:
    told = event_text(row, say)
    if row["counts"]:
        return tag("span", told)
    return tag("span", tag("s", told), " ", say("(taken back)"))
