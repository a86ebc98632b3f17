"""Number the rows of a text file as a spreadsheet does."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

__all__ = ["RowNumbers"]


@dataclass
class RowNumbers:
    """Counts rows as a spreadsheet does: the good ones in batches, the misshapen ones singly."""

    header_row: int
    seen: int = 0
    waiting: list[int] = field(default_factory=list)
    furthest: int = 0

    @property
    def last(self) -> int:
        """The number of the last row that was read."""
        return self.header_row + max(self.seen, self.furthest)

    def invalid(self, number: int) -> int:
        """Note a misshapen record, the `number`th of the data; gives its row."""
        self.waiting.append(number)
        self.furthest = max(self.furthest, number)
        return self.header_row + number

    def number(self, batch: pa.Table) -> pa.Table:
        """The batch with its `source_row`."""
        good = np.arange(batch.num_rows)
        gaps = np.asarray(self.waiting, dtype=np.int64)
        # Before the i-th gap lie as many good rows of this batch as its number less those before.
        before = gaps - self.seen - 1 - np.arange(len(gaps))
        position = self.seen + 1 + good + np.searchsorted(before, good, side="right")
        if len(position):
            self.seen = int(position[-1])
            self.waiting = [number for number in self.waiting if number > self.seen]
        return batch.append_column("source_row", pa.array(position + self.header_row, pa.int64()))
