"""What a platform's decision got right and wrong: the checks F01 to F23, each with its law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from workbench.case import Case
from workbench.case.answers import Answer, answer, answers
from workbench.case.event import Event
from workbench.errors import BadInput
from workbench.language import LANGUAGES, Say, words
from workbench.notice import Notice, notices
from workbench.procedure.check_tests import TESTS
from workbench.procedure.checks import CHECKS, Check
from workbench.procedure.facts import Facts, facts_of
from workbench.procedure.law import Provision, cite
from workbench.procedure.outcome import Outcome, State, asked, day_text, none
from workbench.tables import Tables

__all__ = ["COLUMNS", "answer_check", "not_advice", "procedural_checks"]

COLUMNS = [
    "code", "state", "question_zh", "question_en", "told_zh", "told_en", "hook_zh", "hook_en",
    "confidence", "hooks", "how", "ask_zh", "ask_en", "data_zh", "data_en", "who", "at",
]  # fmt: skip

Given = Mapping[Any, Any]  # a row of `workbench.case.answers`

_STATE_OF_ANSWER: Mapping[str, State] = {
    "yes": "passed",
    "no": "failed",
    "not_applicable": "not_applicable",
}


def procedural_checks(
    notice: Notice | None,
    case: Case,
    tables: Tables,
    *,
    others: Sequence[Notice] | None = None,
    until: datetime | None = None,
) -> pd.DataFrame:
    """One row per check, F01 to F23, in that order.

    Columns: code; state (passed | failed | needs_answer | not_applicable); question, told (what
    the data or a person say, with dates), hook (the articles in force on the day that counts),
    ask (what the analyst is asked where a person must tell) and data (what it takes), each in
    zh and en; confidence (the least sure of its hooks: V, V-sec or G); hooks (their ids); how
    (computed | answered | asked); who and at (UTC) of an answer, else "" and missing.

    A check applies where at least one text that it rests on was in force: on the day of the
    decision, of the change of the rule or of the appeal, and for texts about conduct on the
    days of the orders. Where a person answered, that counts, and what the data say is told
    beside it. `others` are the other notices (those of the case); `until` (UTC) shows an earlier
    day.

    A flaw supports a request for review; it does not by itself prove the orders genuine. This is
    not legal advice: see `not_advice`.
    """
    given = answers(case, until)
    of_case: dict[Any, Given] = {
        row["question"]: row for row in given.to_dict("records") if row["subject"] == "case"
    }
    facts = None
    if notice is not None:
        if others is None:
            others = [
                one for one in notices(tables, case, until) if one.notice_id != notice.notice_id
            ]
        facts = facts_of(notice, case, tables, others=tuple(others), until=until)
    rows = [_row(check, facts, of_case) for check in CHECKS.values()]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(at=pd.to_datetime(frame["at"], utc=True))


def answer_check(case: Case, code: str, answered: Answer, text: str = "", *, who: str) -> Event:
    """Write down what a person answers to a check: "yes" in order, "no" a flaw.

    A later answer replaces an earlier one. Raises BadInput for a code that is none of F01 to F23,
    an answer other than yes, no and not_applicable, a "no" without a word of why, no name.
    """
    if code not in CHECKS:
        raise BadInput(f"There is no check {code!r}", do=f"Give one of {', '.join(CHECKS)}")
    if answered == "no" and not text.strip():
        raise BadInput(
            f"The flaw {code} needs a word of why", do="Say in one sentence what shows it"
        )
    return answer(case, question=code, answer=answered, text=text, who=who)


def not_advice(language: str) -> str:
    """What stands wherever checks or the ladder are shown."""
    say = words("procedure", language)
    return say(
        "A flaw in the procedure supports a request for review; it does not by itself prove the "
        "orders genuine. This is not legal advice: have a lawyer read the official texts before "
        "you rely on any of it."
    )


def _row(check: Check, facts: Facts | None, given: Mapping[str, Given]) -> dict[str, Any]:
    hooks = check.hooks if facts is None else _in_force(check, facts)
    answered: Given | None = given.get(check.code)
    outcomes = [_outcome(check, facts, hooks, answered, language) for language in LANGUAGES]
    told = dict(zip(LANGUAGES, outcomes, strict=True))
    state, how = told["zh"].state, "computed"
    if hooks and answered is not None:
        how = "answered"
    elif state == "needs_answer":
        how = "asked"
    by = answered if how == "answered" else None
    return {
        "code": check.code,
        "state": state,
        "question_zh": check.question_zh,
        "question_en": check.question_en,
        "told_zh": told["zh"].told,
        "told_en": told["en"].told,
        "hook_zh": cite(hooks, "zh"),
        "hook_en": cite(hooks, "en"),
        "confidence": check.sureness(hooks),
        "hooks": [hook.id for hook in hooks],
        "how": how,
        **{name: getattr(check, name) for name in ("ask_zh", "ask_en", "data_zh", "data_en")},
        "who": "" if by is None else by["who"],
        "at": pd.NaT if by is None else by["at"],
    }


def _outcome(
    check: Check,
    facts: Facts | None,
    hooks: tuple[Provision, ...],
    answered: Given | None,
    language: str,
) -> Outcome:
    say = words("procedure", language)
    if not hooks and facts is not None:
        day = min(_days(check, check.hooks[0], facts))
        first = min(hook.in_force for hook in check.hooks)
        names = cite(check.hooks, language)
        return none(
            say(
                "None of the texts it rests on was in force on {day}: {names} (from {first}).",
                day=day_text(day),
                names=names,
                first=day_text(first),
            )
        )
    if facts is None:
        found = asked(say("No notice of the platform has been loaded."))
    elif check.test:
        found = TESTS[check.test](facts, say)
    else:
        found = asked(say("Only a person can tell."))
    return found if answered is None else _answered(found, answered, say)


def _answered(found: Outcome, answered: Given, say: Say) -> Outcome:
    state = _STATE_OF_ANSWER[answered["answer"]]
    word = {
        "yes": say("yes"),
        "no": say("no"),
        "not_applicable": say("not applicable"),
    }[answered["answer"]]
    day, text = day_text(answered["at"]), answered["text"]
    told = (
        say("Answered “{answer}” on {day}: {said}", answer=word, day=day, said=text)
        if text
        else say("Answered “{answer}” on {day}.", answer=word, day=day)
    )
    if found.state in ("passed", "failed") and found.state != state:
        told = say("{told} The data say otherwise: {found}", told=told, found=found.told)
    elif found.state in ("passed", "failed"):
        told = say("{told} The data say so too: {found}", told=told, found=found.told)
    return Outcome(state, told)


def _in_force(check: Check, facts: Facts) -> tuple[Provision, ...]:
    """The hooks that were in force on a day that counts for them."""
    return tuple(
        hook for hook in check.hooks if any(hook.held_on(day) for day in _days(check, hook, facts))
    )


def _days(check: Check, hook: Provision, facts: Facts) -> list[date]:
    if hook.dated_by == "conduct":
        return facts.conduct or [facts.decided]
    if check.by == "change":
        return [facts.change or facts.decided]
    return [facts.appealed if check.by == "appeal" else facts.decided]
