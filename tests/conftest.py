"""What several test folders share: the sample shop, loaded and screened once per session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium_here import MISSING, launch
from playwright.sync_api import Browser, sync_playwright

from workbench.case import Case, open_case
from workbench.commands.sample import build_sample


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
