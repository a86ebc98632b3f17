"""Notebook 3 in Chromium: pick, attach, decide; a new kernel reads it from the case again.

Voilà shows it, because there a reload of the page is a new kernel.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from voila_here import visit

from workbench.case import Case, decisions, evidence_files

pytestmark = pytest.mark.browser
SECONDS = 120_000


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(SECONDS)
    visit(page, address)
    yield page
    page.close()


def pick(page: Page, group_id: str) -> None:
    mark = page.locator(f'.wb-mark[data-key="{group_id}"]')
    mark.click()
    page.locator(f'.wb-picked[data-key="{group_id}"]').wait_for()
    heading(page, group_id).wait_for()


def heading(page: Page, group_id: str) -> Locator:
    # The heading of an order names its group too, in a part of its own.
    return page.locator(".wb h3:not(:has(.wb-quiet))", has_text=group_id)


def test_what_is_saved_in_the_page_is_in_the_case_and_there_again_in_a_new_kernel(
    window: Page, sample_copy: Case, tmp_path: Path
):
    marks = window.locator(".wb-mark")
    marks.nth(1).wait_for()
    first, second = (marks.nth(at).get_attribute("data-key") for at in (0, 1))
    assert first is not None
    assert second is not None
    heading(window, first).wait_for()
    pick(window, second)

    window.keyboard.press("ArrowLeft")
    window.keyboard.press("Enter")
    heading(window, first).wait_for()
    pick(window, second)

    scans = tmp_path / "物流轨迹.csv"
    scans.write_bytes(b"x" * 3_000_000)  # more than one part
    window.locator(".wb-receiver input").set_input_files(scans)
    window.get_by_text("3,000,000 bytes received").wait_for()
    window.get_by_label("Your name").last.fill("Li")
    window.get_by_role("button", name="Attach the file").click()
    window.get_by_text("物流轨迹.csv is in the case").wait_for()
    assert evidence_files(sample_copy)["subject_id"].tolist() == [second]

    save = window.get_by_role("button", name="Save the decision")
    save.click()
    window.get_by_text("Choose defend, concede or hold").wait_for()
    assert decisions(sample_copy).empty
    window.get_by_role("button", name="Hold", exact=True).click()
    window.get_by_label("Reason").fill("The carrier was asked.")
    save.click()
    window.get_by_text("Written as event 2").wait_for()
    stands = decisions(sample_copy).iloc[0]
    assert (stands.subject_id, stands.decision, stands.who) == (second, "hold", "Li")

    visit(window, window.url)
    window.locator(f'.wb-mark[data-key="{second}"]', has_text="■").wait_for()
    pick(window, second)
    window.locator("td", has_text="The carrier was asked.").first.wait_for()
    window.locator("th", has_text="物流轨迹.csv").first.wait_for()
