"""What several test folders share: the sample shop, loaded and screened once per session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium_here import MISSING, launch
from once_per_run import once
from playwright.sync_api import Browser, sync_playwright

from workbench.case import Case, create_case, open_case
from workbench.commands import load, screen
from workbench.commands.sample import AS_OF, build_sample
from workbench.resources import samples_dir

# What takes longest comes first, so that no worker is left alone with it at the end.
SLOW = ("test_read_back", "on_spark", "faults/", "2_patterns", "4_export", "commands/", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the slow files first; otherwise the order stays."""
    place = {name: number for number, name in enumerate(SLOW)}
    items.sort(
        key=lambda item: min((place[n] for n in SLOW if n in item.nodeid), default=len(SLOW))
    )


@pytest.fixture(scope="session")
def screened_sample(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The sample shop's case, loaded and screened. Do not write to it: take `sample_copy`."""
    return once(tmp_path_factory, "sample", lambda folder: build_sample(folder / "case"))


@pytest.fixture
def sample_copy(screened_sample: Case, tmp_path: Path) -> Case:
    """A copy of the screened sample case that a test may change."""
    folder = tmp_path / "case"
    shutil.copytree(screened_sample.path, folder)
    return open_case(folder)


@pytest.fixture(scope="session")
def screened_small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """300 orders with the canonical headers, loaded and screened. Do not write to it."""
    return once(tmp_path_factory, "small", _small)


def _small(folder: Path) -> Case:
    files = sorted((samples_dir() / "canonical").glob("*.csv"))
    case = create_case(folder / "case", shop="S", platform="taobao", as_of=AS_OF)
    load([file for file in files if file.name != "truth.csv"], case.path)
    screen(case.path)
    return case


@pytest.fixture
def small_copy(screened_small: Case, tmp_path: Path) -> Case:
    """A copy of the small screened case that a test may change."""
    shutil.copytree(screened_small.path, tmp_path / "case")
    return open_case(tmp_path / "case")


@pytest.fixture(autouse=True)
def no_saved_mappings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """No mapping that the person at this machine has saved may change what a test reads."""
    empty = tmp_path_factory.getbasetemp() / "no-saved-mappings"
    monkeypatch.setenv("WORKBENCH_MAPPINGS", str(empty))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process: Playwright allows no second one beside it."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
        yield browser
        browser.close()
