"""Which detectors there are, and how they are run one after the other."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from importlib.metadata import entry_points

import pandas as pd
from tqdm.auto import tqdm

from workbench.detect.finding import Detector, Findings, check_findings, no_findings
from workbench.detect.trade import prepared
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
    """Run the detectors on the tables; one that lacks a column says so and does not run.

    The table that all of them count on (`tables["trade"]`, see workbench.detect.trade) is
    prepared once and given up at the end.
    """
    rows: list[pd.DataFrame] = []
    runs: list[dict[str, object]] = []
    todo = list(detectors() if chosen is None else chosen)
    with prepared(tables) as ready:
        for detector in tqdm(todo, desc="detect", disable=not progress, leave=False):
            started = time.perf_counter()
            found, missing, review = _answer(detector, ready)
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
                    "review": json.dumps(review, ensure_ascii=False),
                }
            )
    together = [frame for frame in rows if len(frame)]
    return Findings(
        rows=pd.concat(together, ignore_index=True) if together else no_findings(),
        runs=pd.DataFrame(runs),
    )


def _answer(detector: Detector, tables: Tables) -> tuple[pd.DataFrame, list[str], dict]:
    missing = [need for need in detector.needs if not _has(tables, need)]
    missing += [
        " | ".join(choice)
        for choice in detector.needs_any
        if not any(_has(tables, need) for need in choice)
    ]
    if missing:
        return no_findings(), missing, {}
    frame = detector.find(tables)
    review = dict(frame.attrs.get("review", {}))
    found = check_findings(detector.name, frame)
    found.attrs = {}
    return found, list(review.pop("missing", [])), review


def _has(tables: Tables, need: str) -> bool:
    table, column = need.split(".")
    return table in tables and column in tables[table].columns


def _state(missing: list[str], found: pd.DataFrame) -> str:
    if missing:
        return "not_available"
    return "ran" if len(found) else "found_nothing"
