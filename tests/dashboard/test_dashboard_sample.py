"""The sample's snapshot, which the notebook shows, is what publishing the sample gives."""

from __future__ import annotations

from workbench.case import Case
from workbench.commands import open_tables
from workbench.dashboard import open_snapshot
from workbench.explain import read_assessment
from workbench.snapshot.publish import build_snapshot


def test_it_is_what_publishing_the_sample_gives(screened_sample: Case, monkeypatch):
    monkeypatch.delenv("WORKBENCH_SNAPSHOT", raising=False)
    assessment = read_assessment(screened_sample.results_dir)
    fresh = build_snapshot(screened_sample, open_tables(screened_sample), assessment)
    kept = open_snapshot()
    changed = [part for part in fresh if part != "made_at" and fresh[part] != kept[part]]
    assert changed == [], "python tests/dashboard/refresh_sample.py"
