"""The appeal: the platform's notice, the letter, the workbook, and the pack that proves itself."""

from workbench.appeal.notice import Notice, notices
from workbench.appeal.pack import PackResult, build_pack
from workbench.appeal.verify import Verification, verify_pack

__all__ = [
    "Notice",
    "PackResult",
    "Verification",
    "build_pack",
    "notices",
    "verify_pack",
]
