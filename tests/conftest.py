"""What several test folders share: the sample shop, loaded and screened once per session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium_here import MISSING, launch
from playwright.sync_api import Browser, sync_playwright

from workbench.case import Case, create_case, open_case
from workbench.commands import load, screen
from workbench.commands.sample import AS_OF, build_sample
from workbench.resources import samples_dir


@pytest.fixture(scope="session")
def screened_sample(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The sample shop's case, loaded and screened. Do not write to it: take `sample_copy`."""
    return build_sample(tmp_path_factory.mktemp("sample") / "case")


@pytest.fixture
def sample_copy(screened_sample: Case, tmp_path: Path) -> Case:
    """A copy of the screened sample case that a test may change."""
    folder = tmp_path / "case"
    shutil.copytree(screened_sample.path, folder)
    return open_case(folder)


@pytest.fixture(scope="session")
def screened_small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """300 orders with the canonical headers, loaded and screened. Do not write to it."""
    path = tmp_path_factory.mktemp("small") / "case"
    files = sorted((samples_dir() / "canonical").glob("*.csv"))
    create_case(path, shop="S", platform="taobao", as_of=AS_OF)
    load([file for file in files if file.name != "truth.csv"], path)
    screen(path)
    return open_case(path)


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
