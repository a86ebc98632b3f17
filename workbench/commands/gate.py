"""Whether an attempt may be spent on a case, check by check."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.case import open_case
from workbench.commands.tables import open_tables
from workbench.explain import read_assessment
from workbench.gate import checks

__all__ = ["gate"]


def gate(case: Path, *, masked: bool = True) -> pd.DataFrame:
    """Every check of the gate, as `workbench.gate.checks` tells them; may_send(frame) sums it up.

    `masked` says how the pack is to be made. Raises BadInput when the case has not been screened.
    """
    opened = open_case(case)
    assessment = read_assessment(opened.results_dir)
    return checks(opened, open_tables(opened), assessment, masked=masked)
