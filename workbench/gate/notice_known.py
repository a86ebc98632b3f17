"""Check 1: notice, clause, deadline and attempts; check 2: the rule of that time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd

from workbench.case.submissions import attempts_left
from workbench.gate.verdict import FAILED, PASSED, Known, Question, Tell, Verdict
from workbench.language import Say
from workbench.notice import Notice
from workbench.procedure import RuleVersion

__all__ = ["notice_known", "rule_archived"]

_RULE_CODE = "E29"
_OF_RULES = re.compile(r"规则|条款|协议|规范|\brules?\b|\bterms\b|\bpolicy\b", re.IGNORECASE)


def notice_known(notice: Notice | None, sent: pd.DataFrame, now: datetime) -> Verdict:
    """Whether the newest notice says all that an appeal needs, and another appeal can be made.

    `sent` are the rows of `workbench.case.submissions`, `now` the
    shop's local time.
    """
    if notice is None:
        return Verdict(FAILED, [lambda say: say("No notice of the platform has been loaded.")])
    lacking = [*_unsaid(notice), *_closed(notice, sent, now)]
    if lacking:
        return Verdict(FAILED, lacking)
    left = attempts_left(notice.attempts_allowed, notice.attempts_used, sent)
    days = notice.days_left(now)
    return Verdict(
        PASSED,
        [
            lambda say: say(
                "Notice {notice}, {clause}: to be answered by {deadline:%Y-%m-%d %H:%M}; whole "
                "days left: {days}; attempts left: {left}.",
                notice=notice.notice_id or "–",
                clause=notice.rule_clause,
                days=days,
                deadline=notice.appeal_deadline,
                left=left,
            )
        ],
    )


def _covers(version: RuleVersion, span: tuple[datetime, datetime] | None) -> bool:
    return span is not None and all(version.held_on(one.date()) for one in span)


def _unsaid(notice: Notice) -> Iterable[Tell]:
    if not notice.rule_clause:
        yield lambda say: say("The notice as loaded names no rule or clause.")
    if notice.appeal_deadline is None:
        yield lambda say: say("The notice as loaded states no deadline for the appeal.")
    if notice.attempts_allowed is None or notice.attempts_used is None:
        yield lambda say: say("It is not known how many appeals are left.")


def _closed(notice: Notice, sent: pd.DataFrame, now: datetime) -> Iterable[Tell]:
    days = notice.days_left(now)
    if days is not None and days < 0:
        yield lambda say: say("The deadline for the appeal has passed.")
    if attempts_left(notice.attempts_allowed, notice.attempts_used, sent) == 0:
        yield lambda say: say("All appeals that the notice allows have been used.")
    waiting = sent.loc[sent["result"].eq(""), "attempt"].tolist()
    if waiting:
        yield lambda say: say(
            "Attempt {number} still waits for its answer: a second one would not be taken.",
            number=waiting[-1],
        )
    elif notice.pending_appeal and sent.empty:
        yield lambda say: say("The notice says that an appeal is under way, and none is recorded.")
    if sent["result"].eq("accepted").any():
        yield lambda say: say("The platform has accepted an appeal: there is nothing to repeat.")


def rule_archived(
    files: pd.DataFrame,
    versions: Sequence[RuleVersion],
    span: tuple[datetime, datetime] | None,
    known: Known,
) -> Verdict:
    """Whether a copy of the rule that was in force then is kept.

    `files` are the pieces of evidence (sha256, codes, name, note), `versions` those that people
    recorded; `span` is when the first and the last of the orders were placed.
    """
    rows = files.to_dict("records")
    there = {row["sha256"] for row in rows}
    copies = [one for one in versions if one.sha256 in there and _covers(one, span)]
    pages = [
        row
        for row in rows
        if _RULE_CODE in row["codes"] and _OF_RULES.search(f"{row['name']} {row['note']}")
    ]
    # A version with dates is certain; a captured page is taken for what its name says.
    kept = copies or (pages if not versions else [])
    if kept:
        return Verdict(
            PASSED,
            [lambda say: say("Copies of the rule that are kept: {count}.", count=len(kept))],
        )

    def ask_when(say: Say) -> str:
        if span is None:
            return say("Is the version of the rule at the time of the conduct kept? Where?")
        return say(
            "Is the version of the rule that was in force from {first:%Y-%m-%d} to "
            "{last:%Y-%m-%d} kept? Where?",
            first=span[0],
            last=span[1],
        )

    question = Question("gate.2", ask_when)
    state = known.state(question)
    told: Tell = (
        (lambda say: say("A person says where the version of that time is kept."))
        if state == PASSED
        else (lambda say: say("No copy of the rule of that time is kept in the case."))
    )
    return Verdict(state, [told], questions=[question])
