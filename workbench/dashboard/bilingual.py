"""Both languages side by side in the page, one of them hidden: switching needs no server."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from workbench.element import tag
from workbench.language import LANGUAGES, words

__all__ = ["BothSay", "both", "spans"]

BothSay = Callable[..., Markup]


def both(first: str) -> BothSay:
    """A function `say(text, **figures)` that gives the text in both languages as two spans.

    `first` is the language that shows until the reader switches. Figures are plain text.
    Raises ValueError for a language other than "zh" and "en".
    """
    in_zh, in_en = words("dashboard", "zh"), words("dashboard", "en")
    if first not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, not {first!r}")

    def say(text: str, **figures: object) -> Markup:
        return spans(in_zh(text, **figures), in_en(text, **figures), first)

    return say


def spans(zh: object, en: object, first: str) -> Markup:
    """Chinese and English of one text; the one that is not `first` is hidden.

    The page's script turns `hidden` round. Without a script (a notebook's preview) the first
    language shows alone.
    """
    return tag("span", zh, lang="zh", hidden=first != "zh") + tag(
        "span", en, lang="en", hidden=first != "en"
    )
