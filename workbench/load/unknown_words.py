"""Words that a lenient rule did not know, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["OTHERS", "UnknownWords"]

# Stands for all the words that are not listed one by one.
OTHERS = "…"
_LISTED = 20
# A header may turn out to be full of free text: no more words than these are remembered.
_REMEMBERED = 1000
_LONGEST = 60


@dataclass
class UnknownWords:
    """Counts words by header, in memory that does not grow with the file."""

    _counts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, header: str, words: pa.ChunkedArray) -> None:
        """Count the words of a column; null where there is none."""
        found = pc.utf8_slice_codeunits(words.drop_null(), 0, _LONGEST).value_counts()
        if not len(found):
            return
        counts = self._counts.setdefault(header, Counter())
        for entry in found.to_pylist():
            word, count = entry["values"], entry["counts"]
            known = word in counts or len(counts) < _REMEMBERED
            counts[word if known else OTHERS] += count

    def told(self) -> dict[str, dict[str, int]]:
        """Header → word → rows, the most frequent first; what is over 20 words stands under `…`."""
        return {header: _told(counts) for header, counts in self._counts.items()}


def _told(counts: Counter[str]) -> dict[str, int]:
    words = [(word, count) for word, count in counts.items() if word != OTHERS]
    listed = dict(sorted(words, key=lambda pair: (-pair[1], pair[0]))[:_LISTED])
    rest = counts.total() - sum(listed.values())
    return {**listed, OTHERS: rest} if rest else listed
