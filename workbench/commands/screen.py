"""Screen the orders of a case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.case import open_case
from workbench.commands.tables import open_tables
from workbench.detect.stored_trade import store_trade, stored_trade
from workbench.engine import connect
from workbench.explain import Assessment, write_assessment
from workbench.explain import screen as screen_tables
from workbench.tables.loads import read_book

__all__ = ["screen"]


def screen(
    case: Path,
    *,
    engine: str | None = None,
    shuffles: int = 0,
    processes: int = 1,
    progress: bool = False,
) -> Assessment:
    """Look for groups of unusual orders in a case and leave the assessment in its `results/`.

    `engine` names another engine than DuckDB in this process: local[2], spark://host:7077, or
    the URL of an Ibis backend; the assessment is the same. With `shuffles` (20 tell enough)
    q-values are also held against so many shuffled copies of each shop, which takes many times
    as long as the screening itself; several `processes` share that work.
    """
    opened = open_case(case)
    with opened.lock(), TemporaryDirectory(prefix=".spill-", dir=opened.path) as spill:
        connection = connect(engine, spill_to=Path(spill))
        if engine is None:
            store_trade(opened.tables_dir, opened.keys_dir)
        tables = open_tables(opened, connection)
        kept = stored_trade(connection, opened.tables_dir, opened.keys_dir)
        try:
            assessment = screen_tables(
                {**tables, **kept}, shuffles=shuffles, processes=processes, progress=progress
            )
        finally:
            connection.disconnect()
        # Which files it rests on: a later run tells by it what has come since.
        sources = sorted({load.sha256 for load in read_book(opened.tables_dir).loads})
        told = replace(assessment, summary={**assessment.summary, "sources": sources})
        write_assessment(told, opened.results_dir)
    return told
