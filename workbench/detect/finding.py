"""The contract of a detector: what it declares, and the one record in which it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.tables import Tables

__all__ = [
    "FINDING_COLUMNS",
    "Detector",
    "Family",
    "Findings",
    "Stage",
    "check_findings",
    "no_findings",
]

Family = Literal["time", "identity", "coordination", "behaviour", "proof"]
Stage = Literal["find", "test"]

FINDING_COLUMNS = {
    "detector": "string",
    "group_id": "string",
    "order_id": "string",
    "statistic": "string",
    "observed": "float64",
    "expected": "float64",
    "p_value": "float64",
    "window_start": "datetime64[us]",
    "window_end": "datetime64[us]",
    "facts": "string",
}


@dataclass(frozen=True)
class Detector:
    """One family of signal.

    Parameters
    ----------
    name
        Its name in findings, charts and the pack.
    family
        Which kind of oddity it sees. Two detectors of one family are not independent.
    needs
        Columns without which it cannot run, as "table.column".
    find
        Takes the tables and gives its findings: a frame with the columns of FINDING_COLUMNS and
        one row per group and order. The figures of a group are the same on each of its rows;
        `facts` is a JSON object with what its sentence and the innocent tests need, and holds
        no personal data. What it says of the run as a whole it leaves in the frame's
        `attrs["review"]`, a dict that JSON can hold: `reviewed` (candidates tested), `reason`
        (why there was nothing to test), and `missing` (columns that are there but hold nothing
        it can use: then its state is not_available).
    needs_any
        Sets of columns, of each of which at least one must be there.
    stage
        "find": it proposes groups of its own. "test": it looks at the groups that those
        proposed, after them; the tables then hold `candidates` (see
        workbench.detect.candidates), and its findings name groups of these.
    ambiguous
        Whether what it sees has innocent causes so common that it may support an accusation
        and never make one.
    """

    name: str
    family: Family
    needs: tuple[str, ...]
    find: Callable[[Tables], pd.DataFrame]
    needs_any: tuple[tuple[str, ...], ...] = ()
    stage: Stage = "find"
    ambiguous: bool = False


@dataclass(frozen=True)
class Findings:
    """What all detectors said.

    `rows` has the columns of FINDING_COLUMNS. `runs` has one row per detector, also when it
    found nothing or could not run: detector, family, ambiguous (see Detector), state (ran,
    found_nothing, not_available), needs (the columns it lacks, comma-separated; "a | b" = one
    of them would do), seconds, groups, rows (orders in its groups), review (JSON text, see
    Detector.find).
    """

    rows: pd.DataFrame
    runs: pd.DataFrame


def check_findings(detector: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the contract's columns and types, in the contract's order.

    Raises ValueError, naming the detector, when a column is absent or unknown, a p-value lies
    outside 0..1, or a group holds an order twice: a broken detector must not be read as evidence.
    """
    missing = set(FINDING_COLUMNS) - set(frame.columns)
    unknown = set(frame.columns) - set(FINDING_COLUMNS)
    if missing or unknown:
        raise ValueError(
            f"Detector {detector}: columns missing {sorted(missing)}, unknown {sorted(unknown)}"
        )
    checked = frame[list(FINDING_COLUMNS)].astype(FINDING_COLUMNS)
    if not checked.p_value.between(0, 1).all():
        raise ValueError(f"Detector {detector}: a p-value lies outside 0..1")
    if checked.duplicated(["group_id", "order_id"]).any():
        raise ValueError(f"Detector {detector}: a group holds an order twice")
    return checked


def no_findings(**review: object) -> pd.DataFrame:
    """A frame without a finding, and what the detector says of the run (see Detector.find)."""
    empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in FINDING_COLUMNS.items()})
    empty.attrs["review"] = review
    return empty
