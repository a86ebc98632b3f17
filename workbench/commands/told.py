"""Results of commands told in plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbench.explain import Assessment
from workbench.load import LoadReport

__all__ = ["load_told", "screen_told"]

_MEANING = {
    "evidence": "unusual beyond chance, by two independent signals",
    "needs_documents": "unusual, and a paper would settle it",
    "none": "nothing that counts against it, or well explained",
}


def load_told(reports: Sequence[LoadReport], quality: pd.DataFrame) -> str:
    """What was recognised and why, and the data-quality table."""
    lines = []
    for report in reports:
        lines.append(f"{report.file}: {report.reason}")
        if report.already_loaded:
            lines.append("  was loaded before; nothing changed")
    lines += ["", quality.to_string(index=False)]
    return "\n".join(lines)


def screen_told(assessment: Assessment) -> str:
    """Which detectors ran, and every group with its sentence."""
    lines = []
    for run in assessment.detectors.itertuples():
        state = {
            "ran": f"{run.groups} groups",
            "found_nothing": "found nothing",
            "not_available": f"not available, because the data lack {run.needs}",
        }[run.state]
        lines.append(f"{run.detector}: {state}")
    for name, meaning in _MEANING.items():
        groups = assessment.groups[assessment.groups.assessment == name]
        lines += ["", f"{len(groups)} groups: {name} ({meaning})"]
        lines += [
            f"  {group.group_id}  q = {group.q_value:.2g}  {group.sentence_en}"
            for group in groups.itertuples()
        ]
    return "\n".join(lines)
