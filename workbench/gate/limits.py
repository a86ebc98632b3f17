"""What the platform takes of files, and whether that may be relied on."""

from __future__ import annotations

from workbench.case import Case
from workbench.notice import Notice, rule_pack
from workbench.proof.smallest_set import Limits

__all__ = ["platform_limits"]


def platform_limits(case: Case, notice: Notice | None) -> tuple[Limits, bool]:
    """How many files of what size the platform takes; whether all of it may be relied on.

    It may where every number was read in the platform's own text or held against the notice by a
    person, and there is at least one.
    """
    pack = rule_pack((notice and notice.platform) or case.platform, case)
    told = (pack.max_files, pack.max_file_bytes, pack.max_total_bytes, pack.max_characters)
    limits = Limits(*(one.value if one else None for one in told))
    return limits, any(told) and all(one.verified for one in told if one)
