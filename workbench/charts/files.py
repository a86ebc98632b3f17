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
    figures: Mapping[str, Drawn],
    language: str = "zh",
    *,
    title: str = "",
    pictures: Collection[str] | None = None,
) -> ChartFiles:
    """The figures as files: `charts.<language>.html` with all of them, and `<name>.<language>.png`.

    The page stands alone, with each table below its figure. `pictures` names the figures that are
    drawn as PNG (all, where it is None). Without a Chromium the pictures are
    left out and a note says why; the same where Chinese glyphs would come out as boxes.
    """
    say = words("charts", language)
    files = {f"charts.{language}.html": html_pages(figures, language, title).encode()}
    notes: list[str] = []
    drawn_ones = {
        name: figure
        for name, (figure, _) in figures.items()
        if pictures is None or name in pictures
    }
    if drawn_ones and language == "zh" and has_chinese_font() is False:
        notes.append(say("No Chinese font on this machine: figures are given as HTML, not as PNG"))
    elif drawn_ones:
        try:
            drawn = draw_png(drawn_ones, language)
            files |= {f"{name}.{language}.png": content for name, content in drawn.items()}
        except BadInput as error:
            notes.append(str(error))
    return ChartFiles(files, tuple(notes))
