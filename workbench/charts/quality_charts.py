"""The data-quality report as figures with their tables, and as one page."""

from __future__ import annotations

from workbench.charts.completeness import (
    completeness_by_month_chart,
    completeness_by_month_data,
    completeness_by_month_table,
)
from workbench.charts.order_days import order_days_chart, order_days_data, order_days_table
from workbench.charts.page import Drawn, html_pages
from workbench.language import words
from workbench.quality import QualityReport, report_tables, summary_lines

__all__ = ["quality_figures", "quality_page"]


def quality_figures(report: QualityReport, language: str = "zh") -> dict[str, Drawn]:
    """The figures of a report by name, each with its table: order-days and completeness."""
    figures: dict[str, Drawn] = {}
    if len(report.days):
        days = order_days_data(report.days)
        figures["order-days"] = (
            order_days_chart(days, report.gaps, language),
            order_days_table(report.gaps, language),
        )
    months = completeness_by_month_data(report.completeness)
    if len(months):
        figures["completeness"] = (
            completeness_by_month_chart(months, language),
            completeness_by_month_table(report.completeness, language),
        )
    return figures


def quality_page(report: QualityReport, language: str = "zh") -> str:
    """The whole report as the text of one HTML file that needs nothing else."""
    say = words("charts", language)
    # The tables that stand below the figures need not be told twice.
    drawn = {say("Summary"), say("Days without orders"), say("Completeness")}
    tables = report_tables(report, language)
    return html_pages(
        quality_figures(report, language),
        language,
        say("How good are the data?"),
        lines=summary_lines(report, language),
        tables={head: table for head, table in tables.items() if head not in drawn},
        narrow=True,
    )
