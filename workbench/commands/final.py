"""The final pack: what is left in the case when it is made."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.appeal import PackResult
from workbench.case import Case, Event, append, evidence_files, order_decisions
from workbench.case.submissions import next_attempt, submissions
from workbench.errors import BadInput
from workbench.explain import Assessment
from workbench.gate import NotReady, keep_letter, letter_words, letters_now, may_send
from workbench.notice import notices
from workbench.tables import Tables

__all__ = ["final_target", "record_final", "refuse_final"]


def refuse_final(checks: pd.DataFrame, who: str) -> None:
    """Stand in the way of a final pack; `checks` are those of the gate.

    Raises BadInput when nobody says who makes it, NotReady when a blocking check has not passed.
    """
    if not who.strip():
        raise BadInput("A final pack needs a name", do="Say who makes it: --who NAME")
    if not may_send(checks):
        raise NotReady(checks)


def final_target(case: Case, tables: Tables) -> Path:
    """Where the final pack of the attempt to come goes: `exports/appeal-attempt-2.zip`."""
    notice = next(iter(notices(tables, case)), None)
    number = next_attempt(notice.attempts_used if notice else None, submissions(case))
    return case.exports_dir / f"appeal-attempt-{number}.zip"


def record_final(
    case: Case,
    made: PackResult,
    tables: Tables,
    assessment: Assessment,
    *,
    masked: bool,
    who: str,
) -> Event:
    """Keep the words of the letter of a final pack, and write down that it was made."""
    decided = order_decisions(case)
    words = letter_words(
        letters_now(case, tables, assessment, masked=masked),
        evidence_files(case)["sha256"].tolist(),
        dict(zip(decided["order_id"], decided["decision"], strict=True)),
    )
    keep_letter(case, made.sha256, words)
    body: dict[str, object] = {"name": made.path.name, "sha256": made.sha256, "seal": made.seal}
    body |= {"masked": masked, "final": True}
    return append(case.database, who=who, kind="export", subject_kind="case", body=body)
