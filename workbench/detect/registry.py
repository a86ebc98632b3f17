"""Which detectors there are, and how they are run one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterable
from importlib.metadata import entry_points

import pandas as pd
from tqdm.auto import tqdm

from workbench.detect.finding import FINDING_COLUMNS, Detector, Findings, check_findings
from workbench.tables import Tables

__all__ = ["detectors", "run_detectors"]


def detectors() -> list[Detector]:
    """Every installed detector, by name; a third party adds one by an entry point.

    The entry-point group is `workbench.detectors`; each entry names a `Detector`.
    """
    found = [entry.load() for entry in entry_points(group="workbench.detectors")]
    return sorted(found, key=lambda detector: detector.name)


def run_detectors(
    tables: Tables, chosen: Iterable[Detector] | None = None, *, progress: bool = False
) -> Findings:
    """Run the detectors on the tables; one that lacks a column says so and does not run."""
    rows: list[pd.DataFrame] = []
    runs: list[dict[str, object]] = []
    todo = list(detectors() if chosen is None else chosen)
    for detector in tqdm(todo, desc="detect", disable=not progress, leave=False):
        started = time.perf_counter()
        missing = [need for need in detector.needs if not _has(tables, need)]
        found = _empty() if missing else check_findings(detector.name, detector.find(tables))
        rows.append(found)
        runs.append(
            {
                "detector": detector.name,
                "family": detector.family,
                "state": _state(missing, found),
                "needs": ", ".join(missing),
                "seconds": time.perf_counter() - started,
                "groups": found.group_id.nunique(),
                "rows": len(found),
            }
        )
    together = [frame for frame in rows if len(frame)]
    return Findings(
        rows=pd.concat(together, ignore_index=True) if together else _empty(),
        runs=pd.DataFrame(runs),
    )


def _has(tables: Tables, need: str) -> bool:
    table, column = need.split(".")
    return table in tables and column in tables[table].columns


def _state(missing: list[str], found: pd.DataFrame) -> str:
    if missing:
        return "not_available"
    return "ran" if len(found) else "found_nothing"


def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in FINDING_COLUMNS.items()})
