"""See what the list of a case owes to each constant."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from workbench.case import open_case
from workbench.commands.tables import open_tables
from workbench.errors import BadInput
from workbench.explain import constant_names, sensitivity_data

__all__ = ["sensitivity"]


def sensitivity(
    case: Path, names: Collection[str] | None = None, *, progress: bool = False
) -> pd.DataFrame:
    """How many orders enter or leave the list when a constant moves by a tenth.

    Gives the rows of `workbench.explain.sensitivity_data` and leaves them in
    `results/sensitivity.parquet` of the case. `names` chooses constants; all of them take
    minutes. Raises BadInput for a name that no constant has.
    """
    known = constant_names()
    if unknown := sorted(set(names or ()) - set(known)):
        raise BadInput(
            f"There is no constant {', '.join(unknown)}",
            do=f"take some of: {', '.join(sorted(known))}",
        )
    opened = open_case(case)
    with opened.lock():
        rows = sensitivity_data(open_tables(opened), names or None, progress=progress)
        opened.results_dir.mkdir(parents=True, exist_ok=True)
        rows.to_parquet(opened.results_dir / "sensitivity.parquet", index=False)
    return rows
