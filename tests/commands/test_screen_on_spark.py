"""The sample shop screened on Spark: the groups, scores and q-values that DuckDB gives."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from workbench.case import Case
from workbench.cli import main
from workbench.explain import read_assessment

pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("there is no Java", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning",
    "ignore::FutureWarning",
    # PySpark leaves the sockets that results come through to the garbage collector.
    "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)
# Sums of floats differ in their last digit.
CLOSE = 1e-9


def assert_same(one: pd.DataFrame, other: pd.DataFrame, key: str) -> None:
    left, right = (
        frame.sort_values(key).drop(columns="contributions", errors="ignore").reset_index(drop=True)
        for frame in (one, other)
    )
    pd.testing.assert_frame_equal(left, right, rtol=CLOSE, atol=CLOSE)


def close(one: object, other: object) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(close(one[key], other[key]) for key in one)
    if isinstance(one, Sequence) and not isinstance(one, str) and isinstance(other, Sequence):
        return len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=CLOSE, abs=CLOSE)
    return one == other


def test_the_sample_gives_the_same_on_spark(
    sample_copy: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole sample, 4,400 orders, by the command line as a user would ask."""
    # Java would spend as long again on making code fast that runs once.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    here = read_assessment(sample_copy.results_dir)
    shutil.rmtree(sample_copy.results_dir)
    asked = ["screen", "--case", str(sample_copy.path), "--engine", "local[2]", "--shuffles", "0"]
    assert main(asked) == 0
    there = read_assessment(sample_copy.results_dir)
    assert (here.groups.assessment == "evidence").sum() >= 8
    runs = ["detector", "state", "needs", "groups", "rows"]
    pd.testing.assert_frame_equal(here.detectors[runs], there.detectors[runs])
    assert_same(here.groups, there.groups, "group_id")
    assert_same(here.orders, there.orders, "order_id")
    pairs = here.groups.merge(there.groups, on="group_id")
    for row in pairs.itertuples():
        assert close(json.loads(row.contributions_x), json.loads(row.contributions_y))
    gc.collect()
