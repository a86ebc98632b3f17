"""The page of charts that is handed out, opened as a reader would: from a file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
from playwright.sync_api import Browser

from workbench.charts import html_page, themed


def test_it_draws_offers_no_upload_and_asks_for_nothing(browser: Browser, tmp_path: Path):
    figure = themed(go.Figure(go.Bar(x=["一", "二"], y=[3, 5])), "五大于三 <b>&</b>", "n = 8")
    path = tmp_path / "page.html"
    path.write_text(html_page(figure, pd.DataFrame({"数": ["3", "<i>5</i>"]}), "zh"), "utf-8")
    page = browser.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(path.as_uri())
    page.locator(".bars .point").first.wait_for()
    buttons = page.locator(".modebar-btn").evaluate_all(
        "all => all.map(one => one.dataset.title + one.dataset.attr)"
    )
    assert page.locator(".bars .point").count() == 2
    assert page.locator(".gtitle").first.text_content() == "五大于三 <b>&</b>"
    assert page.locator("td").last.text_content() == "<i>5</i>"
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert buttons
    assert not [button for button in buttons if "loud" in button or "hare" in button]
    assert page.locator(".modebar-btn--logo").count() == 0
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [path.as_uri()]
    assert wrong == []
    page.close()
