"""Voilà on this machine, with one notebook of the analyst on a case of a test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.dashboard.server import HOST, free_port

__all__ = ["served"]

_SECONDS = 120
_RUNNING = re.compile(r"is running at:\s+(http://\S+)/\s")


@contextmanager
def served(notebook: Path, case: Path) -> Iterator[str]:
    """The address at which Voilà shows the notebook; each visit is a kernel of its own."""
    folder = notebook.parent
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    private = {name: str(folder / name.lower()) for name in names}
    said = folder / "voila.log"
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser"]
    with (
        said.open("w") as log,
        subprocess.Popen(
            [*command, f"--port={free_port(8930)}", f"--Voila.ip={HOST}"],
            cwd=folder,
            env={**os.environ, **private, "WORKBENCH_CASE": str(case)},
            stderr=log,
        ) as process,
    ):
        try:
            yield _address(process, said)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    """What Voilà says itself: another worker may have taken the port in the meantime."""
    until = time.monotonic() + _SECONDS
    while not (found := _RUNNING.search(said.read_text("utf-8"))):
        assert process.poll() is None, said.read_text("utf-8")
        assert time.monotonic() < until, "Voilà did not start"
        time.sleep(0.1)
    return found[1]
