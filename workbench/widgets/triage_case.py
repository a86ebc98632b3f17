"""What each key of the triage does to the case, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.case import (
    Case,
    Conflict,
    Event,
    Standing,
    add_note,
    clear_tag,
    decide,
    decide_many,
    set_tag,
    undo,
)
from workbench.errors import BadInput
from workbench.language import Say, decision_word
from workbench.widgets.case_state import CaseState
from workbench.widgets.conflict_text import meanwhile_html
from workbench.widgets.markup import page
from workbench.widgets.problems import refused
from workbench.widgets.triage_board import Outcome
from workbench.widgets.wording import orders_word

__all__ = ["TriageCase", "last_act_text", "selected_orders", "selection_tag"]


def selection_tag(who: str) -> str:
    """The tag by which a person's selection for a bulk decision is kept in the case."""
    return f"☑ {' '.join(who.split())[:60]}"


def selected_orders(state: CaseState, who: str) -> list[str]:
    """The orders that a person selected and has not decided since, in the order of selecting."""
    if not who.strip():
        return []
    found = []
    for mark in state.tagged(selection_tag(who)):
        own = state.decided.own("order", mark.subject_id)
        if own is None or own.seq < mark.seq or own.who != who.strip():
            found.append(mark.subject_id)
    return found


def last_act_text(acts: Sequence[Standing], say: Say) -> str:
    """What `undo` would take back."""
    if not acts:
        return ""
    first = acts[0]
    if first.kind == "decision":
        what = decision_word(say, first.body["decision"])
    else:
        what = str(first.body.get("text") or first.body.get("tag"))
    if len(acts) > 1:
        return say(
            "Events {first}–{last}: {what}, {orders}",
            first=first.seq,
            last=acts[-1].seq,
            what=what,
            orders=orders_word(say, len(acts)),
        )
    return say("Event {seq}: {what}, {subject}", seq=first.seq, what=what, subject=first.subject_id)


class TriageCase:
    """Writes what a key asks for. `state` is what the person saw: it is the case as last shown."""

    def __init__(self, case: Case, say: Say) -> None:
        self._case, self._say = case, say

    def decide(self, message: Mapping[str, Any], state: CaseState) -> Outcome:
        """One order; the next one shows."""
        say, order = self._say, str(message["order"])
        decision, reason, who = (str(message.get(n) or "") for n in ("decision", "text", "who"))
        if problem := self._missing(reason, who):
            return problem
        try:
            event = decide(
                self._case,
                subject="order",
                subject_id=order,
                decision=decision,  # type: ignore[arg-type]  # `decide` checks it
                reason=reason,
                who=who,
                seen=state.decided.seen("order", order),
            )
        except BadInput as error:
            return self._refused(error)
        said = say(
            "Event {seq}: {order}, {decision}.",
            seq=event.seq,
            order=order,
            decision=decision_word(say, decision),
        )
        return Outcome(said, wrote=True, order=order)

    def decide_selected(
        self, message: Mapping[str, Any], state: CaseState, orders: Sequence[str]
    ) -> Outcome:
        """All selected orders as one batch."""
        say = self._say
        decision, reason, who = (str(message.get(n) or "") for n in ("decision", "text", "who"))
        if not orders:
            return Outcome(say("No order is selected: x selects the one on the screen."))
        if problem := self._missing(reason, who):
            return problem
        try:
            written = decide_many(
                self._case,
                orders,
                decision=decision,  # type: ignore[arg-type]  # `decide_many` checks it
                reason=reason,
                who=who,
                seen={one: state.decided.seen("order", one) for one in orders},
            )
        except BadInput as error:
            return self._refused(error)
        said = say(
            "Events {first}–{last}: {orders}, {decision}.",
            first=written[0].seq,
            last=written[-1].seq,
            orders=orders_word(say, len(written)),
            decision=decision_word(say, decision),
        )
        return Outcome(said, wrote=True, order=str(message.get("order") or ""))

    def note(self, message: Mapping[str, Any]) -> Outcome:
        """A note on the order on the screen."""
        say, order = self._say, str(message["order"])
        text, who = (str(message.get(name) or "") for name in ("text", "who"))
        if not text.strip():
            return Outcome(say("The note is empty."), done=False)
        if problem := self._missing(text, who):
            return problem
        try:
            event = add_note(self._case, text, who=who, subject="order", subject_id=order)
        except BadInput as error:
            return self._refused(error)
        said = say("Event {seq}: note on {order}.", seq=event.seq, order=order)
        return Outcome(said, wrote=True)

    def select(self, message: Mapping[str, Any], selected: Sequence[str]) -> Outcome:
        """Select the order on the screen, or take it out of the selection again."""
        say, order, who = self._say, str(message["order"]), str(message.get("who") or "")
        if problem := self._missing("x", who):
            return problem
        name, given = selection_tag(who), {"who": who, "subject_id": order}
        try:
            if order in selected:
                event: Event = clear_tag(self._case, name, subject="order", **given)
                said = say("Event {seq}: {order} taken out.", seq=event.seq, order=order)
            else:
                event = self._put_on(name, given)
                said = say("Event {seq}: {order} selected.", seq=event.seq, order=order)
        except BadInput as error:
            return self._refused(error)
        return Outcome(said, wrote=True)

    def undo(self, message: Mapping[str, Any], state: CaseState) -> Outcome:
        """Take back the person's last act, as it was shown; that order shows again."""
        say = self._say
        text, who = (str(message.get(name) or "") for name in ("text", "who"))
        acts = state.last_act(who)
        if not acts:
            return Outcome(say("There is nothing of yours to take back."))
        if acts[-1].seq != message.get("last"):
            # Something was written since the question was asked.
            told = say("Something newer stands now: {what}", what=last_act_text(acts, say))
            return Outcome(told)
        if problem := self._missing(text, who):
            return problem
        try:
            event = undo(self._case, [one.seq for one in acts], who=who, reason=text)
        except BadInput as error:
            return self._refused(error)
        said = say("Event {seq} took back: {what}.", seq=event.seq, what=last_act_text(acts, say))
        return Outcome(said, wrote=True, order=acts[0].subject_id)

    def _put_on(self, name: str, given: Mapping[str, str]) -> Event:
        try:
            return set_tag(self._case, name, subject="order", **given)
        except BadInput:
            # It is still on from a selection that was decided: put it on anew.
            clear_tag(self._case, name, subject="order", **given)
            return set_tag(self._case, name, subject="order", **given)

    def _missing(self, reason: str, who: str) -> Outcome | None:
        say = self._say
        if not reason.strip():
            return Outcome(say("Give a reason, in one sentence"), done=False)
        if not who.strip():
            return Outcome(say("Say who decides"), done=False, ask="who")
        return None

    def _refused(self, error: BadInput) -> Outcome:
        say = self._say
        if isinstance(error, Conflict):
            told = page(meanwhile_html(error, self._case.zone, say))
            return Outcome(say("Nothing was written."), trouble=told, done=False)
        return Outcome(say("Nothing was written."), trouble=refused(say, error), done=False)
