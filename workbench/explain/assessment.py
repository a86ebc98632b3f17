"""What screening leaves behind: every order and every group, weighed for and against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

__all__ = ["DETECTOR_COLUMNS", "GROUP_COLUMNS", "ORDER_COLUMNS", "Assessment"]

ORDER_COLUMNS = ("order_id", "score", "q_value", "assessment", "group_id", "reasons")
GROUP_COLUMNS = (
    "group_id",
    "detectors",
    "families",
    "size",
    "statistic",
    "observed",
    "expected",
    "p_value",
    "q_value",
    "q_formula",
    "q_shuffled",
    "assessment",
    "window_start",
    "window_end",
    "explanation_tests",
    "missing_evidence",
    "readings",
    "contributions",
    "sentence_zh",
    "sentence_en",
)
DETECTOR_COLUMNS = ("detector", "family", "state", "needs", "seconds", "groups", "rows")


@dataclass(frozen=True)
class Assessment:
    """The frames of an assessment, and a summary.

    `orders`: one row per order, sorted by id: order_id, score (0..1), q_value, assessment
    (evidence, needs_documents, none), group_id (its main group or null), reasons (JSON list of
    {zh, en}).

    `groups`: one row per group, sorted by q-value: the columns of GROUP_COLUMNS. detectors and
    families are lists of text; explanation_tests, missing_evidence, readings and contributions are
    JSON text, described in docs/assessment.md.

    `detectors`: one row per detector: state (ran, found_nothing, not_available), needs (columns
    it lacked), seconds, groups, rows, and `review` (JSON) where the detectors give one.

    `summary`: what holds for the screening as a whole, as JSON can hold it: see
    `workbench.explain.summary`.

    In a case of several shops each frame has a column `shop` besides, and `detectors` one row per
    detector and shop.
    """

    orders: pd.DataFrame
    groups: pd.DataFrame
    detectors: pd.DataFrame
    summary: Mapping[str, object] = field(default_factory=dict)
