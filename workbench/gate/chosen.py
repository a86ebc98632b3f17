"""Which evidence is to be sent, and what the platform takes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.case import Case
from workbench.gate.sending import Limits, Sending
from workbench.proof import evidence_table, order_strength

__all__ = ["chosen", "limits_of"]


def limits_of(case: Case, notice: Any) -> Limits:
    """How many files of what size the platform takes, and whether anybody confirmed it."""
    return Limits()


def chosen(
    case: Case, defended: Sequence[str], members: Mapping[str, Sequence[str]], limits: Limits
) -> Sending:
    """The evidence that proves the defended orders."""
    strength = order_strength(case, defended, members=members)
    sizes = evidence_table(case).set_index("sha256")["size"].to_dict()
    files = dict.fromkeys(sha for own in strength["exhibits"] for sha in own)
    uncovered = strength.loc[~strength["sufficient"], "order_id"].tolist()
    return Sending([(sha, int(sizes[sha])) for sha in files], uncovered)
