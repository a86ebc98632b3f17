"""Text written by strangers, made safe to stand inside a sentence."""

from __future__ import annotations

import unicodedata

__all__ = ["plain"]


def plain(text: object, longest: int = 24) -> str:
    """`text` on one line without control or direction marks, cut to `longest` characters.

    It is plain text, not HTML: whoever puts it into a page escapes it there.
    """
    kept = "".join(
        " " if unicodedata.category(c) in {"Zs", "Zl", "Zp", "Cc"} else c
        for c in str(text)
        if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}
    )
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
