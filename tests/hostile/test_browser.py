"""The pages in a real Chromium: nothing runs, nothing is asked of anybody, nothing turns."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from voila_here import served, visit

from workbench.dashboard.server import HOST, DashboardServer
from workbench.resources import notebooks_dir

from .conftest import Handed
from .payloads import TURNING

pytestmark = pytest.mark.browser

SECONDS = 120_000
# Every text a reader can come to see, also in attributes and in drawings.
TEXTS = """() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === 3 && !node.parentElement.closest("script, style")) texts.push(node.data);
    if (node.nodeType === 1)
      for (const name of ["title", "alt", "aria-label", "value", "placeholder"])
        if (node.getAttribute(name)) texts.push(node.getAttribute(name));
  }
  return texts;
}"""
# Elements that could only have come out of a payload.
PLANTED = """() => [...document.querySelectorAll(
  "iframe, object, embed, base, form, meta[http-equiv=refresh], [onerror], [onload], [onmouseover],"
  + "[onfocus], [ontoggle], [onbegin], a[href^='javascript:'], a[href^='data:'],"
  + "[href*='evil.example'], [src*='evil.example'], [data*='evil.example']"
)].map((one) => one.outerHTML.slice(0, 200))"""


@dataclass
class Watch:
    """A page, and everything that it must not do."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    hosts: tuple[str, ...] = (HOST,)

    def __post_init__(self) -> None:
        page = self.page
        page.add_init_script("window.canary = undefined;")
        page.on("dialog", lambda dialog: (self.wrong.append("a dialog"), dialog.dismiss()))
        page.on("popup", lambda _: self.wrong.append("a window"))
        page.on("download", lambda _: self.wrong.append("a download"))
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket: self._note(socket.url))

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if (
            parts.scheme not in ("data", "blob", "file", "about")
            and parts.hostname not in self.hosts
        ):
            self.wrong.append(f"request: {url}")

    def wait_for(self, *parts: str) -> None:
        """Until the page shows these; a notebook shows its cells one after another."""
        for _ in range(SECONDS // 200):
            texts = "\n".join(self.page.evaluate(TEXTS))
            if all(part in texts for part in parts):
                return
            self.page.wait_for_timeout(200)

    def settle(self) -> None:
        """Move over everything and press the keys that payloads wait for, then look."""
        page = self.page
        for frame in page.frames:
            frame.evaluate(
                """() => { for (const one of document.querySelectorAll("*"))
                  for (const kind of ["mouseover", "focus", "click", "toggle", "error", "load"])
                    if (!one.closest("button, a, input, select, textarea, summary"))
                      one.dispatchEvent(new Event(kind)); }"""
            )
        page.wait_for_function("document.readyState === 'complete'")

    def check(self) -> list[str]:
        """The texts of the page, after everything that must not be was looked for."""
        self.settle()
        for frame in self.page.frames:
            assert frame.evaluate("window.canary") is None, frame.url
        assert self.page.evaluate(PLANTED) == []
        assert self.wrong == []
        texts = self.page.evaluate(TEXTS)
        turned = [text[:200] for text in texts if re.search(f"[{TURNING}]", text)]
        assert turned == []
        assert not [text[:200] for text in texts if "1787569" in text or "root:x" in text]
        return texts


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    context = browser.new_context(accept_downloads=True, locale="zh-CN")
    watch = Watch(context.new_page())
    watch.page.set_default_timeout(SECONDS)
    yield watch
    context.close()


def test_the_watch_sees_what_must_not_be(watch: Watch, tmp_path: Path):
    (tmp_path / "bad.html").write_text(
        "<script>window.canary=1</script><img src='http://evil.example/x' onerror='canary=2'>"
        "<p>x\u202ey</p>",
        "utf-8",
    )
    watch.page.goto((tmp_path / "bad.html").as_uri())
    assert watch.page.evaluate("window.canary") in (1, 2)
    assert watch.page.evaluate(PLANTED) != []
    assert watch.wrong == ["request: http://evil.example/x"]
    with pytest.raises(AssertionError):
        watch.check()


def test_every_html_file_of_the_pack(watch: Watch, handed: Handed):
    pages = handed.files("*.html")
    assert len(pages) >= 6
    for path in pages:
        watch.page.goto(path.as_uri())
        texts = watch.check()
        # Where figures and links are marked by private characters, a stranger's are gone.
        papers = "charts" not in path.parts
        assert not (papers and [text for text in texts if re.search("[\ue000-\ue01f]", text)])
        if path.name.startswith("letter") and not handed.masked:
            assert any("<script>window.canary=1;alert(1)</script>" in text for text in texts)


def test_the_report_on_the_data(watch: Watch, hostile, tmp_path: Path):
    from workbench.commands.quality import quality, write_quality

    report = quality(hostile.case.path)
    write_quality(report, hostile.case.path, tmp_path / "report.html")
    watch.page.goto((tmp_path / "report.html").as_uri())
    watch.check()


def test_the_merchants_page(watch: Watch, snapshot: Path, tmp_path: Path):
    with DashboardServer(snapshot) as server:
        page = watch.page
        page.goto(server.address)
        page.wait_for_function("!document.documentElement.classList.contains('opening')")
        for summary in page.locator("details > summary").all():
            summary.click()
        more = page.locator("#orders button", has_text=re.compile("更多|Show more"))
        while more.count() and more.first.is_visible() and more.first.is_enabled():
            more.first.click()
        texts = watch.check()
        assert any("<script>window.canary=1;alert(1)</script>" in text for text in texts)
        assert any("{{1337*1337}}" in text for text in texts)
        with page.expect_download() as waiting:
            page.locator("#orders .download").click()
        waiting.value.save_as(tmp_path / "table.csv")
        assert re.fullmatch(r"[^/\\\x00-\x1f]+\.csv", waiting.value.suggested_filename)
    raw = (tmp_path / "table.csv").read_bytes().decode("utf-8-sig")
    import csv
    import io

    rows = list(csv.reader(io.StringIO(raw, newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r") and cell]
    assert not re.search(f"[{TURNING}]", raw)


@pytest.fixture
def notebook(hostile, tmp_path: Path) -> Iterator[str]:
    """Where Voilà serves the analyst's third notebook on a copy of the hostile case."""
    shutil.copytree(hostile.case.path, tmp_path / "case")
    shutil.copyfile(notebooks_dir() / "3_evidence.ipynb", tmp_path / "3_evidence.ipynb")
    with served(tmp_path / "3_evidence.ipynb", tmp_path / "case") as address:
        yield address


def test_the_analysts_notebook(watch: Watch, notebook: str):
    page = watch.page
    # Voilà's own template (notebooks are opened in JupyterLab) asks there for its fonts, in vain.
    watch.hosts = (HOST, "cdn.jsdelivr.net")
    visit(page, notebook)
    page.locator(".wb h3").first.wait_for()
    page.locator(".wb-mark").first.wait_for()
    shown = ("<script>", "{{1337*1337}}")
    watch.wait_for(*shown)
    texts = watch.check()
    assert all(any(part in text for text in texts) for part in shown)
