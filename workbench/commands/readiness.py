"""What a case still lacks before one of few attempts is spent on it."""

from __future__ import annotations

from pathlib import Path

from workbench.appeal import gather, still_missing
from workbench.case import open_case
from workbench.commands.tables import open_tables
from workbench.explain import read_assessment

__all__ = ["readiness"]


def readiness(case: Path, language: str = "zh") -> list[str]:
    """One sentence per thing that is missing; an empty list when the letter may be sent.

    Raises BadInput when the case has not been screened yet.
    """
    opened = open_case(case)
    assessment = read_assessment(opened.results_dir)
    matter = gather(opened, open_tables(opened), assessment, None)
    return still_missing(matter, language)
