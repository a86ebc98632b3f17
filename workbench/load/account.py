"""The account of one file's rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["Account"]


@dataclass
class Account:
    """What became of a file's rows.

    `read` = `loaded` + `quarantined`; `blank` rows are counted apart. `reasons` counts problems by
    their code, `unused` the rows of each joined file that joined nothing, `unknown` the words that
    lenient rules did not know, by header. `notes` tell, by language, what was done to rows.
    """

    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    blank: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unused: list[int] = field(default_factory=list)
    unknown: dict[str, dict[str, int]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)

    def check(self, where: str) -> None:
        """Raise AssertionError if a row is not accounted for."""
        if self.read != self.loaded + self.quarantined:
            raise AssertionError(
                f"{where}: {self.read} rows read, but {self.loaded} loaded and "
                f"{self.quarantined} quarantined"
            )
