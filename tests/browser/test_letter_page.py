"""The letter and a form as HTML files in Chromium: offline, on a phone, on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from appeal.render.test_pdf import png
from appeal.told_letter import told_letter
from invented_matter import HOSTILE_TITLE, make_example
from playwright.sync_api import Browser, Page

from workbench.appeal.forms import data_request
from workbench.appeal.letter_groups import chart_name
from workbench.appeal.matter import gather
from workbench.appeal.render import html_paper

from .contrast import CONTRAST

pytestmark = pytest.mark.browser

CHART = chart_name("G-aaaaaaaa", "zh")
HOSTILE = HOSTILE_TITLE + '"><img src=http://x.example/a onerror=alert(1)><script>alert(2)</script>'


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("letter")
    example = make_example(folder / "case")
    model = told_letter(example, "zh", lacking=["尚缺公章"], charts=[CHART])
    model["position"] = [*model["position"], HOSTILE]
    matter = gather(example.case, example.tables, example.assessment, example.masker)
    form = data_request(matter, "en").model
    assert form is not None
    written = {
        "letter": html_paper(model, "letter", {CHART: png(400, 200)}),
        "form": html_paper(form, "form"),
    }
    for name, content in written.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: folder / f"{name}.html" for name in written}


def opened(browser: Browser, file: Path, width: int) -> tuple[Page, list[str]]:
    """The page, and everything it should not have done."""
    page = browser.new_page(viewport={"width": width, "height": 844})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else wrong.append(request.url)
        ),
    )
    page.goto(file.as_uri())
    return page, wrong


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["letter", "form"])
def test_the_page_fits_and_does_nothing_but_show(
    browser: Browser, files: dict[str, Path], name: str, width: int
):
    page, wrong = opened(browser, files[name], width)
    try:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CONTRAST) == []
        # The style was let in: the policy names it by its hash.
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign") == "center"
        assert wrong == []
    finally:
        page.close()


def test_strangers_words_are_shown_and_not_obeyed(browser: Browser, files: dict[str, Path]):
    page, wrong = opened(browser, files["letter"], 1280)
    try:
        assert HOSTILE in page.locator("main").inner_text()
        assert page.locator("main img").count() == 1
        assert page.evaluate("document.scripts.length") == 0
        assert wrong == []
    finally:
        page.close()


def test_a_figure_leads_to_its_row_and_on_to_the_file(browser: Browser, files: dict[str, Path]):
    page, _ = opened(browser, files["letter"], 390)
    try:
        figure = page.locator("section a[href^='#N']").first
        target = figure.get_attribute("href")
        figure.click()
        row = page.locator(f"tr:has({target})")
        assert row.locator("td").nth(2).inner_text() == figure.inner_text()
        assert page.evaluate("location.hash") == target
        row.locator("a[href^='#S']").first.click()
        source = page.locator("tr:has(#S1)")
        assert "SHA-256 abab" in source.inner_text()
        box = page.locator("#S1").bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= 844
    finally:
        page.close()


def test_tables_say_their_columns_on_a_phone(browser: Browser, files: dict[str, Path]):
    page, _ = opened(browser, files["letter"], 390)
    try:
        before = page.evaluate(
            "getComputedStyle(document.querySelector('.rows td'), '::before').content"
        )
        assert before == '"订单"'
        assert page.evaluate("document.querySelector('.rows thead').clientHeight") <= 1
    finally:
        page.close()


def test_on_paper_the_contents_are_left_out(browser: Browser, files: dict[str, Path]):
    page, _ = opened(browser, files["letter"], 1280)
    try:
        page.emulate_media(media="print")
        assert page.locator("nav").is_hidden()
        assert page.pdf(format="A4").startswith(b"%PDF")
    finally:
        page.close()
