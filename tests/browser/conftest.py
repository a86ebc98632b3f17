"""Chromium, one server of the dashboard, and a page that notes whatever it should not do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from invented_snapshot import invented_snapshot, written
from playwright.sync_api import Browser, BrowserContext, Page
from voila_here import served

from workbench.case import Case
from workbench.dashboard.server import HOST, DashboardServer
from workbench.resources import notebooks_dir


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DashboardServer]:
    """One Voilà for all tests; each visit reads the file `snapshot` in `server.folder` anew."""
    snapshot = written(invented_snapshot(), tmp_path_factory.mktemp("published") / "snapshot.json")
    with DashboardServer(snapshot) as server:
        yield server


@pytest.fixture
def address(sample_copy: Case, tmp_path: Path) -> Iterator[str]:
    """Where Voilà serves a copy of notebook 3 on a copy of the sample's case."""
    notebook = tmp_path / "3_evidence.ipynb"
    shutil.copyfile(notebooks_dir() / notebook.name, notebook)
    with served(notebook, sample_copy.path) as address:
        yield address


@dataclass
class Visit:
    """A visitor's window, and all that went wrong in it."""

    context: BrowserContext
    server: DashboardServer
    snapshot_file: Path
    wrong: list[str] = field(default_factory=list)

    def open(self, snapshot: dict[str, Any] | str, query: str = "", width: int = 1280) -> Page:
        """Publish the snapshot (or a file of that text) and open the page on it."""
        if isinstance(snapshot, str):
            self.snapshot_file.write_text(snapshot, "utf-8")
        else:
            written(snapshot, self.snapshot_file)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 844})
        self._watch(page)
        page.goto(self.server.address + query)
        page.wait_for_function("!document.documentElement.classList.contains('opening')")
        if page.locator(".chart").count():
            page.wait_for_selector(".chart.drawn")
        return page

    def _watch(self, page: Page) -> None:
        page.on("request", lambda request: self._note_request(request.url))
        page.on("websocket", lambda socket: self._note_request(socket.url))
        page.on("console", lambda message: self._note_message(message.type, message.text))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on(
            "response",
            lambda answer: self.wrong.append(answer.url) if answer.status >= 400 else None,
        )

    def _note_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname != HOST:
            self.wrong.append(f"request: {url}")

    def _note_message(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.wrong.append(f"{kind}: {text}")


@pytest.fixture
def visit(browser: Browser, server: DashboardServer) -> Iterator[Visit]:
    """A new window; whatever went wrong in it fails the test at its end."""
    context = browser.new_context(accept_downloads=True, locale="zh-CN")
    visit = Visit(context, server, server.snapshot)
    yield visit
    context.close()
    assert visit.wrong == []


@pytest.fixture(scope="module")
def full(browser, server) -> Iterator[tuple[Visit, Page]]:
    """One open page for the tests that only look; each brings it to the state that it needs."""
    context = browser.new_context(accept_downloads=True, locale="zh-CN")
    visit = Visit(context, server, server.snapshot)
    yield visit, visit.open(invented_snapshot())
    context.close()


@pytest.fixture
def page(full) -> Iterator[Page]:
    visit, page = full
    page.set_viewport_size({"width": 1280, "height": 844})
    page.get_by_role("button", name="中文").click()
    yield page
    assert visit.wrong == []
