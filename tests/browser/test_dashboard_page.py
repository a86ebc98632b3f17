"""The merchant's page in Chromium, from opening it to the downloaded table."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from invented_snapshot import FORMULA, SCRIPT, invented_snapshot, nothing_found
from playwright.sync_api import Locator, Page, expect

from .contrast import CONTRAST

pytestmark = pytest.mark.browser


def expect_text(place: Locator, text: str) -> None:
    """The text shows: what the other language holds is hidden and does not count."""
    expect(place).to_contain_text(text, use_inner_text=True)


def downloaded(page: Page, button: str, folder: Path) -> tuple[str, list[list[str]]]:
    with page.expect_download() as waiting:
        page.locator(button).click()
    name = waiting.value.suggested_filename
    waiting.value.save_as(folder / "table.csv")
    raw = (folder / "table.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with (folder / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        return name, list(csv.reader(file))


def test_a_merchant_reads_switches_opens_and_downloads(visit, tmp_path):
    snapshot = invented_snapshot()
    page = visit.open(snapshot)
    expect(page.locator("h1")).to_have_text("棉拖小店 <b>&", use_inner_text=True)
    expect_text(page.locator("#deadline"), "4 天后申诉截止")
    expect_text(page.locator("#deadline"), "2026-01-13 23:59")
    expect(page.locator(".chart .legend")).to_contain_text("待补材料")

    page.get_by_role("button", name="English").click()
    expect_text(page.locator("#deadline"), "4 days left to appeal")
    expect(page.locator(".chart .legend")).to_contain_text("needs documents")
    expect(page.locator(".chart .ytitle")).to_have_text("orders per day")
    shown = page.locator("main").inner_text()
    assert "申诉" not in shown.replace("=HYPERLINK", "")
    assert "lang=en" in page.url

    group = page.locator("details#G-00000001")
    group.locator("summary").click()
    expect(group.locator(".side.passed")).to_contain_text("The price was low.")
    expect_text(group.locator(".side.failed"), "No campaign is on record.")
    expect_text(group.locator(".side.not_available"), "Parcels were not weighed.")
    expect_text(group.locator("table").first, "The carrier's weighing record")
    expect(group.locator("table.orders tbody tr")).to_have_count(34)

    name, rows = downloaded(page, "#G-00000001 .download", tmp_path)
    assert name == "orders of 棉拖小店 _b_& G-00000001.csv"
    assert "Group" not in rows[0]
    assert len(rows) == 1 + 34

    name, rows = downloaded(page, "#orders .download", tmp_path)
    assert name == "orders of 棉拖小店 _b_&.csv"
    assert rows[0][:4] == ["Order", "Time", "Product", "Quantity"]
    assert [row[0].rstrip("\t") for row in rows[1:]] == [o["order_id"] for o in snapshot["orders"]]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["Product"] == SCRIPT
    assert first["Paid (CNY)"] == "39.90"
    assert first["Assessment"] == "Unusual"
    assert first["Named by the platform"] == "yes"
    assert first["Buyer (masked)"] == "B-00000001"
    by_group = [row for row in rows if row[9] == "G-00000002"]
    assert by_group[0][2] == "'" + FORMULA
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell)


def test_the_download_holds_what_the_table_shows(page, tmp_path):
    page.locator("#orders select").select_option("needs_documents")
    page.locator("#orders input").fill("hyperlink")
    expect(page.locator("#orders tbody tr")).to_have_count(5)
    name, rows = downloaded(page, "#orders .download", tmp_path)
    assert name == "棉拖小店 _b_& 订单.csv"
    assert rows[0][0] == "订单号"
    assert len(rows) == 1 + 5
    assert {row[10] for row in rows[1:]} == {"待补材料"}
    page.locator("#orders input").fill("no such thing")
    expect(page.locator("#orders [role=status]")).to_have_text("没有符合条件的订单。")
    expect(page.locator("#orders .download")).to_be_disabled()


def test_no_code_no_traceback_no_share_button(page):
    html = page.content()
    assert "open_snapshot" not in html
    assert page.locator(".jp-CodeCell, .jp-InputArea, .input_area").count() == 0
    assert "Traceback" not in html
    page.locator(".chart").hover()
    assert page.locator(".modebar-btn").count() == 0
    assert not re.search("share chart|plotly", page.locator("main").inner_text(), re.IGNORECASE)
    figure = page.evaluate("document.querySelector('.chart')._context")
    assert figure["showSendToCloud"] is False
    assert figure["plotlyServerURL"] == ""


def test_what_strangers_wrote_is_text(page):
    page.evaluate("document.getElementById('G-00000001').open = true")
    expect(page.locator("details#G-00000001 td.product_title").first).to_have_text(SCRIPT)
    scripts = page.locator("main script:not([type='application/json'])").all_inner_texts()
    assert set(scripts) <= {"window.voila_heartbeat()"}
    assert page.locator("h1 b").count() == 0


def test_a_phone_scrolls_down_only(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for language in ("English", "中文"):
        page.get_by_role("button", name=language).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_keyboard_is_enough(page):
    english = page.get_by_role("button", name="English")
    page.get_by_role("button", name="中文").focus()
    page.keyboard.press("Tab")
    expect(english).to_be_focused()
    page.keyboard.press("Enter")
    expect(english).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.evaluate("document.getElementById('G-00000002').open = false")
    page.locator("details#G-00000002 summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("details#G-00000002 table.orders")).to_be_visible()


def test_a_link_beside_a_paper_opens_its_group(page):
    page.evaluate("document.getElementById('G-00000002').open = false")
    page.locator("#papers a", has_text="G-00000002").first.click()
    expect(page.locator("details#G-00000002 table.orders")).to_be_visible()


def test_the_address_asks_for_a_language_and_loses_its_secret(visit):
    page = visit.open(nothing_found(), "&lang=en")
    expect(page.locator("#papers h2")).to_have_text("Papers to get", use_inner_text=True)
    assert page.url.endswith("/?lang=en")


def test_text_has_contrast_enough_to_be_read(page):
    """WCAG 2.1 AA: 4.5 to 1, for every text on the page against what it stands on."""
    page.evaluate("document.getElementById('G-00000001').open = true")
    assert page.evaluate(CONTRAST) == []


def test_a_shop_where_nothing_was_found(visit):
    snapshot = nothing_found()
    snapshot["case"]["language"] = "en"
    page = visit.open(snapshot)
    expect_text(page.locator("#deadline"), "No notice of the platform")
    expect_text(page.locator("#groups"), "No group of orders stands out")
    expect_text(page.locator("#papers"), "No paper is missing.")
    assert page.locator("table").count() == 0


def test_a_broken_snapshot_is_told_calmly(visit):
    page = visit.open('{"version": 1}')
    expect_text(page.locator("main"), "这个页面暂时无法显示")
    expect_text(page.locator("main"), "This page cannot be shown right now")
    assert not re.search(
        "Traceback|BadInput|Error|voila", page.locator("body").inner_text(), re.IGNORECASE
    )


def test_a_request_to_another_host_would_be_seen(full):
    visit, page = full
    with page.expect_event("console"):
        page.evaluate("new Image().src = 'https://elsewhere.example/pixel.png'")
    assert any("elsewhere.example" in wrong for wrong in visit.wrong)
    visit.wrong.clear()


def test_only_the_page_is_served_and_only_with_its_secret(visit, server):
    opener = build_opener(ProxyHandler({}))
    place = server.address.split("?")[0]
    with opener.open(place) as refused:
        assert "/login" in refused.url
    secret = server.address.split("?")[1]
    for path in ("voila/files/merchant.ipynb", "voila/files/snapshot.json", "api/contents"):
        answer = visit.context.request.get(f"{place}{path}?{secret}")
        assert answer.status in (403, 404), path
