"""The platform's notice: what it alleges, by when it can be answered, under which rules."""

from workbench.notice.notices import Notice, notices

__all__ = ["Notice", "notices"]
