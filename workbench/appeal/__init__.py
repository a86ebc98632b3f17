"""The appeal: the platform's notice, the letter, the workbook, and the pack that proves itself."""

from workbench.appeal.matter import Matter, gather
from workbench.appeal.notice import Notice, notices
from workbench.appeal.pack import PackResult, build_pack
from workbench.appeal.readiness import still_missing
from workbench.appeal.verify import Verification, verify_pack

__all__ = [
    "Matter",
    "Notice",
    "PackResult",
    "Verification",
    "build_pack",
    "gather",
    "notices",
    "still_missing",
    "verify_pack",
]
