"""Whether an attempt may be spent on a case, check by check."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.appeal import gather
from workbench.case import Case, Masker, open_case
from workbench.case.submissions import submissions
from workbench.commands.tables import open_tables
from workbench.explain import Assessment, read_assessment
from workbench.gate import checks, own_letters
from workbench.tables import Tables

__all__ = ["gate", "gate_checks"]


def gate(case: Path, *, masked: bool = True) -> pd.DataFrame:
    """Every check of the gate, as `workbench.gate.checks` tells them; may_send(frame) sums it up.

    `masked` says how the pack is to be made. Raises BadInput when the case has not been screened.
    """
    opened = open_case(case)
    assessment = read_assessment(opened.results_dir)
    return gate_checks(opened, open_tables(opened), assessment, masked=masked)


def gate_checks(
    case: Case, tables: Tables, assessment: Assessment, *, masked: bool = True
) -> pd.DataFrame:
    """`gate` of an opened case.

    The letter is written only where there is one that was rejected, to hold it against.
    """
    letters = None
    if submissions(case)["result"].isin(["rejected", "partly"]).any():
        masker = Masker.for_case(case) if masked else None
        letters = own_letters(gather(case, tables, assessment, masker), tables, assessment)
    return checks(case, tables, assessment, letters=letters, masked=masked)
