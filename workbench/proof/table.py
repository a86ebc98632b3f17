"""The files of a case, one row per file: what the index of evidence lists."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from workbench.case import Case, evidence_files
from workbench.proof.systems import system_of

__all__ = ["evidence_table"]

_COLUMNS = ["sha256", "name", "size", "codes", "origin", "supplier", "captured_at", "copy"]
_COLUMNS += ["system", "note", "subjects", "who", "at"]
_TOLD = ("sha256", "name", "size", "origin", "supplier", "captured_at", "copy", "who", "at")


def evidence_table(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """One row per file that speaks for something today, oldest first.

    Columns: sha256, name, size (bytes), codes (list: all that it is said to show), origin,
    supplier, captured_at (ISO 8601 or ""), copy (original | copy | unknown), system (the source
    system that it counts for, "" while nobody said what it is), note (those of its links, joined),
    subjects (list of (kind, id)), who and at (UTC; of its oldest link). `until` (UTC) shows an
    earlier day.
    """
    links = evidence_files(case, until)
    rows = []
    for _, same in links.groupby("sha256", sort=False):
        first = same.iloc[0]
        codes = list(dict.fromkeys(code for codes in same["codes"] for code in codes))
        rows.append(
            {
                **{name: first[name] for name in _TOLD},
                "codes": codes,
                "system": system_of(codes, str(first["system"])),
                "note": "; ".join(dict.fromkeys(note for note in same["note"] if note)),
                "subjects": list(zip(same["subject"], same["subject_id"], strict=True)),
            }
        )
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame["at"] = pd.to_datetime(frame["at"], utc=True).astype("datetime64[us, UTC]")
    return frame.astype({"size": "int64"})
