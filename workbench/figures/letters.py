"""The data of a letter as they stand in a pack: every figure by its id and its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workbench.figures.marks import segments
from workbench.figures.recompute import marks_in

__all__ = ["letter_json", "told_ids"]

# Links to exhibits, groups and sources, and their targets (workbench.appeal.render.links).
_LINK = re.compile("[\ue010\ue013][^\ue000-\ue01f]*[\ue011\ue014]([^\ue000-\ue01f]*)[\ue012\ue015]")


def letter_json(model: Any) -> Any:
    """The model with every marked text as a list of words and figures ({"figure", "text"}).

    Other links are plain text.
    """
    if isinstance(model, Mapping):
        return {str(key): letter_json(one) for key, one in model.items()}
    if isinstance(model, (list, tuple)):
        return [letter_json(one) for one in model]
    if not isinstance(model, str):
        return model
    parts = [
        {"figure": piece.figure, "text": piece.text} if piece.figure else piece.text
        for piece in segments(_LINK.sub(r"\1", model))
    ]
    if not any(isinstance(part, dict) for part in parts):
        return "".join(map(str, parts))
    return parts


def told_ids(model: Any) -> list[str]:
    """The ids of the figures that a model tells, each once, in their order."""
    return sorted({name for name, _ in marks_in(letter_json(model))})
