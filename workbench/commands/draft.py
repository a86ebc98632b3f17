"""Draft a mapping for a table that no format knows, for a person to check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadInput
from workbench.load import Proposal, TableTop, propose_mapping, read_top, write_mapping
from workbench.load.time_settings import time_settings
from workbench.tables import TABLES

__all__ = ["Draft", "draft_mapping"]


@dataclass(frozen=True)
class Draft:
    """What the columns of a file may be.

    `proposals` that are not sure are for a person to check; `missing` are required columns without
    any; `unused` headers that nothing reads. `path` is the file that was written, if one was.
    """

    top: TableTop
    table: str
    proposals: tuple[Proposal, ...]
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    path: Path | None = None


def draft_mapping(file: Path, table: str = "", out: Path | None = None, sheet: str = "") -> Draft:
    """Propose a mapping for `file` as `table`, by default the one its headers are nearest to.

    With `out` it is written there; what a person must check stands in it as a comment. Raises
    BadInput when the file cannot be read, there is no such table, or `out` exists.
    """
    if table and table not in TABLES:
        raise BadInput(f"There is no table {table!r}", do=f"One of {', '.join(TABLES)}")
    if out is not None and out.exists():
        raise BadInput("The file exists already", str(out), "Name another, or remove it")
    top = read_top(file, sheet)
    table = table or top.nearest_table()
    proposals = tuple(propose_mapping(top.headers, top.rows, table))
    given = {proposal.column for proposal in proposals}
    read = {proposal.header for proposal in proposals}
    if out is not None:
        settings = time_settings(table, proposals, top.headers, top.rows)
        write_mapping(out, proposals, table=table, headers=top.headers, draft=True, **settings)
    return Draft(
        top,
        table,
        proposals,
        tuple(name for name in TABLES[table].required if name not in given),
        tuple(header for header in top.headers if header and header not in read),
        out,
    )
