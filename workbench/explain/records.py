"""The row of every group in groups.parquet."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from workbench.explain.assessment import GROUP_COLUMNS
from workbench.explain.catalogue import missing_evidence
from workbench.explain.innocent import Outcome
from workbench.explain.rules import TESTS
from workbench.explain.sentence import sentence
from workbench.explain.verdict import Verdict, papers
from workbench.explain.weigh import Contribution, Weighed

__all__ = ["Q", "group_records"]


class Q(NamedTuple):
    """The false-discovery rate up to a group: by Benjamini-Hochberg, and by the shuffles.

    Where nothing was shuffled the second is not a number.
    """

    formula: float
    shuffled: float

    @property
    def value(self) -> float:
        """The larger of the two."""
        return self.formula if math.isnan(self.shuffled) else max(self.formula, self.shuffled)


_TYPES = {
    "group_id": "str",
    "detectors": "object",
    "families": "object",
    "size": "int64",
    "statistic": "str",
    "observed": "float64",
    "expected": "float64",
    "p_value": "float64",
    "q_value": "float64",
    "q_formula": "float64",
    "q_shuffled": "float64",
    "assessment": "str",
    "window_start": "datetime64[us]",
    "window_end": "datetime64[us]",
    "explanation_tests": "str",
    "missing_evidence": "str",
    "readings": "str",
    "contributions": "str",
    "sentence_zh": "str",
    "sentence_en": "str",
}


def group_records(
    weighed: Sequence[Weighed],
    q_values: Sequence[Q],
    verdicts: Sequence[Verdict],
    outcomes: Mapping[str, Mapping[str, Outcome]],
    readings: Mapping[str, str],
) -> pd.DataFrame:
    """One row per group, least q-value first, with the columns of GROUP_COLUMNS."""
    rows = [
        _record(w, q, v, outcomes[w.group.group_id], readings[w.group.group_id])
        for w, q, v in zip(weighed, q_values, verdicts, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=list(GROUP_COLUMNS)).astype(_TYPES)
    return frame.sort_values(["q_value", "p_value", "group_id"]).reset_index(drop=True)


def _record(
    weighed: Weighed, q: Q, verdict: Verdict, outcomes: Mapping[str, Outcome], readings: str
) -> dict[str, object]:
    group, lead = weighed.group, weighed.contributions[0].finding
    start, end = group.window
    said = [o for o in outcomes.values() if o.result == "failed" and o.p_value is not None]
    missing = missing_evidence(papers(weighed, verdict, outcomes))
    return {
        "group_id": group.group_id,
        "detectors": sorted({finding.detector for finding in group.findings}),
        "families": sorted({finding.family for finding in group.findings}),
        "size": len(group.orders),
        "statistic": lead.statistic,
        "observed": lead.observed,
        "expected": lead.expected,
        "p_value": weighed.p_value,
        "q_value": q.value,
        "q_formula": q.formula,
        "q_shuffled": q.shuffled,
        "assessment": verdict,
        "window_start": start,
        "window_end": end,
        "explanation_tests": _json([_test(name, outcome) for name, outcome in outcomes.items()]),
        "missing_evidence": _json(missing),
        "readings": readings,
        "contributions": _json([_part(part, outcomes) for part in weighed.contributions]),
        "sentence_zh": sentence(weighed, said[0].zh if said else "", "zh"),
        "sentence_en": sentence(weighed, said[0].en if said else "", "en"),
    }


def _test(name: str, outcome: Outcome) -> dict[str, object]:
    return {
        "test": name,
        "result": outcome.result,
        "zh": outcome.zh,
        "en": outcome.en,
        "factor": TESTS[name].factor if outcome.result == "passed" else 1.0,
    }


def _part(part: Contribution, outcomes: Mapping[str, Outcome]) -> dict[str, object]:
    finding = part.finding
    return {
        "detector": finding.detector,
        "family": finding.family,
        "counted_with": part.family,
        "ambiguous": finding.ambiguous,
        "statistic": finding.statistic,
        "orders": len(finding.orders),
        "observed": finding.observed,
        "expected": finding.expected,
        "p_value": finding.p_value,
        "digits": round(part.found, 3),
        "capped": round(part.capped, 3),
        "factor": round(part.factor, 6),
        "discounts": [_test(name, outcomes[name]) for name in part.discounts],
        "discounted": round(part.left, 3),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
