"""Record that an appeal was sent, and keep a copy of what was sent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from workbench.appeal import verify_pack
from workbench.case import Case, Event, open_case
from workbench.case.submissions import next_attempt, submissions
from workbench.case.submissions import submit as write_submission
from workbench.commands.tables import open_tables
from workbench.errors import BadInput
from workbench.gate import keep_submission
from workbench.notice import notices

__all__ = ["submit"]


def submit(
    case: Path,
    *,
    sent_at: datetime,
    channel: str,
    who: str,
    attempt: int | None = None,
    reference: str = "",
    pack: Path | None = None,
) -> Event:
    """Write down that an appeal was sent; see `workbench.case.submissions.submit`.

    `attempt` is by default the next one, after those that the notice counts and those recorded.
    `pack` is the file that was sent: its hash and seal are recorded, and a copy is kept in the
    case. Raises BadInput also when that file is no whole pack.
    """
    opened = open_case(case)
    sha256 = seal = ""
    if pack is not None:
        checked = verify_pack(pack)
        if not checked.ok:
            raise BadInput.many(checked.problems)
        seal, sha256 = checked.seal, keep_submission(opened, pack)
    return write_submission(
        opened,
        attempt=_next(opened) if attempt is None else attempt,
        sent_at=sent_at,
        channel=channel,
        reference=reference,
        pack=sha256,
        seal=seal,
        who=who,
    )


def _next(case: Case) -> int:
    notice = next(iter(notices(open_tables(case), case)), None)
    return next_attempt(notice.attempts_used if notice else None, submissions(case))
