"""Links inside a text: to a figure, an exhibit, a group or a source, whatever the paper.

A text carries its links as private-use characters, as `workbench.figures.marks` does for figures:
U+E010 target U+E011 text U+E012 points to a target, and U+E013 target U+E014 text U+E015 is the
target itself. Each kind of paper turns them into links of its own kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Piece", "anchor", "anchors", "changed", "link", "pieces", "without_links"]

_BARE = "([^\ue000-\ue01f]*)"
# Figures are marked by U+E000 id U+E001 text U+E002 (workbench.figures.marks).
_MARKED = re.compile(
    "|".join(
        f"{begin}{_BARE}{middle}{_BARE}{end}"
        for begin, middle, end in (
            "\ue000\ue001\ue002",
            "\ue010\ue011\ue012",
            "\ue013\ue014\ue015",
        )
    )
)
_STRAY = re.compile("[\ue000-\ue01f]")
_TARGET = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


@dataclass(frozen=True)
class Piece:
    """A part of a text; `link` names the target it points to, `anchor` the target it is."""

    text: str
    link: str = ""
    anchor: str = ""


def link(target: str, text: str) -> str:
    """`text` as a link to `target` (letters, digits and dashes)."""
    return f"\ue010{target}\ue011{text}\ue012"


def anchor(target: str, text: str) -> str:
    """`text` as the place that links to `target` lead to."""
    return f"\ue013{target}\ue014{text}\ue015"


def pieces(text: str) -> list[Piece]:
    """The text cut into plain parts, links and targets; marks that are not whole are dropped."""
    found: list[Piece] = []
    at = 0
    for match in _MARKED.finditer(text):
        found.append(Piece(_bare(text[at : match.start()])))
        at = match.end()
        target, told = (one for one in match.groups() if one is not None)
        if not _TARGET.fullmatch(target):
            found.append(Piece(told))
        elif match.group().startswith("\ue013"):
            found.append(Piece(told, anchor=target))
        else:
            found.append(Piece(told, link=target))
    found.append(Piece(_bare(text[at:])))
    return [piece for piece in found if piece.text]


def without_links(text: str) -> str:
    """The text as a reader sees it."""
    return "".join(piece.text for piece in pieces(text))


def anchors(model: Any) -> frozenset[str]:
    """Every target in the texts of a model (dictionaries and lists of texts)."""
    found: set[str] = set()

    def look(text: str) -> str:
        found.update(piece.anchor for piece in pieces(text) if piece.anchor)
        return text

    changed(model, look)
    return frozenset(found)


def changed(model: Any, change: Callable[[str], Any]) -> Any:
    """The model with every text replaced by what `change` gives for it."""
    if isinstance(model, Mapping):
        return {key: changed(one, change) for key, one in model.items()}
    if isinstance(model, (list, tuple)):
        return [changed(one, change) for one in model]
    return change(model) if isinstance(model, str) else model


def _bare(text: str) -> str:
    return _STRAY.sub("", text)
