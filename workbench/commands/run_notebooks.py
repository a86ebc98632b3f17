"""Run all notebooks of a case, and say which of them stopped."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from tqdm.auto import tqdm

from workbench.case import Case, write_atomically
from workbench.commands.lab import put_notebooks
from workbench.errors import Problem

__all__ = ["run_notebooks"]

_CELL_SECONDS = 600


def run_notebooks(case: Case, *, progress: bool = False) -> list[Problem]:
    """Run the notebooks that lie in the case, keep their outputs, and name those that stopped."""
    folder = put_notebooks(case)
    problems = []
    paths = sorted(folder.glob("*.ipynb"))
    for path in tqdm(paths, desc="notebooks", unit="file", disable=not progress):
        try:
            _run(path, case)
        except (CellExecutionError, CellTimeoutError) as error:
            last = str(error).strip().splitlines()[-1]
            do = f"Open it with `workbench lab --case {case.path}` and see"
            problems.append(Problem(f"The notebook stopped: {last}", path.name, do))
        except nbformat.reader.NotJSONError:
            problems.append(Problem("This is no notebook", path.name))
    return problems


def _run(path: Path, case: Case) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=_CELL_SECONDS,
        kernel_name="python3",
        store_widget_state=False,
        # It would warn in the terminal that it talks over this machine's own network.
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute(env={**os.environ, "WORKBENCH_CASE": str(case.path.absolute())})
    write_atomically(path, nbformat.writes(notebook).encode())
