"""What takes long to make is made once per run, by whichever worker needs it first."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

__all__ = ["once"]

Made = TypeVar("Made")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """What `make(folder)` gives; `folder` is new, and `name` is that of what is made.

    Another worker gets a copy of it and finds the same folder, so that nobody may write there.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    kept = base / f"{name}.pickle"
    with FileLock(base / f"{name}.lock"):
        if not kept.is_file():
            folder = base / f"once-{name}"
            folder.mkdir()
            waiting = kept.with_suffix(".part")
            waiting.write_bytes(pickle.dumps(make(folder)))
            waiting.rename(kept)
    return pickle.loads(kept.read_bytes())
