"""How the cells of one file become canonical columns: what the compiler makes and others run."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.load.headers import header_key

__all__ = ["Check", "Plan"]


@dataclass(frozen=True)
class Check:
    """One reason to quarantine a row.

    `bad` is SQL that is true where it applies, `header` the column it is about, `value` SQL of what
    to show, `reason` its code. `quick` is cheaper SQL that, with the quick SQL of all checks of a
    plan, is true on the same rows.
    """

    header: str
    bad: str
    value: str
    reason: str
    quick: str


@dataclass
class Plan:
    """How the cells of one file become canonical columns.

    `cells` are the indices of the headers in use, `ids` those among them that hold ids, `worded`
    those that hold words to look up; each is a cleaned cell k{index}. `typed` are SQL over these
    cells, named v0, v1, …; `columns` (canonical column → SQL) and `checks` are over both;
    `tolerated` are checks that quarantine nothing: what they meet is counted. `apart` is SQL of
    rows that are none of the table's, one for each `skip` of the format, then perhaps that of rows
    which only describe the columns. `mapped` are (header, canonical column), `missing` the
    canonical columns that this file cannot give.
    """

    table: str
    headers: tuple[str, ...]
    typed: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    tolerated: list[Check] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    mapped: list[tuple[str, str]] = field(default_factory=list)
    cells: set[int] = field(default_factory=set)
    ids: set[int] = field(default_factory=set)
    worded: set[int] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)

    def position(self, header: str) -> int | None:
        """Where a header stands, counted from 0; None when the file lacks it."""
        wanted = header_key(header)
        return next((i for i, h in enumerate(self.headers) if header_key(h) == wanted), None)

    @property
    def unused(self) -> list[str]:
        """Headers that no column comes from, though a skip may look at them."""
        written = {header for header, _ in self.mapped}
        return [
            h
            for i, h in enumerate(self.headers)
            if h.strip() and (i not in self.cells or h.strip() not in written)
        ]
