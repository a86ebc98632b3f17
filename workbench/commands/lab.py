"""Open a case in JupyterLab."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from workbench.case import Case, open_case
from workbench.resources import notebooks_dir

__all__ = ["lab", "put_notebooks"]

# JupyterLab asks for news and for newer versions by itself; a case must not be the occasion.
_SETTINGS = Path(__file__).with_name("jupyter")
_QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


def put_notebooks(case: Case) -> Path:
    """Give the case its own copies of the notebooks; copies that are there already stay."""
    folder = case.path / "notebooks"
    folder.mkdir(exist_ok=True)
    for notebook in sorted(notebooks_dir().glob("*.ipynb")):
        if not (folder / notebook.name).exists():
            shutil.copyfile(notebook, folder / notebook.name)
    return folder


def lab(case: Path, *, browser: bool = True) -> int:
    """Run JupyterLab on the case's notebooks until it is closed; gives its exit code."""
    opened = open_case(case)
    folder = put_notebooks(opened)
    command = [sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", *_QUIET]
    if not browser:
        command.append("--no-browser")
    environment = {
        **os.environ,
        "WORKBENCH_CASE": str(opened.path.absolute()),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(
            filter(None, [str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH")])
        ),
    }
    with subprocess.Popen(command, cwd=folder, env=environment) as process:  # noqa: S603
        try:
            return process.wait()
        except KeyboardInterrupt:
            # Ctrl-C reaches JupyterLab as well; it shuts its kernels down and then ends.
            return process.wait()
