"""The appendices of the letter: how each figure was counted, and the files it came from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from workbench.appeal.matter import Matter
from workbench.appeal.render.links import anchor, changed, link
from workbench.appeal.sentences import LetterFigures
from workbench.figures import segments
from workbench.language import Say, words
from workbench.rows import each

__all__ = ["figure_rows", "source_rows", "told_figures"]

_MOST_RANGES = 24
_SHORT = 60

Row = dict[str, Any]


def figure_rows(
    matter: Matter, figures: LetterFigures, language: str, told: Collection[str]
) -> list[Row]:
    """One row per figure of `told` (ids): id, name, value, how, rows."""
    files = {row.sha256: f"S{row.number}" for row in each(matter.origins)}
    files |= {row.sha256: f"E{row.number}" for row in each(matter.exhibits)}
    say = words("appeal", language)
    first: dict[str, str] = {}
    rows = []
    for row in each(figures.frame(language, told)):
        counted = "\n".join(_rows(one, files) for one in row.sources) or "–"
        # Figures of one group rest on the same rows: they are written out once.
        same = first.setdefault(counted, row.id)
        rows.append(
            {
                "id": anchor(row.id, row.id),
                "name": row.name,
                "value": anchor(_rows_of(row.id), row.value),
                "how": row.how,
                "rows": counted
                if same == row.id or len(counted) < _SHORT
                else link(_rows_of(same), say("the same as {figure}", figure=same)),
            }
        )
    return rows


def _rows_of(figure: str) -> str:
    """The place of a figure's rows; links to the figure itself lead to its id."""
    return f"rows-{figure}"


def told_figures(model: Any) -> set[str]:
    """The ids of the figures that the texts of a model tell."""
    found: set[str] = set()

    def look(text: str) -> str:
        found.update(segment.figure for segment in segments(text) if segment.figure)
        return text

    changed(model, look)
    return found


def _rows(origin: Mapping[str, str], files: Mapping[str, str]) -> str:
    """A file as a link to its row in the list of files or of evidence, and the rows of it."""
    file = origin["source_file"]
    known = files.get(file)
    name = link(known, known) if known else file[:12]
    ranges = origin["rows"].split(", ")
    shown = ", ".join(ranges[:_MOST_RANGES]) + " …" * (len(ranges) > _MOST_RANGES)
    return f"{name} {origin['table']}: {shown}" if origin["rows"] else f"{name} {origin['table']}"


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
