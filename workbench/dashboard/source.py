"""Where the page's snapshot comes from."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.resources import notebooks_dir
from workbench.snapshot import Snapshot, read_snapshot

__all__ = ["SNAPSHOT_VARIABLE", "open_snapshot"]

SNAPSHOT_VARIABLE = "WORKBENCH_SNAPSHOT"


def open_snapshot() -> Snapshot:
    """The snapshot that the environment variable WORKBENCH_SNAPSHOT names.

    Without one, that of the sample shop, whose people are all invented. Raises BadInput when it
    is missing or no snapshot.
    """
    named = os.environ.get(SNAPSHOT_VARIABLE)
    return read_snapshot(Path(named) if named else _sample())


def _sample() -> Path:
    return notebooks_dir() / "dashboards" / "sample-snapshot.json"
