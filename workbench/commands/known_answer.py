"""Plant made-up brushing into copies of a case and see how much of it is found."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.case import open_case
from workbench.commands.tables import open_tables
from workbench.known_answer import SEEDS, known_answers, write_known_answers

__all__ = ["known_answer"]


def known_answer(case: Path, *, seeds: int | None = None, progress: bool = False) -> pd.DataFrame:
    """Run the known-answer test on a case and leave `results/known_answer.parquet` in it.

    Gives the rows that `workbench.known_answer.known_answers` describes. The tables of the case
    stay as they are. Raises BadInput when no orders were loaded, or too few.
    """
    opened = open_case(case)
    with opened.lock():
        rows = known_answers(
            open_tables(opened), seeds=SEEDS if seeds is None else seeds, progress=progress
        )
        write_known_answers(rows, opened.results_dir, opened.tables_dir)
    return rows
