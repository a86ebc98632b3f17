"""Run a case's notebooks again on the newest data, and say what changed and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.case import Case, open_case, standing_events
from workbench.changes import (
    Baseline,
    baseline_of_case,
    baseline_of_pack,
    baseline_of_results,
    changes_told,
    figure_changes,
    group_changes,
    order_reasons,
)
from workbench.commands.screen import screen
from workbench.commands.tables import open_tables
from workbench.errors import BadInput, Problem
from workbench.explain import read_assessment
from workbench.file_hash import sha256_of
from workbench.language import LANGUAGES
from workbench.rows import each
from workbench.tables import order_changes

__all__ = ["Rerun", "rerun"]


@dataclass(frozen=True)
class Rerun:
    """What a second run found.

    `against` is what it was held against: "submission" or "screening". `told` are sentences by
    language; `groups` and `figures` what they were made of. `problems` are notebooks that
    stopped. `submitted_changed` counts figures that were submitted and are now others or gone.
    """

    against: str
    told: dict[str, list[str]]
    groups: pd.DataFrame
    figures: pd.DataFrame
    problems: tuple[Problem, ...]
    submitted_changed: int


def rerun(case: Path, *, progress: bool = False) -> Rerun:
    """Screen the case again with what is loaded now, run its notebooks, and compare.

    Held against the pack of the last appeal that was sent, where it still lies in the case's
    exports; else against the screening before. The notebooks of the case are written anew with
    what they show now. Raises BadInput when the case was never screened, or cannot be read.
    """
    # Jupyter's own parts take long to come, and every other command would wait for them.
    from workbench.commands.run_notebooks import run_notebooks

    opened = open_case(case)
    former = read_assessment(opened.results_dir)
    before, against = _before(opened)
    shuffles = _shuffles(former.summary)
    screen(case, shuffles=shuffles, progress=progress)
    problems = run_notebooks(opened, progress=progress)
    tables = open_tables(opened)
    after = baseline_of_case(opened, tables, read_assessment(opened.results_dir))
    groups = group_changes(before, after)
    same = {row.before_id: row.after_id for row in each(groups) if row.before_id and row.after_id}
    figures = figure_changes(before.figures, after.figures, same) if before.figures else _none()
    changed_groups = groups[groups["state"] == "changed"]
    moved = {order for row in ("lost", "gained") for ids in groups[row] for order in ids}
    moved |= {order for ids in changed_groups["orders"] for order in ids}
    reasons = order_reasons(
        moved,
        order_changes(opened.tables_dir),
        tables,
        since=before.sources,
        known=set(former.orders["order_id"]),
    )
    changed = figures["state"].isin(("changed", "gone"))
    return Rerun(
        against=against,
        told={language: changes_told(groups, figures, reasons, language) for language in LANGUAGES},
        groups=groups,
        figures=figures,
        problems=tuple(problems),
        submitted_changed=int(changed.sum()) if against == "submission" else 0,
    )


def _before(case: Case) -> tuple[Baseline, str]:
    """The pack of the last submission, or else the screening that lies in the case."""
    sent = [event.body["pack"] for event in standing_events(case, "submission")]
    if sent and sent[-1]:
        for path in sorted(case.exports_dir.glob("**/*.zip")):
            if sha256_of(path) == sent[-1]:
                return baseline_of_pack(path), "submission"
        raise BadInput(
            "The pack that was submitted no longer lies in the case",
            str(case.exports_dir),
            f"Put back the file whose SHA-256 is {sent[-1]}",
        )
    return baseline_of_results(read_assessment(case.results_dir)), "screening"


def _shuffles(summary: Mapping[str, object]) -> int:
    """How often the screening before was held against shuffled copies: the same is done again."""
    null = summary.get("null")
    return int(null.get("shuffles", 0)) if isinstance(null, Mapping) else 0


def _none() -> pd.DataFrame:
    return figure_changes({}, {})
