"""What happened when, short enough for a letter: each moment with where it is written."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.appeal.matter import Matter
from workbench.appeal.render.links import link
from workbench.appeal.sentences import LetterFigures
from workbench.appeal.timeline_rows import TIMELINE
from workbench.language import Say, words
from workbench.rows import each

__all__ = ["timeline", "timeline_cut"]


def timeline(matter: Matter, figures: LetterFigures, language: str) -> list[dict[str, str]]:
    """Rows of when, what and where (a link to the source file, and the row in it), oldest first."""
    say = words("appeal", language)
    number = dict(zip(matter.origins["sha256"], matter.origins["number"], strict=True))
    return [
        {
            "when": f"{row.at:%Y-%m-%d %H:%M}",
            "what": figures.told(row, language, TIMELINE),
            "where": _where(row, number, say),
        }
        for row in each(matter.timeline)
    ]


def timeline_cut(matter: Matter, say: Say) -> str:
    """That only the workbook tells every moment; "" when the letter does."""
    told = int(matter.timeline["count"].sum()) if len(matter.timeline) else 0
    if told == len(matter.chronology) and len(matter.timeline) == told:
        return ""
    return say(
        "Moments of one kind are put together here; the workbook tells each (sheet Chronology)."
    )


def _where(row: Any, number: dict[str, int], say: Say) -> str:
    if row.source_file in number:
        name = link(f"S{number[row.source_file]}", f"S{number[row.source_file]}")
        if row.count > 1:
            return say("{file} and more", file=name)
        return (
            name if pd.isna(row.source_row) else say("{file}, {row}", file=name, row=row.source_row)
        )
    return "" if pd.isna(row.event) else say("record {event}", event=row.event)
