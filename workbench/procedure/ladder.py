"""The remedies that a shop has, which of them is next, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from workbench.case import Case
from workbench.case.answers import Answer, answer, answers
from workbench.case.event import Event
from workbench.case.submissions import attempts_left, submissions
from workbench.errors import BadInput
from workbench.language import LANGUAGES, words
from workbench.notice import Notice
from workbench.procedure.ladder_clocks import Stand, clock_of, clock_words, limit_of
from workbench.procedure.ladder_steps import STEPS, Step
from workbench.procedure.law import cite, least
from workbench.procedure.records import requests

__all__ = ["answer_step", "ladder"]

_COLUMNS = [
    "step", "state", "zh", "en", "clock", "clock_zh", "clock_en", "source", "confidence",
    "hook_zh", "hook_en", "asked_at",
]  # fmt: skip

Own = Literal["open", "waiting", "done", "closed"]


def ladder(
    notice: Notice | None, case: Case, now: datetime | None = None, until: datetime | None = None
) -> pd.DataFrame:
    """One row per remedy, in the usual order.

    Columns: step (appeal, human_review, dispute_mechanism, mediation, regulator_complaint,
    preservation, suit); state: done, now (to be done, or waiting for an answer), next, later,
    closed (its time is over, or it is not needed); zh and en (what to do); clock (a moment of the
    shop's local time, or missing), clock_zh and clock_en (what the clock says); source (ids of
    the provisions in force), confidence (the least sure of them), hook_zh and hook_en (their
    names), asked_at (when the step was first taken, or missing).

    `now` is the shop's local time (the case's); `until` (UTC) leaves out what was recorded later.
    None of it is legal advice: see `not_advice`.
    """
    stand = _stand(notice, case, now or case.now(), until)
    own = {name: _own(step, stand) for name, step in STEPS.items()}
    states = _states(own, settled=stand.settled)
    rows = [_row(step, states[name], stand) for name, step in STEPS.items()]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    for name in ("clock", "asked_at"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def answer_step(case: Case, step: str, answered: Answer, text: str = "", *, who: str) -> Event:
    """Write down that a step is over: "yes" it helped, "no" it did not, "not_applicable" skipped.

    Raises BadInput for an unknown step; the appeal itself is told by submissions and replies.
    """
    known = [name for name in STEPS if name != "appeal"]
    if step not in known:
        raise BadInput(f"There is no step {step!r}", do=f"Give one of {', '.join(known)}")
    return answer(case, question=f"ladder.{step}", answer=answered, text=text, who=who)


def _stand(notice: Notice | None, case: Case, now: datetime, until: datetime | None) -> Stand:
    sent = submissions(case, until)
    for name in ("sent_at", "replied_at"):
        sent[name] = sent[name].dt.tz_convert(case.zone).dt.tz_localize(None)
    given = answers(case, until)
    given = given[given["subject"].eq("case") & given["question"].str.startswith("ladder.")]
    told = dict(zip(given["question"].str.removeprefix("ladder."), given["answer"], strict=True))
    left = None
    if notice is not None:
        left = attempts_left(notice.attempts_allowed, notice.attempts_used, sent)
    return Stand(notice, now, sent, left, tuple(requests(case, until)), told)


def _own(step: Step, stand: Stand) -> Own:
    if step.name == "appeal":
        return _own_appeal(stand)
    told = stand.answers.get(step.name)
    if told is not None:
        return "closed" if told == "not_applicable" else "done"
    if step.name == "human_review" and stand.sent["human_review"].eq("yes").any():
        return "done"
    limit = limit_of(stand) if step.name == "suit" else None
    if limit is not None and stand.now > limit:
        return "closed"
    return "open" if stand.asked(step) is None else "waiting"


def _own_appeal(stand: Stand) -> Own:
    if stand.settled:
        return "done"
    if not stand.sent.empty and stand.sent.iloc[-1]["result"] == "":
        return "waiting"
    over = stand.deadline is not None and stand.now > stand.deadline
    if over or stand.left == 0:
        return "closed" if stand.sent.empty else "done"
    return "open"


def _states(own: Mapping[str, Own], *, settled: bool) -> dict[str, str]:
    """What waits is now; of what is open the first is now (next, where something waits)."""
    states: dict[str, str] = {}
    free = ["later"] * len(own)
    ahead = iter(["next", *free] if "waiting" in own.values() else ["now", "next", *free])
    for name, state in own.items():
        if state in ("done", "closed"):
            states[name] = state
        elif settled:
            states[name] = "closed"
        else:
            states[name] = "now" if state == "waiting" else next(ahead)
    return states


def _row(step: Step, state: str, stand: Stand) -> dict[str, Any]:
    hooks = [hook for hook in step.hooks if hook.held_on(stand.now.date())]
    zh, en = step.told(stand.now.date())
    told = {
        language: clock_words(step, state, stand, words("procedure", language))
        for language in LANGUAGES
    }
    return {
        "step": step.name,
        "state": state,
        "zh": zh,
        "en": en,
        "clock": clock_of(step, stand),
        "clock_zh": told["zh"],
        "clock_en": told["en"],
        "source": "; ".join(hook.id for hook in hooks),
        "confidence": least(hook.confidence for hook in hooks),
        "hook_zh": cite(hooks, "zh"),
        "hook_en": cite(hooks, "en"),
        "asked_at": stand.asked(step),
    }
