"""Screen the orders of a case."""

from __future__ import annotations

from pathlib import Path

from workbench.case import open_case
from workbench.commands.tables import open_tables
from workbench.explain import Assessment, write_assessment
from workbench.explain import screen as screen_tables

__all__ = ["screen"]


def screen(case: Path, *, progress: bool = False) -> Assessment:
    """Look for groups of unusual orders in a case and leave the assessment in its `results/`."""
    opened = open_case(case)
    with opened.lock():
        assessment = screen_tables(open_tables(opened), progress=progress)
        write_assessment(assessment, opened.results_dir)
    return assessment
