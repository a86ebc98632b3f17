"""What is committed of each notebook: outputs to compare with, and nothing that grows or leaks."""

from pathlib import Path

import nbformat
import pytest

from workbench.resources import notebooks_dir

NOTEBOOKS = sorted(notebooks_dir().rglob("*.ipynb"))
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


def test_the_story_has_four_parts_and_a_dashboard():
    names = {path.relative_to(notebooks_dir()).as_posix() for path in NOTEBOOKS}
    assert names == {
        "1_load.ipynb",
        "2_patterns.ipynb",
        "3_evidence.ipynb",
        "4_export.ipynb",
        "dashboards/merchant.ipynb",
    }


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_it_is_small(path: Path):
    assert path.stat().st_size < 500_000


def test_it_holds_no_widget_state(path: Path):
    assert "widgets" not in nbformat.read(path, as_version=4).metadata
    assert WIDGET_STATE not in path.read_text("utf-8")


def test_it_was_run_from_top_to_bottom_without_an_error(path: Path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert "error" not in kinds


def test_there_are_outputs_to_compare_with(path: Path):
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    assert any(cell.outputs for cell in cells)


def test_no_path_of_a_machine_shows(path: Path):
    text = path.read_text("utf-8")
    assert str(Path.home()) + "/" not in text
    assert "/tmp/" not in text
