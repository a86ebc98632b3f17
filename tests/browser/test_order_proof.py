"""The evidence forms in Chromium: what is attached counts at once, and a request can be copied.

Voilà shows a notebook of two cells, so that it does not wait for the whole of notebook 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page
from voila_here import served, visit

from workbench.case import Case, evidence_files

pytestmark = pytest.mark.browser
SECONDS = 120_000
GROUP = "G-2de5e768"
SETUP = f"""
from workbench.commands import open_tables, sample_case
from workbench.explain import read_assessment
from workbench.widgets import open_desk

case = sample_case()
desk = open_desk(case, read_assessment(case.results_dir), open_tables(case), "en")
desk.picker.pick("{GROUP}")
desk.evidence
"""


@pytest.fixture
def address(sample_copy: Case, tmp_path: Path) -> Iterator[str]:
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in (SETUP, "desk.proof")]
    nbformat.write(notebook, tmp_path / "proof.ipynb")
    with served(tmp_path / "proof.ipynb", sample_copy.path) as address:
        yield address


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1600})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = context.new_page()
    page.set_default_timeout(SECONDS)
    visit(page, address)
    yield page
    context.close()


def attach(page: Page, file: Path, kind: str) -> None:
    page.locator(".wb-receiver input").set_input_files(file)
    page.get_by_text("bytes received").wait_for()
    page.get_by_label("Kind").select_option(label=kind)
    page.get_by_label("Your name").last.fill("Li")
    page.get_by_role("button", name="Attach the file").click()
    page.get_by_text(f"{file.name} is in the case").wait_for()


def test_what_is_attached_counts_at_once_and_a_request_is_completed_and_copied(
    window: Page, sample_copy: Case, tmp_path: Path
):
    area = window.locator(".wb-copy textarea")
    area.wait_for()
    window.get_by_text("○ no evidence 6").first.wait_for()

    scans, film = tmp_path / "<b>轨迹.csv", tmp_path / "称重.mp4"
    scans.write_bytes(b"scans")
    film.write_bytes(b"f" * 3_000_000)  # more than one part
    attach(window, scans, "E01 The carrier's full scan log")
    assert window.get_by_text("<b>轨迹.csv").count() > 0  # shown, not obeyed
    window.get_by_label("Original?").select_option(label="original: the file as its source made it")
    window.get_by_label("Origin", exact=True).fill("camera 2")
    attach(window, film, "E06 Packing video or photo on the scale, label visible")
    window.locator(".wb-scroll", has_text="Orders and how well").get_by_text("◕").wait_for()
    rows = evidence_files(sample_copy)
    assert rows["subject_id"].tolist() == [GROUP, GROUP]
    assert rows["origin"].tolist() == ["", "camera 2"]
    assert rows["copy"].tolist() == ["unknown", "original"]

    window.get_by_label("Ask").select_option(label="supplier")
    window.locator(".wb-copy-heading", has_text="供货单据").wait_for()
    assert "【联系方式】" in area.input_value()
    area.fill(area.input_value().replace("【联系方式】", "010-1"))
    window.get_by_role("button", name="Copy the text").click()
    window.get_by_text("Copied.").wait_for()
    copied = window.evaluate("navigator.clipboard.readText()")
    assert "联系方式：010-1" in copied
    assert "【联系方式】" not in copied
    window.get_by_label("Wording").select_option(label="English")
    window.locator(".wb-copy-heading", has_text="Papers of earlier deliveries").wait_for()
