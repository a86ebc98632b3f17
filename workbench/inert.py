"""Texts that strangers wrote, made so that no screen, paper or terminal obeys them."""

from __future__ import annotations

import re

__all__ = ["inert"]

# What XML 1.0 cannot hold, half characters, and the controls that a terminal obeys.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
# Characters that turn the direction of what stands beside them: with them a name, an amount or a
# file's ending reads as another one.
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# A line or paragraph that ends where a reader of lines does not expect it.
_LINES = "\u2028\u2029"
_OBEYED = re.compile(f"[{_CONTROLS}{_TURNING}{_LINES}]")


def inert(text: str) -> str:
    """The text with "�" for every character that would act instead of being read.

    Tabs, carriage returns and line feeds stay. Markup and formulas are not touched: each kind of
    paper has its own, and escapes them where it is written.
    """
    return _OBEYED.sub("�", text)
