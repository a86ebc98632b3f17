"""Write the quarantined rows of a case, to be corrected and loaded again."""

from __future__ import annotations

from pathlib import Path

from workbench.case import open_case
from workbench.load import write_quarantine

__all__ = ["quarantine"]


def quarantine(case: Path, out: Path) -> int:
    """Write every row that is quarantined still to `out`, .xlsx or .csv; gives their number.

    Each stands under its original headers, behind columns that say where it comes from and why it
    was quarantined. `load` takes the corrected file. Raises BadInput when nothing is quarantined.
    """
    opened = open_case(case)
    with opened.lock():
        return write_quarantine(opened.tables_dir, Path(out))
