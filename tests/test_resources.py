from pathlib import Path

import pytest

from workbench import resources


@pytest.mark.parametrize(
    ("ask", "in_checkout", "in_wheel"),
    [
        (resources.notebooks_dir, "notebooks", "notebooks"),
        (resources.samples_dir, "data/samples", "samples"),
    ],
)
def test_files_are_found_in_a_checkout_and_in_a_wheel(
    monkeypatch, tmp_path, ask, in_checkout, in_wheel
):
    package = tmp_path / "workbench"
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert ask() == tmp_path / in_checkout
    (package / "shipped" / in_wheel).mkdir(parents=True)
    assert ask() == package / "shipped" / in_wheel


def test_this_checkout_has_its_sample_files():
    assert resources.samples_dir().is_dir()
    assert Path(resources.notebooks_dir()).is_dir()
