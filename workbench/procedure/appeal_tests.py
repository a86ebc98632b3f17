"""Automatic tests of how the platform dealt with the shop: F10, F11, F18, F20."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from workbench.language import Say
from workbench.procedure.facts import Facts
from workbench.procedure.outcome import Outcome, asked, day_text, failed, none, passed

__all__ = ["answered_in_time", "decided_by_a_person", "records_asked", "victim_heard"]


def answered_in_time(facts: Facts, say: Say) -> Outcome:
    """F10: the last appeal was answered with reasons, in the time that the platform promises."""
    if facts.sent.empty:
        return none(say("No appeal has been recorded as sent."))
    last = facts.sent.iloc[-1]
    promised, confirmed = facts.promised("reply_days")
    sent = last["sent_at"]
    if pd.isna(last["replied_at"]):
        return _unanswered(facts, say, sent, promised if confirmed else None)
    days = (last["replied_at"].date() - sent.date()).days
    figures = {"sent": day_text(sent), "replied": day_text(last["replied_at"]), "days": days}
    if not str(last["reason"] or "").strip():
        return failed(
            say(
                "The appeal of {sent} was answered on {replied}, after {days} days, without a "
                "reason.",
                **figures,
            )
        )
    if promised is None or not confirmed:
        return asked(
            say(
                "The appeal of {sent} was answered on {replied}, after {days} days, with a reason; "
                "what time the platform promises is not confirmed.",
                **figures,
            )
        )
    if last["replied_at"] > sent + timedelta(days=promised):
        return failed(
            say(
                "The appeal of {sent} was answered on {replied}, after {days} days, where "
                "{promised} are promised.",
                promised=promised,
                **figures,
            )
        )
    return passed(
        say(
            "The appeal of {sent} was answered on {replied}, after {days} days of {promised} that "
            "are promised, with a reason.",
            promised=promised,
            **figures,
        )
    )


def _unanswered(facts: Facts, say: Say, sent: pd.Timestamp, promised: int | None) -> Outcome:
    days = (facts.now.date() - sent.date()).days
    if promised is not None and facts.now > sent + timedelta(days=promised):
        return failed(
            say(
                "The appeal of {sent} has not been answered for {days} days, where {promised} are "
                "promised.",
                sent=day_text(sent),
                days=days,
                promised=promised,
            )
        )
    return asked(
        say(
            "The appeal of {sent} has not been answered for {days} days.",
            sent=day_text(sent),
            days=days,
        )
    )


def decided_by_a_person(facts: Facts, say: Say) -> Outcome:
    """F11: after a person was asked for, an answer says that a person decided."""
    moments = [one.sent_at for one in facts.asked("human_review")]
    told = facts.notice.human_review_requested_at
    moments += [told] if told is not None else []
    if not moments:
        return none(say("No human decision has been asked for yet."))
    first = min(moments)
    replies = facts.sent.dropna(subset="replied_at")
    later = replies[replies["replied_at"] >= first]
    if later.empty:
        return asked(
            say(
                "A human decision was asked for on {asked}; for {days} days no answer has been "
                "recorded.",
                asked=day_text(first),
                days=(facts.now.date() - first.date()).days,
            )
        )
    last = later.iloc[-1]
    figures = {"asked": day_text(first), "replied": day_text(last["replied_at"])}
    if last["human_review"] == "yes":
        return passed(
            say(
                "A human decision was asked for on {asked}; the answer of {replied} says that a "
                "person decided.",
                **figures,
            )
        )
    if last["human_review"] == "no":
        return failed(
            say(
                "A human decision was asked for on {asked}; by the answer of {replied} no person "
                "decided.",
                **figures,
            )
        )
    return asked(
        say(
            "A human decision was asked for on {asked}; whether a person decided before the "
            "answer of {replied} has not been recorded.",
            **figures,
        )
    )


def records_asked(facts: Facts, say: Say) -> Outcome:
    """F18: a person tells what came back; when the records were asked for is told."""
    found = facts.asked("data", "records")
    if not found:
        return asked(say("The platform's records have not been asked for yet."))
    return asked(
        say(
            "The platform's records were asked for on {day}, {days} days ago.",
            day=day_text(found[0].sent_at),
            days=(facts.now.date() - found[0].sent_at.date()).days,
        )
    )


def victim_heard(facts: Facts, say: Say) -> Outcome:
    """F20: a report before the measure, and a measure all the same."""
    found = facts.asked("victim_report")
    if not found:
        return none(say("No report of an attack on the shop has been recorded."))
    reported = found[0].sent_at
    if not facts.decided_known:
        return asked(
            say(
                "The shop reported an attack on {day}; when the measure was decided is not known.",
                day=day_text(reported),
            )
        )
    if reported.date() < facts.decided:
        return failed(
            say(
                "The shop reported an attack on {day}, {days} days before the measure of "
                "{decided}; no outcome of the report has been recorded.",
                day=day_text(reported),
                days=(facts.decided - reported.date()).days,
                decided=day_text(facts.decided),
            )
        )
    return none(
        say(
            "The shop reported an attack on {day} only, not before the measure of {decided}.",
            day=day_text(reported),
            decided=day_text(facts.decided),
        )
    )
