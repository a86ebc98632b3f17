"""Appeals that were sent, and what the platform answered: attempts are spent here."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pandas as pd

from workbench.case.event import Event
from workbench.case.events import append
from workbench.case.folder import Case
from workbench.case.standing import Standing, standing_events
from workbench.errors import BadInput, Problem

__all__ = [
    "RESULTS",
    "Result",
    "attempts_left",
    "attempts_used",
    "next_attempt",
    "reply",
    "submissions",
    "submit",
]

Result = Literal["accepted", "partly", "rejected"]
RESULTS: tuple[Result, ...] = ("accepted", "partly", "rejected")
HUMAN = ("yes", "no", "unknown")

_HASH = re.compile(r"[0-9a-f]{64}")
# Two clocks may differ by this much.
_SLACK = timedelta(minutes=5)
_SENT = ("attempt", "channel", "reference", "pack", "seal")
_COLUMNS = [
    "attempt", "sent_at", "channel", "reference", "pack", "seal", "who", "at", "seq",
    "result", "reason", "replied_at", "human_review", "reply_seq",
]  # fmt: skip


def submit(
    case: Case,
    *,
    attempt: int,
    sent_at: datetime,
    channel: str,
    reference: str = "",
    pack: str = "",
    seal: str = "",
    who: str,
) -> Event:
    """Write down that an appeal was sent: one attempt is spent.

    `sent_at` without a zone is the shop's local time. `channel` is the way it was sent,
    `reference` the platform's receipt number, `pack` the SHA-256 of the pack that was sent and
    `seal` its seal, where a pack was. It records what people did: it sends nothing.

    Raises BadInput with every problem at once: an attempt that is not counted from 1 or was
    recorded before, a moment to come, no channel, no name, a pack or seal that is no SHA-256.
    """
    problems = []
    recorded = submissions(case)
    if attempt < 1:
        problems.append(Problem(f"Attempts are counted from 1, not {attempt}"))
    if attempt in set(recorded["attempt"]):
        do = "Give the next number; what was sent stays in the record"
        problems.append(Problem(f"Attempt {attempt} has been recorded already", do=do))
    problems += _moment_problems(case, "An appeal cannot have been sent at", sent_at)
    problems += _said(channel, "How it was sent is not said", "Name the form, mail or counter")
    problems += _said(who, "A submission needs a name", "Say who sent it")
    problems += _hash_problems("pack", pack) + _hash_problems("seal", seal)
    if problems:
        raise BadInput.many(problems)
    body = {"attempt": attempt, "sent_at": _utc(case, sent_at), "channel": channel.strip()}
    body |= {"reference": reference.strip(), "pack": pack, "seal": seal}
    return append(case.database, who=who, kind="submission", subject_kind="case", body=body)


def reply(
    case: Case,
    *,
    attempt: int,
    result: Result,
    replied_at: datetime,
    reason: str = "",
    human_review: Literal["yes", "no", "unknown"] = "unknown",
    who: str,
) -> Event:
    """Write down what the platform answered; a later record of the same attempt replaces it.

    `reason` is the platform's own wording, `human_review` whether the answer says that a person
    decided. Raises BadInput with every problem at once: an attempt that was never sent, an
    answer before it was sent or still to come, an unknown result, no name.
    """
    problems = []
    sent = submissions(case).set_index("attempt")["sent_at"]
    if attempt not in sent.index:
        do = "Record when and how it was sent first"
        problems.append(Problem(f"No attempt {attempt} has been recorded as sent", do=do))
    elif _aware(case, replied_at) < sent[attempt]:
        problems.append(Problem("The answer stands before the appeal itself was sent"))
    problems += _moment_problems(case, "The platform cannot have answered at", replied_at)
    if result not in RESULTS:
        do = f"Give one of {', '.join(RESULTS)}"
        problems.append(Problem(f"Unknown result {result!r}", do=do))
    if human_review not in HUMAN:
        do = f"Give one of {', '.join(HUMAN)}"
        problems.append(Problem(f"Whether a person decided is not {human_review!r}", do=do))
    problems += _said(who, "A reply needs a name", "Say who received it")
    if problems:
        raise BadInput.many(problems)
    body = {"attempt": attempt, "result": result, "reason": reason.strip()}
    body |= {"replied_at": _utc(case, replied_at), "human_review": human_review}
    return append(case.database, who=who, kind="reply", subject_kind="case", body=body)


def submissions(case: Case, until: datetime | None = None) -> pd.DataFrame:
    """The appeals that were sent, one row per attempt, in the order in which they were sent.

    Columns: attempt, sent_at (UTC), channel, reference, pack and seal (SHA-256 or ""), who, at
    (UTC, when it was recorded), seq, result ("" while the platform has not answered), reason,
    replied_at (UTC), human_review, reply_seq (missing while there is no answer). `until` (UTC)
    shows an earlier day.
    """
    rows: dict[int, dict[str, Any]] = {}
    for event in standing_events(case, "submission", "reply", until=until):
        if event.kind == "submission":
            rows[event.body["attempt"]] = _sent(event)
        elif event.body["attempt"] in rows:
            rows[event.body["attempt"]] |= _answered(event)
    frame = pd.DataFrame(list(rows.values()), columns=_COLUMNS)
    for name in ("sent_at", "replied_at", "at"):
        frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    frame["result"] = frame["result"].astype(object).fillna("")
    frame = frame.astype({"attempt": "int64", "seq": "int64", "reply_seq": "Int64"})
    return frame.sort_values(["sent_at", "attempt"], kind="stable").reset_index(drop=True)


def attempts_used(used: int | None, sent: pd.DataFrame) -> int | None:
    """Attempts that are spent: those the notice counts, and those sent since.

    `used` is the notice's own number, `sent` the rows of `submissions`. An attempt of the notice
    that was recorded here too counts once. None when the notice does not say: it is not for us
    to assume that none was.
    """
    if used is None:
        return None
    return max([used, len(sent), *(int(one) for one in sent["attempt"])])


def attempts_left(allowed: int | None, used: int | None, sent: pd.DataFrame) -> int | None:
    """Attempts that can still be made, never below 0; None when a number is not known."""
    spent = attempts_used(used, sent)
    return None if allowed is None or spent is None else max(0, allowed - spent)


def next_attempt(used: int | None, sent: pd.DataFrame) -> int:
    """The number of the attempt to come; counted from those recorded where no notice counts."""
    spent = attempts_used(used, sent)
    return (attempts_used(0, sent) or 0) + 1 if spent is None else spent + 1


def _sent(event: Standing) -> dict[str, Any]:
    told = {name: event.body[name] for name in _SENT}
    told["sent_at"] = pd.Timestamp(event.body["sent_at"])
    return told | {"who": event.who, "at": event.at, "seq": event.seq}


def _answered(event: Standing) -> dict[str, Any]:
    told = {name: event.body[name] for name in ("result", "reason", "human_review")}
    return told | {"replied_at": pd.Timestamp(event.body["replied_at"]), "reply_seq": event.seq}


def _aware(case: Case, moment: datetime) -> datetime:
    local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(case.zone))
    return local.astimezone(UTC)


def _utc(case: Case, moment: datetime) -> str:
    return _aware(case, moment).isoformat(timespec="seconds")


def _moment_problems(case: Case, told: str, moment: datetime) -> list[Problem]:
    # The clock of a sample stands still, and the appeal of today is none of the future.
    now = max(_aware(case, case.now()), datetime.now(UTC))
    if _aware(case, moment) <= now + _SLACK:
        return []
    return [Problem(f"{told} {moment:%Y-%m-%d %H:%M}: that is still to come")]


def _said(text: str, what: str, do: str) -> list[Problem]:
    return [] if text.strip() else [Problem(what, do=do)]


def _hash_problems(name: str, value: str) -> list[Problem]:
    if not value or _HASH.fullmatch(value):
        return []
    return [Problem(f"The {name} is no SHA-256: {value!r}", do="Give 64 hexadecimal digits")]
