"""What must hold of a row for a rule to count: the `when` of the rule language, and its `skip`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Condition", "RuleError", "read_condition", "text", "texts"]


class RuleError(ValueError):
    """A rule that is not written in the language of `workbench.load.rules`."""


@dataclass(frozen=True)
class Condition:
    """What must hold of a row; `header` is empty for `continued`."""

    header: str = ""
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    starts_with: str = ""
    ends_with: str = ""
    contains: str = ""
    matches: str = ""
    filled: bool | None = None
    negative: bool | None = None
    zero: bool | None = None
    continued: bool | None = None


_CONDITION_KEYS = {
    *("header", "is", "not", "starts_with", "ends_with", "contains", "matches", "filled"),
    *("negative", "zero", "continued"),
}


def read_condition(raw: Any) -> Condition:
    """A condition from its TOML value; raises RuleError with what is wrong with it."""
    if not isinstance(raw, dict) or not (("header" in raw) ^ ("continued" in raw)):
        raise RuleError(f"a condition names a header: {raw!r}")
    if unknown := sorted(set(raw) - _CONDITION_KEYS):
        raise RuleError(f"a condition knows no {', '.join(unknown)}")
    words, others = raw.get("is", []), raw.get("not", [])
    return Condition(
        header=text(raw.get("header", "")),
        one_of=texts(words if isinstance(words, list) else [words]),
        none_of=texts(others if isinstance(others, list) else [others]),
        starts_with=text(raw.get("starts_with", "")),
        ends_with=text(raw.get("ends_with", "")),
        contains=text(raw.get("contains", "")),
        matches=text(raw.get("matches", "")),
        filled=raw.get("filled"),
        negative=raw.get("negative"),
        zero=raw.get("zero"),
        continued=raw.get("continued"),
    )


def text(raw: Any) -> str:
    """A text of a rule; raises RuleError when it is none."""
    if not isinstance(raw, str):
        raise RuleError(f"{raw!r} is no text: write it in quotes")
    return raw


def texts(raw: Any) -> tuple[str, ...]:
    """A list of texts of a rule; raises RuleError when it is none."""
    if not isinstance(raw, list):
        raise RuleError(f"{raw!r} is no list")
    return tuple(text(entry) for entry in raw)
