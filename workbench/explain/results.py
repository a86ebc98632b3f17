"""Write an assessment into a folder and read it back."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from workbench.errors import BadInput, Problem
from workbench.explain.assessment import Assessment

__all__ = ["read_assessment", "write_assessment"]

_FRAMES = ("orders", "groups", "detectors")
_SUMMARY = "summary.json"


def write_assessment(assessment: Assessment, folder: Path) -> None:
    """Leave orders.parquet, groups.parquet, detectors.parquet and summary.json in `folder`.

    Each file is written aside and then renamed, so a reader never meets half a file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FRAMES:
        _write(getattr(assessment, name), folder / f"{name}.parquet")
    text = json.dumps(assessment.summary, ensure_ascii=False, allow_nan=False, sort_keys=True)
    _aside(folder / _SUMMARY, lambda aside: aside.write_text(text, encoding="utf-8"))


def read_assessment(folder: Path) -> Assessment:
    """The assessment in `folder`; raises BadInput when there is none, or it cannot be read."""
    paths = {name: folder / f"{name}.parquet" for name in _FRAMES}
    if not all(path.is_file() for path in paths.values()):
        raise BadInput(
            "The case has not been screened yet",
            str(folder),
            "Run `workbench screen --case DIR` first",
        )
    problems = []
    frames: dict[str, pd.DataFrame] = {}
    for name, path in paths.items():
        try:
            frames[name] = _read(path)
        except (pa.ArrowException, OSError) as error:
            first = str(error).splitlines()[0]
            problems.append(
                Problem(f"A result cannot be read: {first}", str(path), "Screen the case again")
            )
    if problems:
        raise BadInput.many(problems)
    return Assessment(**frames, summary=_read_summary(folder / _SUMMARY))


def _read_summary(path: Path) -> dict[str, object]:
    """What the file says; nothing where an earlier version left none."""
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise BadInput(
            f"A result cannot be read: {error}", str(path), "Screen the case again"
        ) from error


def _write(frame: pd.DataFrame, path: Path) -> None:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    _aside(path, lambda aside: pq.write_table(table, aside))


def _aside(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside `path` and rename it when it is whole."""
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    try:
        write(Path(aside))
        Path(aside).replace(path)
    finally:
        Path(aside).unlink(missing_ok=True)


def _read(path: Path) -> pd.DataFrame:
    frame = pq.read_table(path).to_pandas()
    for column in ("detectors", "families"):
        if column in frame:
            lists = [list(values) for values in frame[column]]
            frame[column] = pd.Series(lists, index=frame.index, dtype="object")
    return frame
