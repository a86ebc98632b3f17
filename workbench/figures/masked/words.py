"""What carriers and banks wrote, cut down to the words that the screening reads in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from pathlib import Path

from workbench import detect
from workbench.explain import innocent

__all__ = ["memo_words", "scan_words"]

_DETECT = Path(detect.__file__).parent
_INNOCENT = Path(innocent.__file__).parent


def _patterns(*paths: Path) -> list[re.Pattern[str]]:
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    return [re.compile(words) for table in tables for words in table.values()]


_SCANS = _patterns(_DETECT / "scans.toml", _INNOCENT / "courier.toml")
_RECORDED = _patterns(_DETECT / "money_back.toml")
_NUMBER = re.compile(r"[0-9]{10,}", re.ASCII)


def scan_words(text: str) -> str:
    """The words of a scan that say what happened to the parcel."""
    return _among(_SCANS, text)


def memo_words(text: str, order_ids: Collection[str]) -> str:
    """The words of a memo that call it a refund, and the order it names, if it is one of these."""
    number = _NUMBER.search(text)
    named = number[0] if number and number[0] in order_ids else ""
    return " ".join(part for part in (_among(_RECORDED, text), named) if part)


def _among(patterns: list[re.Pattern[str]], text: str) -> str:
    low = text.lower()
    return " ".join(dict.fromkeys(match[0] for one in patterns for match in one.finditer(low)))
