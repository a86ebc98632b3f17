"""What the platform of a notice takes of files."""

from __future__ import annotations

from workbench.case import Case
from workbench.notice import Notice, limits_of, rule_pack
from workbench.proof.smallest_set import Limits

__all__ = ["platform_limits"]


def platform_limits(case: Case, notice: Notice | None) -> tuple[Limits, bool]:
    """How many files of what size it takes; whether all of that may be relied on.

    The platform is the one that the notice names, else the case's own.
    """
    return limits_of(rule_pack((notice and notice.platform) or case.platform, case))
