"""Which detectors there are, and how they are run one after the other."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from importlib.metadata import entry_points

import pandas as pd
import pyarrow as pa
from tqdm.auto import tqdm

from workbench.detect.candidates import with_candidates
from workbench.detect.finding import Detector, Findings, check_findings, no_findings
from workbench.detect.trade import prepared
from workbench.engine import forget
from workbench.tables import Tables

__all__ = ["detectors", "run_detectors"]


def detectors() -> list[Detector]:
    """Every installed detector, by name; a third party adds one by an entry point.

    The entry-point group is `workbench.detectors`; each entry names a `Detector`.
    """
    found = [entry.load() for entry in entry_points(group="workbench.detectors")]
    return sorted(found, key=lambda detector: detector.name)


def run_detectors(
    tables: Tables,
    chosen: Iterable[Detector] | None = None,
    *,
    proposed: pd.DataFrame | None = None,
    progress: bool = False,
) -> Findings:
    """Run the detectors on the tables; one that lacks a column says so and does not run.

    The table that all of them count on (`tables["trade"]`, see workbench.detect.trade) is
    prepared once and given up at the end. Those that propose groups go first, those that look
    at proposed groups follow; `proposed` are findings of detectors that are not run now, whose
    groups they are to look at, too.
    """
    todo = list(detectors() if chosen is None else chosen)
    stages = [[one for one in todo if one.stage == stage] for stage in ("find", "test")]
    with prepared(tables) as ready, tqdm(total=len(todo), disable=not progress, leave=False) as bar:
        first = [_ran(detector, ready, bar) for detector in stages[0]]
        earlier = [] if proposed is None else [proposed]
        rows = _together([*earlier, *(found for found, _ in first)])
        with with_candidates(ready, rows) as looked_at:
            tested = [_ran(detector, looked_at, bar) for detector in stages[1]]
        if "trade" in ready:
            # What the detectors have in common of the trade is a few hundred bytes per order.
            forget(ready["trade"])
            pa.default_memory_pool().release_unused()
    answers = [*first, *tested]
    runs = pd.DataFrame([run for _, run in answers]).sort_values("detector", ignore_index=True)
    return Findings(_together([found for found, _ in answers]), runs)


def _ran(detector: Detector, tables: Tables, bar: tqdm) -> tuple[pd.DataFrame, dict[str, object]]:
    """The findings of one detector, and its row of Findings.runs."""
    bar.set_description(detector.name)
    started = time.perf_counter()
    found, missing, review = _answer(detector, tables)
    bar.update()
    return found, {
        "detector": detector.name,
        "family": detector.family,
        "ambiguous": detector.ambiguous,
        "stage": detector.stage,
        "state": _state(missing, found),
        "needs": ", ".join(missing),
        "seconds": time.perf_counter() - started,
        "groups": found.group_id.nunique(),
        "rows": len(found),
        "review": json.dumps(review, ensure_ascii=False),
    }


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else no_findings()


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
