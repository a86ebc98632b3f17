"""The remedies that a shop has, which of them is next, and by when."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd

from workbench.case import Case
from workbench.case.answers import Answer, answer, answers
from workbench.case.event import Event
from workbench.case.submissions import attempts_left, submissions
from workbench.errors import BadInput
from workbench.language import LANGUAGES, Say, words
from workbench.notice import Notice
from workbench.procedure.law import Provision, cite, least, provision
from workbench.procedure.outcome import day_text
from workbench.procedure.records import Request, requests

__all__ = ["LIMITATION_YEARS", "STEPS", "Step", "answer_step", "ladder", "years_after"]

LIMITATION_YEARS = 3  # Civil Code, article 188
_COLUMNS = [
    "step", "state", "zh", "en", "clock", "clock_zh", "clock_en", "source", "confidence",
    "hook_zh", "hook_en", "asked_at",
]  # fmt: skip

Own = Literal["open", "waiting", "done", "closed"]


@dataclass(frozen=True)
class Step:
    """One remedy: what to do, its law, and the recorded requests that mean it was taken."""

    name: str
    zh: str
    en: str
    hooks: tuple[Provision, ...]
    requests: tuple[str, ...]
    needs: str = ""
    zh_without: str = ""
    en_without: str = ""

    def told(self, day: date) -> tuple[str, str]:
        """What to do, in zh and en, as the law stood on `day`."""
        if self.needs and not provision(self.needs).held_on(day):
            return self.zh_without, self.en_without
        return self.zh, self.en


def _read() -> Mapping[str, Step]:
    with Path(__file__).with_name("ladder.toml").open("rb") as file:
        raw = tomllib.load(file)
    return MappingProxyType(
        {
            name: Step(
                name=name,
                **{
                    **told,
                    "hooks": tuple(map(provision, told["hooks"])),
                    "requests": tuple(told["requests"]),
                },
            )
            for name, told in raw.items()
        }
    )


STEPS: Mapping[str, Step] = _read()


@dataclass(frozen=True)
class _Stand:
    """Where the case stands: what each step's state and clock are worked out from."""

    notice: Notice | None
    now: datetime
    sent: pd.DataFrame
    left: int | None
    requests: tuple[Request, ...]
    answers: Mapping[str, str]

    @property
    def deadline(self) -> datetime | None:
        return self.notice.appeal_deadline if self.notice else None

    @property
    def knew(self) -> datetime | None:
        """When the shop knew: the notice, else the decision."""
        if self.notice is None:
            return None
        return self.notice.received_at or self.notice.issued_at or self.notice.decided_at

    def asked(self, step: Step) -> datetime | None:
        """When the step was first taken, None where it was not."""
        found = [one.sent_at for one in self.requests if one.request in step.requests]
        return min(found, default=None)


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
    states = _states(own, settled=_settled(stand))
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


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for a 29 February that year lacks."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _stand(notice: Notice | None, case: Case, now: datetime, until: datetime | None) -> _Stand:
    sent = submissions(case, until)
    for name in ("sent_at", "replied_at"):
        sent[name] = sent[name].dt.tz_convert(case.zone).dt.tz_localize(None)
    given = answers(case, until)
    given = given[given["subject"].eq("case") & given["question"].str.startswith("ladder.")]
    told = dict(zip(given["question"].str.removeprefix("ladder."), given["answer"], strict=True))
    left = None
    if notice is not None:
        left = attempts_left(notice.attempts_allowed, notice.attempts_used, sent)
    return _Stand(notice, now, sent, left, tuple(requests(case, until)), told)


def _settled(stand: _Stand) -> bool:
    """Whether the platform accepted an appeal in full: nothing is left to ask for."""
    return bool(stand.sent["result"].eq("accepted").any())


def _own(step: Step, stand: _Stand) -> Own:
    if step.name == "appeal":
        return _own_appeal(stand)
    told = stand.answers.get(step.name)
    if told is not None:
        return "closed" if told == "not_applicable" else "done"
    if step.name == "human_review" and stand.sent["human_review"].eq("yes").any():
        return "done"
    limit = _limit(stand) if step.name == "suit" else None
    if limit is not None and stand.now > limit:
        return "closed"
    return "open" if stand.asked(step) is None else "waiting"


def _own_appeal(stand: _Stand) -> Own:
    if _settled(stand):
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


def _row(step: Step, state: str, stand: _Stand) -> dict[str, Any]:
    hooks = [hook for hook in step.hooks if hook.held_on(stand.now.date())]
    zh, en = step.told(stand.now.date())
    told = {
        language: _told(step, state, stand, words("procedure", language)) for language in LANGUAGES
    }
    return {
        "step": step.name,
        "state": state,
        "zh": zh,
        "en": en,
        "clock": _clock(step, stand),
        "clock_zh": told["zh"],
        "clock_en": told["en"],
        "source": "; ".join(hook.id for hook in hooks),
        "confidence": least(hook.confidence for hook in hooks),
        "hook_zh": cite(hooks, "zh"),
        "hook_en": cite(hooks, "en"),
        "asked_at": stand.asked(step),
    }


def _clock(step: Step, stand: _Stand) -> datetime | None:
    if step.name == "appeal":
        return stand.deadline
    return _limit(stand) if step.name == "suit" else None


def _limit(stand: _Stand) -> datetime | None:
    """The last moment of the three years from when the shop knew."""
    if stand.knew is None:
        return None
    last = years_after(stand.knew.date(), LIMITATION_YEARS)
    return datetime.combine(last, datetime.max.time()).replace(microsecond=0)


def _told(step: Step, state: str, stand: _Stand, say: Say) -> str:
    if step.name == "appeal":
        return _told_appeal(stand, say)
    if state == "closed" and _settled(stand):
        return say("Not needed: the platform accepted the appeal.")
    asked = stand.asked(step)
    if asked is not None and state == "now":
        days = (stand.now.date() - asked.date()).days
        return say("Asked for on {day}; waiting for {days} days.", day=day_text(asked), days=days)
    if step.name == "suit":
        return _told_suit(stand, say)
    if step.name == "preservation":
        return say(
            "No fixed time: before records are deleted. See the clocks of the records below."
        )
    return say("No fixed time is known; ask whoever answers for it.")


def _told_appeal(stand: _Stand, say: Say) -> str:
    if not stand.sent.empty and stand.sent.iloc[-1]["result"] == "":
        sent = stand.sent.iloc[-1]["sent_at"]
        days = (stand.now.date() - sent.date()).days
        return say("Sent on {day}; waiting for {days} days.", day=day_text(sent), days=days)
    return say("{deadline} {attempts}", deadline=_deadline(stand, say), attempts=_left(stand, say))


def _deadline(stand: _Stand, say: Say) -> str:
    if stand.deadline is None:
        return say("The notice as loaded states no deadline.")
    if stand.now > stand.deadline:
        return say("The deadline passed on {at}.", at=_moment(stand.deadline))
    days = (stand.deadline - stand.now) // timedelta(days=1)
    return say("Until {at}: {days} whole days left.", at=_moment(stand.deadline), days=days)


def _left(stand: _Stand, say: Say) -> str:
    if stand.left is None:
        return say("How many attempts are left is not known.")
    return say("Attempts left: {count}.", count=stand.left)


def _told_suit(stand: _Stand, say: Say) -> str:
    limit = _limit(stand)
    if limit is None or stand.knew is None:
        return say("Three years from when the shop knew; the notice gives no day to count from.")
    figures = {"limit": day_text(limit), "knew": day_text(stand.knew)}
    if stand.now > limit:
        return say(
            "The three years from {knew} ended on {limit}, unless something interrupted them; a "
            "lawyer can tell.",
            **figures,
        )
    return say(
        "Until {limit}: three years from {knew}, the day on which the shop knew by the notice.",
        **figures,
    )


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
