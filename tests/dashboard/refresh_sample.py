"""Publish the sample shop anew for the dashboard's notebook.

    python tests/dashboard/refresh_sample.py

Needed after a change that changes what the sample's groups are or how they are worded; refresh
the notebook after it.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.commands import publish
from workbench.commands.sample import build_sample
from workbench.resources import notebooks_dir
from workbench.snapshot import read_snapshot

KEPT = notebooks_dir() / "dashboards" / "sample-snapshot.json"


def main() -> None:
    """Write the snapshot, unless only the moment of publishing would change."""
    with TemporaryDirectory() as folder:
        fresh = read_snapshot(publish(build_sample(Path(folder) / "case", progress=True).path))
    if KEPT.is_file():
        kept = json.loads(KEPT.read_text("utf-8"))
        if kept | {"made_at": ""} == fresh | {"made_at": ""}:
            return
    text = json.dumps(fresh, ensure_ascii=False, indent=1)
    KEPT.write_text(text + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
