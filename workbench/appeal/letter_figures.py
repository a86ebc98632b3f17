"""The appendices of the letter: how each figure was counted, and the files it came from."""

from __future__ import annotations

from typing import Any

from workbench.appeal.letter_counts import Counts
from workbench.appeal.matter import Matter
from workbench.appeal.render.links import anchor
from workbench.language import Say
from workbench.rows import each

__all__ = ["figure_rows", "source_rows"]

Row = dict[str, Any]


def figure_rows(matter: Matter, counts: Counts, language: str) -> list[Row]:
    """One row per figure that the letter tells: id, name, value, how, rows."""
    return []


def source_rows(matter: Matter, say: Say) -> list[Row]:
    """One row per original file and table: id, file, table, sha256, read."""
    return [
        {
            "id": anchor(f"S{row.number}", f"S{row.number}"),
            "file": row.file,
            "table": row.table,
            "sha256": row.sha256,
            "read": say(
                "{read} / {loaded} / {quarantined}",
                read=f"{row.rows_read:,}",
                loaded=f"{row.rows_loaded:,}",
                quarantined=f"{row.rows_quarantined:,}",
            ),
        }
        for row in each(matter.origins)
    ]
