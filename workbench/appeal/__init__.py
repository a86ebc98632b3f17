"""The appeal: the platform's notice, the letter, the workbook, and the pack that proves itself."""

from workbench.appeal.letter_groups import charted_groups
from workbench.appeal.letter_model import letter_figures
from workbench.appeal.matter import Matter, gather
from workbench.appeal.pack import PackResult, build_pack, check_pack
from workbench.appeal.verify import Verification, verify_pack

__all__ = [
    "Matter",
    "PackResult",
    "Verification",
    "build_pack",
    "charted_groups",
    "check_pack",
    "gather",
    "letter_figures",
    "verify_pack",
]
