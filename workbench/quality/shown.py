"""The report as tables with headings, in the order in which they are read."""

from __future__ import annotations

import pandas as pd

from workbench.language import words
from workbench.quality.account import account_data, account_table
from workbench.quality.checks import checks_table, exports_table
from workbench.quality.completeness import completeness_table
from workbench.quality.coverage import coverage_table
from workbench.quality.gaps import gaps_table
from workbench.quality.identifiers import identifiers_table
from workbench.quality.odd_values import examples_table, odd_values_table
from workbench.quality.repeats import repeats_table
from workbench.quality.report import QualityReport
from workbench.quality.summary import summary_lines

__all__ = ["report_tables"]


def report_tables(report: QualityReport, language: str = "zh") -> dict[str, pd.DataFrame]:
    """Every part of the report as a reader sees it, by its heading; an empty part says so.

    The headings are at most 25 characters long, so that they fit the tab of a spreadsheet.
    """
    say = words("quality", language)
    nothing = pd.DataFrame({say("Nothing to report"): []})
    parts = _parts(report, language)
    return {head: nothing if table.empty else table for head, table in parts.items()}


def _parts(report: QualityReport, language: str) -> dict[str, pd.DataFrame]:
    say = words("quality", language)
    files, counts = report.files, report.completeness
    return {
        say("Summary"): pd.DataFrame({say("Summary"): summary_lines(report, language)}),
        say("Files"): account_table(account_data(report.reports, language), language),
        say("Impossible and odd values"): odd_values_table(report.odd_values, language),
        say("Examples"): examples_table(report.odd_values, language, files=files),
        say("Repeated rows"): repeats_table(report.repeats, language, files=files),
        say("Days without orders"): gaps_table(report.gaps, language),
        say("Time covered"): coverage_table(report.coverage, language),
        say("Masked identifiers"): identifiers_table(report.identifiers, language),
        say("Checks"): checks_table(report.checks, language),
        say("What to download"): exports_table(report.exports, language),
        say("Completeness"): completeness_table(counts, language),
        say("Completeness by file"): completeness_table(
            counts, language, "source_file", files=files
        ),
        say("Completeness by month"): completeness_table(counts, language, "month"),
        say("What was tested"): odd_values_table(report.odd_values, language, all_rules=True),
    }
