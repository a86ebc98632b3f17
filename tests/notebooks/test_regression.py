"""The notebooks are regression tests: they fail when a figure in the data changes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from workbench.case import Case, create_case, open_case
from workbench.commands import load, sample_files, screen
from workbench.resources import notebooks_dir

NOTEBOOK = "2_patterns.ipynb"
# The charts of the shop; what follows weighs everything anew, which takes a minute.
CELLS = 14
# The amount paid, two cells before the status of a completed order.
PAID = re.compile(r'"(\d+\.\d\d)","\d+","交易成功"')


def run_nbval(case: Case, folder: Path) -> subprocess.CompletedProcess[str]:
    notebook = nbformat.read(notebooks_dir() / NOTEBOOK, as_version=4)
    notebook.cells = notebook.cells[:CELLS]
    shown = folder / NOTEBOOK
    nbformat.write(notebook, shown)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            "pyproject.toml",
            shown,
        ],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "WORKBENCH_CASE": str(case.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def changed_sample(screened_sample: Case, tmp_path: Path) -> Case:
    """The sample's case, with the amount of one single order one cent higher."""
    export, *others = sorted(sample_files(), key=lambda path: not path.name.startswith("Export"))
    text = export.read_bytes().decode("gb18030")
    lines = text.splitlines(keepends=True)
    at, match = next((n, found) for n, line in enumerate(lines) if (found := PAID.search(line)))
    paid = f"{float(match[1]) + 0.01:.2f}"
    lines[at] = lines[at][: match.start(1)] + paid + lines[at][match.end(1) :]
    changed = tmp_path / export.name
    changed.write_bytes("".join(lines).encode("gb18030"))
    case = create_case(
        tmp_path / "case",
        shop=screened_sample.shop,
        platform=screened_sample.platform,
        as_of=screened_sample.as_of,
    )
    load([changed, *others], case.path)
    screen(case.path)
    return open_case(case.path)


def test_the_same_data_pass(screened_sample: Case, tmp_path: Path):
    run = run_nbval(screened_sample, tmp_path)
    assert run.returncode == 0, run.stdout


def test_a_changed_figure_fails(changed_sample: Case, tmp_path: Path):
    run = run_nbval(changed_sample, tmp_path)
    assert run.returncode == 1, run.stdout
    assert "failed" in run.stdout
