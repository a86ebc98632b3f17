"""Figures as files for the pack: one HTML page with their tables, and PNG where possible."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbench.charts.page import Drawn, html_pages
from workbench.charts.pictures import draw_png, has_chinese_font
from workbench.errors import BadInput
from workbench.language import words

__all__ = ["ChartFiles", "write_charts"]


@dataclass(frozen=True)
class ChartFiles:
    """Files by name, as bytes, and what a reader should know about them, one line each."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...]


def write_charts(
    figures: Mapping[str, Mapping[str, Drawn]],
    language: str = "zh",
    *,
    titles: Mapping[str, str] | None = None,
    pictures: Mapping[str, Collection[str]] | None = None,
) -> ChartFiles:
    """The figures as files: `charts.<language>.html` with all of them, and `<name>.<language>.png`.

    `figures` and the `titles` of the pages are by language, as are `pictures`: the names of the
    figures that are drawn as PNG (all, where it is None). A page stands alone, with each table
    below its figure. Without a Chromium the pictures are left out and a note in `language` says
    why; the same for Chinese ones where Chinese glyphs would come out as boxes.
    """
    say = words("charts", language)
    files = {
        f"charts.{each}.html": html_pages(own, each, (titles or {}).get(each, "")).encode()
        for each, own in figures.items()
    }
    wanted = {
        each: {
            f"{name}.{each}.png": figure
            for name, (figure, _) in own.items()
            if pictures is None or name in pictures[each]
        }
        for each, own in figures.items()
    }
    notes: list[str] = []
    if wanted.get("zh") and has_chinese_font() is False:
        notes.append(say("No Chinese font on this machine: figures are given as HTML, not as PNG"))
        wanted["zh"] = {}
    # One browser draws them all: it takes longer to start than to draw.
    if drawn := {name: figure for own in wanted.values() for name, figure in own.items()}:
        try:
            files |= draw_png(drawn, language)
        except BadInput as error:
            notes.append(str(error))
    return ChartFiles(files, tuple(notes))
