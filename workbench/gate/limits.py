"""What the platform takes of files, and whether a person confirmed it."""

from __future__ import annotations

from typing import Any

from workbench.case import Case
from workbench.proof.smallest_set import Limits

__all__ = ["platform_limits"]


def platform_limits(case: Case, notice: Any) -> tuple[Limits, bool]:
    """How many files of what size the platform takes, and whether anybody confirmed it."""
    return Limits(), False
