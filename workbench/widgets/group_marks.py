"""Where each group stands in the picture of groups over time."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from workbench.explain import Assessment

__all__ = ["LANES", "MOST_MARKS", "group_marks", "time_ticks"]

LANES = ("evidence", "needs_documents", "none")
"""The worst first: the order of the picture's lanes from the top, and of the list."""

MOST_MARKS = 150

_PAD = 0.03  # of the width, left and right of the first and the last group
_ROOM = 0.045  # of the width: nearer than this, two marks would touch
_STEPS = ("1h", "6h", "1D", "7D", "MS", "3MS", "YS", "5YS")
_MOST_TICKS = 13


def group_marks(assessment: Assessment, decided: Mapping[str, str]) -> pd.DataFrame:
    """The groups in the order of the list: by lane, then by q-value; at least all columns.

    `decided` is group → decision. Columns: group_id, assessment, size, q_value, decision ("" when
    there is none), window_start, window_end, start, end (0..1 of the picture's width; missing
    for a group without times), row (counted within the lane, so that marks do not touch).
    """
    columns = ["group_id", "assessment", "size", "q_value", "window_start", "window_end"]
    marks = assessment.groups[columns].copy()
    lane = marks["assessment"].map(LANES.index)
    marks = marks.assign(lane=lane).sort_values(["lane", "q_value", "group_id"], ignore_index=True)
    marks["decision"] = [decided.get(group, "") for group in marks["group_id"]]
    first, last = _ends(marks)
    for name, column in (("start", "window_start"), ("end", "window_end")):
        marks[name] = (marks[column] - first) / (last - first)
    marks["row"] = 0
    for _, own in marks.groupby("lane"):
        marks.loc[own.index, "row"] = _rows(own)
    return marks.drop(columns="lane")


def time_ticks(marks: pd.DataFrame) -> list[tuple[float, str]]:
    """Ticks of the time axis: place (0..1 of the width) and text, at most thirteen."""
    if marks["window_start"].notna().sum() == 0:
        return []
    first, last = _ends(marks)
    for step in _STEPS:
        times = pd.date_range(first.ceil("D") if "S" in step else first.ceil(step), last, freq=step)
        if len(times) <= _MOST_TICKS:
            break
    form = "%m-%d %H:%M" if step.endswith("h") else "%Y-%m-%d" if step.endswith("D") else "%Y-%m"
    return [(float((at - first) / (last - first)), f"{at:{form}}") for at in times[:_MOST_TICKS]]


def _ends(marks: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Left and right edge of the picture: all groups and a little room."""
    first, last = marks["window_start"].min(), marks["window_end"].max()
    if pd.isna(first) or pd.isna(last):
        return pd.Timestamp(0), pd.Timestamp(1)
    room = max((last - first) * _PAD, pd.Timedelta(hours=1))
    return first - room, last + room


def _rows(marks: pd.DataFrame) -> list[int]:
    """The first row of the lane in which a mark touches no other, mark by mark."""
    taken: list[list[tuple[float, float]]] = []
    rows = []
    for start, end in zip(marks["start"].fillna(0.0), marks["end"].fillna(0.0), strict=True):
        middle = (start + end) / 2
        left, right = min(start, middle - _ROOM / 2), max(end, middle + _ROOM / 2)
        free = (n for n, row in enumerate(taken) if all(right <= a or left >= b for a, b in row))
        row = next(free, len(taken))
        taken += [[]] if row == len(taken) else []
        taken[row].append((left, right))
        rows.append(row)
    return rows
