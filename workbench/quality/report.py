"""The whole data-quality report of what was loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from tqdm.auto import tqdm

from workbench.load import LoadReport
from workbench.quality.account import account_data
from workbench.quality.checks import checks_data, exports_data
from workbench.quality.completeness import completeness_data
from workbench.quality.coverage import coverage_data
from workbench.quality.gaps import days_data, gaps_data
from workbench.quality.identifiers import identifiers_data
from workbench.quality.odd_values import OddValues, odd_values_data
from workbench.quality.repeats import repeats_data
from workbench.tables import Tables

__all__ = ["QualityReport", "quality_report"]


@dataclass(frozen=True)
class QualityReport:
    """The parts of the report; each is what the function of its name with `_data` gives.

    `files` names the source files by their SHA-256. No part holds a buyer's personal data: odd
    values are times, amounts, states and numbers of orders, masked values only their shapes.
    """

    reports: tuple[LoadReport, ...]
    completeness: pd.DataFrame
    odd_values: OddValues
    repeats: pd.DataFrame
    days: pd.DataFrame
    gaps: pd.DataFrame
    coverage: pd.DataFrame
    identifiers: pd.DataFrame
    checks: pd.DataFrame
    exports: pd.DataFrame

    @property
    def files(self) -> dict[str, str]:
        """Name of each source file by its SHA-256."""
        return {report.sha256: report.file for report in self.reports}

    @property
    def account(self) -> pd.DataFrame:
        """The account of each file, without words."""
        return account_data(self.reports)


def quality_report(
    tables: Tables,
    reports: Sequence[LoadReport],
    *,
    needs: Mapping[str, Sequence[str]],
    now: datetime,
    platform: str = "",
    examples: int = 5,
    progress: bool = False,
) -> QualityReport:
    """Work every part out in the engine.

    `reports` are the accounts of the loaded files, `needs` the columns that each check needs (see
    `checks_data`), `now` the case's today in the shop's local time, `platform` that of the case,
    `examples` how many rows to show of each odd value.
    """
    parts = tqdm(total=6, desc="quality", disable=not progress, leave=False)
    with parts:
        counts = completeness_data(tables)
        parts.update()
        odd = odd_values_data(tables, now, examples=examples)
        parts.update()
        repeats = repeats_data(tables)
        parts.update()
        days = days_data(tables, now)
        parts.update()
        coverage = coverage_data(tables, now)
        parts.update()
        identifiers = identifiers_data(tables)
        parts.update()
    checks = checks_data(counts, needs)
    return QualityReport(
        reports=tuple(reports),
        completeness=counts,
        odd_values=odd,
        repeats=repeats,
        days=days,
        gaps=gaps_data(days),
        coverage=coverage,
        identifiers=identifiers,
        checks=checks,
        exports=exports_data(counts, checks, platform),
    )
