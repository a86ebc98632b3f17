"""Publish the masked snapshot that the merchant's dashboard reads."""

from __future__ import annotations

from pathlib import Path

from workbench.case import open_case
from workbench.commands.tables import open_tables
from workbench.explain import read_assessment
from workbench.snapshot.publish import publish as publish_snapshot

__all__ = ["publish"]


def publish(case: Path) -> Path:
    """Write the masked snapshot of a screened case and give its path.

    Raises BadInput when the case has not been screened yet.
    """
    opened = open_case(case)
    with opened.lock():
        assessment = read_assessment(opened.results_dir)
        return publish_snapshot(opened, open_tables(opened), assessment)
