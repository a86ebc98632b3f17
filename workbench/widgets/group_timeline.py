"""The picture of groups over time, drawn as an SVG of a few kilobytes whose marks can be picked."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from workbench.language import MARKS, Say, assessment_word, decision_word
from workbench.widgets.group_marks import LANES, MOST_MARKS, time_ticks
from workbench.widgets.wording import orders_word, span_text

__all__ = ["GroupTimeline", "group_line"]

_LEAST, _MOST = 7.0, 14.0  # radius of the smallest and the largest group, in the SVG's units
_DECIDED = {"defend": "✔", "concede": "✖", "hold": "■"}


class GroupTimeline(anywidget.AnyWidget):
    """Marks of groups; `value` is the group_id of the one that was clicked, or "".

    `marks` are {key, lane, start, end, row, radius, text, decided}, `lanes` {key, text, rows},
    `ticks` {at, text}: all that the script needs, which computes nothing but places.
    """

    _esm = Path(__file__).with_name("group_timeline.js")
    _css = Path(__file__).with_name("group_timeline.css")

    value = traitlets.Unicode("").tag(sync=True)
    label = traitlets.Unicode("").tag(sync=True)
    marks = traitlets.List(traitlets.Dict()).tag(sync=True)
    lanes = traitlets.List(traitlets.Dict()).tag(sync=True)
    ticks = traitlets.List(traitlets.Dict()).tag(sync=True)

    def draw(self, groups: pd.DataFrame, say: Say) -> None:
        """Draw what `group_marks` gave; groups without times stand in the list only."""
        drawn = groups[groups["start"].notna()].head(MOST_MARKS)
        most = drawn["size"].max()
        with self.hold_sync():
            self.label = say("Groups of orders over time")
            self.lanes = [
                {
                    "key": lane,
                    "text": f"{MARKS[lane]} {assessment_word(say, lane)}",
                    "rows": int(drawn.loc[drawn["assessment"] == lane, "row"].max()) + 1,
                }
                for lane in LANES
                if (drawn["assessment"] == lane).any()
            ]
            self.ticks = [{"at": at, "text": text} for at, text in time_ticks(drawn)]
            self.marks = [
                {
                    "key": one["group_id"],
                    "lane": one["assessment"],
                    "start": float(one["start"]),
                    "end": float(one["end"]),
                    "row": int(one["row"]),
                    "radius": round(_LEAST + (_MOST - _LEAST) * math.sqrt(one["size"] / most), 1),
                    "text": group_line(one, say),
                    "decided": _DECIDED.get(one["decision"], ""),
                }
                for one in drawn.to_dict("records")
            ]

    def __repr__(self) -> str:
        return f"<{len(self.marks)} groups over time>"


def group_line(group: Mapping[Hashable, Any], say: Say) -> str:
    """One line on a row of `group_marks`."""
    parts = [
        f"{MARKS[group['assessment']]} {group['group_id']}",
        orders_word(say, int(group["size"])),
        span_text(group["window_start"], group["window_end"]),
        assessment_word(say, group["assessment"]),
        decision_word(say, group["decision"]),
    ]
    return " · ".join(part for part in parts if part)
