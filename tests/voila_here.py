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

from playwright.sync_api import Page

from workbench.dashboard.server import HOST, free_port

__all__ = ["served", "visit"]

_SECONDS = 120
_RUNNING = re.compile(r"is running at:\s+(http://\S+)/\s")
_VISITS = 6
_SETTLED = """() => document.querySelector(".jupyter-widgets")
  && !document.body.textContent.includes("Loading widget...")"""


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
            # Pytest shows it beside a test that failed, and only there.
            sys.stdout.write(said.read_text("utf-8"))


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    """What Voilà says itself: another worker may have taken the port in the meantime."""
    until = time.monotonic() + _SECONDS
    while not (found := _RUNNING.search(said.read_text("utf-8"))):
        assert process.poll() is None, said.read_text("utf-8")
        assert time.monotonic() < until, "Voilà did not start"
        time.sleep(0.1)
    return found[1]


def visit(page: Page, address: str) -> None:
    """Open the notebook, on a new kernel, and wait until each of its widgets is there.

    ipywidgets looks for a widget's model for two seconds of the clock. When the page needs longer
    to unpack all models, as it does beside other tests, it says "model not found" for good,
    although they have arrived; a person would load the page again.
    """
    for _ in range(_VISITS):
        page.goto(address, timeout=_SECONDS * 1000)
        page.wait_for_function(_SETTLED, timeout=_SECONDS * 1000)
        if not page.get_by_text("Error displaying widget: model not found").count():
            return
    raise AssertionError(f"{address}: widgets are missing, at each of {_VISITS} visits")
