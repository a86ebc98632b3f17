"""What a column of an unknown table may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Proposal"]


@dataclass(frozen=True)
class Proposal:
    """Where a canonical column may come from.

    `rule` is what a mapping file says (a header or a table); `sure` is False where a person must
    look, because no header names the column or a word is not known; `reasons` says why, by
    language.
    """

    column: str
    rule: Any
    sure: bool
    reasons: Mapping[str, str]

    @property
    def header(self) -> str | None:
        """The header the column comes from, or None where it is derived from several or none."""
        rules = self.rule if isinstance(self.rule, list) else [self.rule]
        headers = {r if isinstance(r, str) else r.get("header") for r in rules}
        return headers.pop() if len(headers) == 1 else None
