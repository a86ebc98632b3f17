"""Record what the platform answered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from workbench.case import Event, open_case
from workbench.case.submissions import Result, submissions
from workbench.case.submissions import reply as write_reply
from workbench.errors import BadInput

__all__ = ["reply"]


def reply(
    case: Path,
    *,
    result: Result,
    replied_at: datetime,
    who: str,
    attempt: int | None = None,
    reason: str = "",
    human_review: Literal["yes", "no", "unknown"] = "unknown",
) -> Event:
    """Write down an answer of the platform; see `workbench.case.submissions.reply`.

    `attempt` is by default the last one that was sent. Raises BadInput also when none was.
    """
    opened = open_case(case)
    if attempt is None:
        sent = submissions(opened)
        if sent.empty:
            do = "Record when and how it was sent first: `workbench submit`"
            raise BadInput("No appeal has been recorded as sent", str(case), do)
        attempt = int(sent["attempt"].iloc[-1])
    return write_reply(
        opened,
        attempt=attempt,
        result=result,
        replied_at=replied_at,
        reason=reason,
        human_review=human_review,
        who=who,
    )
