"""One source of dependencies, and a wheel that carries all that a user needs."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# Extras that a user may install; the others are for those who build the workbench.
_FOR_USERS = ("postgres", "spark", "timestamps")
NAME = re.compile(r"[A-Za-z0-9._-]+")


def names(requirements: list[str]) -> set[str]:
    return {NAME.match(line).group().lower().replace("_", "-") for line in requirements}


def test_conda_environment_installs_what_pyproject_says():
    lines = (ROOT / "environment.yml").read_text("utf-8").splitlines()
    wanted = [line.strip().removeprefix("- ") for line in lines if line.strip().startswith("- ")]
    python = PYPROJECT["project"]["requires-python"]
    assert wanted == ["conda-forge", f"python{python}", "pip", "pip:", "-e .[test]"]


def test_every_dependency_is_bounded_above():
    extras = PYPROJECT["project"]["optional-dependencies"]
    bounded = [line for name, lines in extras.items() if name != "dev" for line in lines]
    for line in PYPROJECT["project"]["dependencies"] + bounded:
        assert "<" in line or "==" in line, line


def test_every_dependency_earns_its_place():
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    told = set(re.findall(r"^\| ([a-z0-9-]+) \|", text, re.MULTILINE)) - {"package"}
    extras = PYPROJECT["project"]["optional-dependencies"]
    used = names(
        PYPROJECT["project"]["dependencies"] + [line for e in extras.values() for line in e]
    )
    assert told == used


def test_what_is_imported_is_declared():
    imported = {
        name.split(".")[0]
        for path in (ROOT / "workbench").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in imported_names(node)
    }
    by_module = {"babel": "babel", "docx": "python-docx", "ibis": "ibis-framework"}
    packages = {by_module.get(name, name.replace("_", "-")) for name in imported}
    extras = PYPROJECT["project"]["optional-dependencies"]
    beside = [line for name in _FOR_USERS for line in extras.get(name, [])]
    known = names(PYPROJECT["project"]["dependencies"] + beside) | {"workbench"}
    assert packages - known - {name.replace("_", "-") for name in sys.stdlib_module_names} == set()


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_constraints_hold_every_direct_dependency_within_its_bounds():
    from packaging.requirements import Requirement

    pinned = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    extras = PYPROJECT["project"]["optional-dependencies"]
    for line in PYPROJECT["project"]["dependencies"] + extras["test"] + extras["dev"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pinned[wanted.name.lower()]), line


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_notebooks_templates_and_the_sample(wheel: Path):
    held = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "workbench/shipped/notebooks/1_load.ipynb",
        "workbench/shipped/notebooks/dashboards/merchant.ipynb",
        "workbench/shipped/samples/shop/campaigns.csv",
        "workbench/appeal/templates/letter.docx",
        "workbench/language/zh/explain.po",
        "workbench/load/formats/taobao_classic.toml",
        "workbench/tables/canonical.toml",
        "workbench/py.typed",
    ):
        assert name in held, name
    assert not any("__pycache__" in name or ".ipynb_checkpoints" in name for name in held)


def test_the_wheel_works_from_any_folder(wheel: Path, tmp_path: Path):
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from workbench.commands.sample import build_sample\n"
            "from pathlib import Path\n"
            "import workbench\n"
            "case = build_sample(Path('case'))\n"
            "print(workbench.__file__)\n"
            "print((case.results_dir / 'groups.parquet').is_file())",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    place, screened = run.stdout.split()
    assert Path(place).is_relative_to(installed)
    assert screened == "True"
