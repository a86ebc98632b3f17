"""Where the snapshot comes from."""

from __future__ import annotations

import pytest
from invented_snapshot import invented_snapshot, written

from workbench import dashboard
from workbench.errors import BadInput


def test_the_environment_names_the_snapshot(tmp_path, monkeypatch):
    path = written(invented_snapshot(), tmp_path / "snapshot.json")
    monkeypatch.setenv("WORKBENCH_SNAPSHOT", str(path))
    assert dashboard.open_snapshot() == invented_snapshot()


def test_a_missing_snapshot_is_bad_input(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_SNAPSHOT", str(tmp_path / "none.json"))
    with pytest.raises(BadInput):
        dashboard.open_snapshot()
