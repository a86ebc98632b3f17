"""Screen the orders of a case."""

from __future__ import annotations

from pathlib import Path

from workbench.case import open_case
from workbench.commands.tables import open_tables
from workbench.explain import Assessment, write_assessment
from workbench.explain import screen as screen_tables

__all__ = ["screen"]


def screen(case: Path, *, shuffles: int = 0, progress: bool = False) -> Assessment:
    """Look for groups of unusual orders in a case and leave the assessment in its `results/`.

    With `shuffles` (20 tell enough) q-values are also held against so many shuffled copies of
    each shop, which takes many times as long as the screening itself.
    """
    opened = open_case(case)
    with opened.lock():
        assessment = screen_tables(open_tables(opened), shuffles=shuffles, progress=progress)
        write_assessment(assessment, opened.results_dir)
    return assessment
