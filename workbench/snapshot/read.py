"""Read a published snapshot back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workbench.errors import BadInput, Problem

__all__ = ["VERSION", "Snapshot", "read_snapshot"]

VERSION = 1
Snapshot = dict[str, Any]

_PARTS: dict[str, type | tuple[type, ...]] = {
    "made_at": str,
    "as_of": str,
    "case": dict,
    "notice": (dict, type(None)),
    "totals": dict,
    "detectors": list,
    "groups": list,
    "orders": list,
    "per_day": list,
    "missing": list,
}
_AGAIN = "Publish the case again: `workbench publish --case DIR`"


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot in the file at `path`, with the parts that `build_snapshot` gives.

    Raises BadInput when there is none, it is no snapshot, or another version wrote it.
    """
    path = Path(path)
    if not path.is_file():
        raise BadInput("Nothing has been published yet", str(path), _AGAIN)
    try:
        snapshot = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise BadInput(f"The snapshot cannot be read: {error}", str(path), _AGAIN) from None
    version = snapshot.get("version") if isinstance(snapshot, dict) else None
    if version != VERSION:
        raise BadInput(
            f"The snapshot is of version {version}; this program reads {VERSION}",
            str(path),
            _AGAIN,
        )
    problems = [
        Problem(f"The snapshot has no usable part {name!r}", str(path), _AGAIN)
        for name, kind in _PARTS.items()
        if name not in snapshot or not isinstance(snapshot[name], kind)
    ]
    if problems:
        raise BadInput.many(problems)
    return snapshot
