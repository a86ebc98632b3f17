"""The account of one file's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.language import LANGUAGES, Say, words

__all__ = ["Account"]


@dataclass
class Account:
    """What became of a file's rows.

    `read` = `loaded` + `quarantined`; `blank` rows are counted apart. `reasons` counts problems by
    their code, `unused` the rows of each joined file that joined nothing, `unknown` the words that
    lenient rules did not know, by header. `skipped` counts left-out rows by the
    number of the format's skip, `described` the rows under headers that only describe the columns
    (they are blank rows, too), `repeated` the orders with several rows in a file of one row per
    order. `notes` tell, by language, what was done to rows.
    """

    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    blank: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unused: list[int] = field(default_factory=list)
    unknown: dict[str, dict[str, int]] = field(default_factory=dict)
    skipped: Counter[int] = field(default_factory=Counter)
    described: int = 0
    repeated: int = 0
    notes: dict[str, list[str]] = field(default_factory=dict)

    def told(self) -> Iterator[tuple[Say, list[str]]]:
        """For each language, how to say something in it and the notes to add it to."""
        for language in LANGUAGES:
            yield words("load", language), self.notes.setdefault(language, [])

    def check(self, where: str) -> None:
        """Raise AssertionError if a row is not accounted for."""
        if self.read != self.loaded + self.quarantined:
            raise AssertionError(
                f"{where}: {self.read} rows read, but {self.loaded} loaded and "
                f"{self.quarantined} quarantined"
            )
