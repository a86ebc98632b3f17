"""How good are the data that were loaded? What is missing, cannot be, stands twice or is masked."""

from workbench.quality.account import account_data, account_table
from workbench.quality.checks import checks_data, checks_table, exports_data, exports_table
from workbench.quality.completeness import completeness_data, completeness_table, filled_by
from workbench.quality.coverage import coverage_data, coverage_table
from workbench.quality.gaps import days_data, gaps_data, gaps_table
from workbench.quality.headings import column_word, table_word
from workbench.quality.identifiers import identifiers_data, identifiers_table
from workbench.quality.odd_values import (
    OddValues,
    examples_table,
    odd_values_data,
    odd_values_table,
)
from workbench.quality.repeats import repeats_data, repeats_table
from workbench.quality.report import QualityReport, quality_report
from workbench.quality.shown import report_tables
from workbench.quality.summary import summary_lines

__all__ = [
    "OddValues",
    "QualityReport",
    "account_data",
    "account_table",
    "checks_data",
    "checks_table",
    "column_word",
    "completeness_data",
    "completeness_table",
    "coverage_data",
    "coverage_table",
    "days_data",
    "examples_table",
    "exports_data",
    "exports_table",
    "filled_by",
    "gaps_data",
    "gaps_table",
    "identifiers_data",
    "identifiers_table",
    "odd_values_data",
    "odd_values_table",
    "quality_report",
    "repeats_data",
    "repeats_table",
    "report_tables",
    "summary_lines",
    "table_word",
]
