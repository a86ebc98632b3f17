"""The appeal: the platform's notice, the letter, the workbook, and the pack that proves itself."""

from workbench.appeal.notice import Notice, notices

__all__ = ["Notice", "notices"]
