"""Take the README's pictures, of the dashboard and of a chart: python tests/take_pictures.py."""

from __future__ import annotations

import sys
from pathlib import Path

from chromium_here import MISSING, launch
from playwright.sync_api import sync_playwright

from workbench import charts
from workbench.charts.pictures import save_png
from workbench.commands import open_tables, sample_case
from workbench.dashboard.server import DashboardServer
from workbench.explain import read_assessment
from workbench.resources import notebooks_dir

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"


def main() -> None:
    """Write docs/images/dashboard.zh.png and dashboard.en.png from the sample's snapshot."""
    IMAGES.mkdir(exist_ok=True)
    snapshot = notebooks_dir() / "dashboards" / "sample-snapshot.json"
    with DashboardServer(snapshot) as server, sync_playwright() as playwright:
        browser = launch(playwright)
        if browser is None:
            sys.exit(MISSING)
        page = browser.new_page(viewport={"width": 1280, "height": 1180})
        for language in ("zh", "en"):
            page.goto(f"{server.address}&lang={language}")
            page.wait_for_selector(".chart.drawn")
            page.screenshot(path=IMAGES / f"dashboard.{language}.png")
        browser.close()
    take_chart()


def take_chart() -> None:
    """Write docs/images/patterns.png: the sample's orders over time with its groups."""
    case = sample_case()
    figures = charts.case_figures(
        open_tables(case), read_assessment(case.results_dir), language="en"
    )
    figure, _ = figures["orders-over-time"]
    save_png(figure, IMAGES / "patterns.png", "en")


if __name__ == "__main__":
    main()
