"""The page of the data-quality report on a phone and on a desk: nothing hangs over the edge."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser

from workbench.charts import quality_page
from workbench.engine import connect
from workbench.quality import QualityReport, quality_report
from workbench.tables import memory_tables


@pytest.fixture(scope="module")
def report() -> QualityReport:
    days = [day for day in pd.date_range("2025-01-01", "2025-06-30") if day.month != 3]
    rows = [(f"{day:%m%d}{n}", day, -1 if n else 5) for day in days for n in range(4)]
    orders = pd.DataFrame(rows, columns=["order_id", "created_at", "paid_amount"])
    return quality_report(
        memory_tables(connect(), {"orders": orders}), [], needs={}, now=datetime(2025, 7, 1)
    )


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_fits_draws_and_asks_for_nothing(
    browser: Browser, report: QualityReport, tmp_path: Path, language: str, width: int
):
    path = tmp_path / "page.html"
    path.write_text(quality_page(report, language), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(path.as_uri())
    page.locator("#completeness .hm").first.wait_for()
    hangs_over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(hangs_over) == 0
    assert page.locator("#order-days .gtitle").count() == 0  # it is a heading, which wraps
    assert page.locator("#order-days h2").is_visible()
    assert page.locator("#order-days .bars .point").count() == 1  # the gap
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [path.as_uri()]
    assert wrong == []
    page.close()
