"""Which forms of times a mapping must name, beyond those that every mapping reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.load.formats import DEFAULT_TIMES
from workbench.load.looks import FURTHER_TIMES, usual_times
from workbench.load.proposal import Proposal
from workbench.tables import TABLES

__all__ = ["time_settings"]


def time_settings(
    table: str,
    proposals: Sequence[Proposal],
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """`times` and `dates` for `mapping_text`; {} where the times are written as usual."""
    names = [header.strip() for header in headers]
    for proposal in proposals:
        if TABLES[table].column(proposal.column).type not in ("time", "date"):
            continue
        if proposal.header is None or proposal.header not in names:
            continue
        at = names.index(proposal.header)
        if not usual_times([row[at] for row in rows if at < len(row)]):
            return {"times": (*DEFAULT_TIMES, *FURTHER_TIMES), "dates": "auto"}
    return {}
