"""What was sent and answered so far, in sentences that forms share."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.appeal.matter import Matter
from workbench.language import Say
from workbench.rows import each

__all__ = ["decided_so_far", "platform_name", "sent_so_far"]


def platform_name(matter: Matter, say: Say) -> str:
    """The platform as the notice names it."""
    return (matter.notice and matter.notice.platform) or matter.platform or say("the platform")


def sent_so_far(matter: Matter, say: Say) -> list[str]:
    """One sentence per appeal that was sent, with its answer; that none was recorded else."""
    if matter.submissions.empty:
        return [say("No appeal has been recorded as sent so far.")]
    return [_told(row, say) for row in each(matter.submissions)]


def decided_so_far(matter: Matter, say: Say) -> str:
    """How many orders at issue the shop defends; of the others nothing is said, nor admitted."""
    return say(
        "Of {all} orders at issue the shop defends {defend}; on the others this letter makes no "
        "statement.",
        all=len(matter.contested),
        defend=int(matter.contested["decision"].eq("defend").sum()),
    )


def _told(row: Any, say: Say) -> str:
    sent = say(
        "Appeal no. {number} was sent on {day} by way of {channel}.",
        number=row.attempt,
        day=f"{row.sent_at:%Y-%m-%d}",
        channel=row.channel,
    )
    if not row.result or pd.isna(row.replied_at):
        return say("{sent} No answer has been recorded.", sent=sent)
    result = {
        "accepted": say("accepted"),
        "partly": say("accepted in part"),
        "rejected": say("rejected"),
    }[row.result]
    told = say(
        "{sent} The platform answered on {day}: {result}.",
        sent=sent,
        day=f"{row.replied_at:%Y-%m-%d}",
        result=result,
    )
    return (
        say("{told} Its reason: “{reason}”", told=told, reason=row.reason) if row.reason else told
    )
