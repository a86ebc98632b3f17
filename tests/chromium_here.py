"""Chromium on this machine, started so that it asks nothing of any other host."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from workbench.dashboard.server import HOST

MISSING = (
    "No Chromium: install it (Debian: apt install chromium fonts-noto-cjk; elsewhere: "
    "playwright install chromium) or name it in WORKBENCH_CHROMIUM"
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Even a request that should not be is kept from leaving.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
]


def chromium(playwright: Playwright) -> str | None:
    """The Chromium to drive: WORKBENCH_CHROMIUM, one on the PATH, or Playwright's own."""
    named = os.environ.get("WORKBENCH_CHROMIUM")
    if named:
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    return found or (own if Path(own).is_file() else None)


def launch(playwright: Playwright) -> Browser | None:
    """Start it, without a window; None when there is none."""
    executable = chromium(playwright)
    if executable is None:
        return None
    # As root (in a container) Chromium refuses to run with its sandbox.
    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return playwright.chromium.launch(executable_path=executable, args=[*QUIET, *root])
