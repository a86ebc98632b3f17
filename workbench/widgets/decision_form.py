"""The form in which a person decides about a group or some of its orders."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pandas as pd
import traitlets

from workbench.case import DECISIONS, Case, Conflict, Event, Standing, decide, decide_many, undo
from workbench.element import tag
from workbench.errors import BadInput, Problem
from workbench.explain import Assessment
from workbench.language import decision_word, words
from workbench.widgets.case_history import attached_files, history_html
from workbench.widgets.case_state import read_state
from workbench.widgets.conflict_text import conflict_html, meanwhile_html
from workbench.widgets.group_orders import member_ids
from workbench.widgets.markup import page
from workbench.widgets.problems import done, refused
from workbench.widgets.told import Told
from workbench.widgets.wording import local_time

__all__ = ["DecisionForm"]

_WIDE = {"width": "min(100%, 640px)"}
_BUTTON = {"width": "auto", "margin": "4px 2px"}
_ROW = {"margin": "0 0 0 148px"}
_QUESTION = {"width": "140px", "justify_content": "flex-end"}
_LABEL = {"description_width": "140px"}


class DecisionForm(Told):
    """Defend, concede or hold, with a reason and a name. Saving writes to the case at once.

    Nothing is chosen beforehand. The name stays for the next decision of the session. Selected
    orders are decided as one batch. Where somebody else has decided since the form was drawn,
    nothing is written and theirs is shown; saving again then contradicts them knowingly. Undo
    takes the newest decision back, with the reason that was typed. `saved` counts what was
    written, for other widgets to follow.
    """

    group_id = traitlets.Unicode("")
    saved = traitlets.Int(0)

    def __init__(self, case: Case, assessment: Assessment, language: str | None = None) -> None:
        self._say = words("widgets", language or case.language)
        self._case, self._assessment = case, assessment
        self._make_fields()
        self.result, self.conflicts = ipywidgets.HTML(), ipywidgets.HTML()
        self.history, self._state = ipywidgets.HTML(), read_state(case)
        super().__init__(
            [
                ipywidgets.HBox([self.question, self.decision]),
                self.scope,
                self.orders,
                self.reason,
                self.evidence,
                self.who,
                ipywidgets.HBox([self.save, self.undo], layout=_ROW),
                self.result,
                self.conflicts,
                self.history,
            ]
        )
        self.scope.observe(self._scoped, "value")
        self.save.on_click(self._save)
        self.undo.on_click(self._undo)
        self.observe(self._turned, "group_id")
        self._turned()

    def refresh(self) -> None:
        """Read decisions and files again from the case."""
        files = attached_files(self._case, self._subjects())
        chosen = set(self.evidence.value)
        # The same file may be attached to the group and to an order: it is offered once.
        names = dict(zip(files["sha256"], files["name"], strict=True))
        self.evidence.options = [(f"{name} ({sha[:12]})", sha) for sha, name in names.items()]
        self.evidence.value = [sha for sha in names if sha in chosen]
        self.evidence.layout.display = None if names else "none"
        self.refresh_history()

    def refresh_history(self) -> None:
        """Read again what stands, and show it: only what was shown can be contradicted."""
        self._state, subjects = read_state(self._case), self._subjects()
        history = self._state.history(subjects)
        shown = history_html(history, self._case.zone, self._say) if self.group_id else ""
        self.history.value = page(shown)
        keys = [("group", self.group_id), *(("order", one) for one in subjects[1:])]
        pairs = [pair for key in keys for pair in self._state.decided.conflicts_of(*key)]
        self.conflicts.value = page(conflict_html(pairs, self._case.zone, self._say))
        last = self._last()
        self.undo.disabled = not last
        seqs = "–".join(dict.fromkeys(str(one.seq) for one in (*last[:1], *last[-1:])))
        self.undo.description = self._say("Undo event {seq}", seq=seqs) if last else self._undo_word

    def told(self) -> str:
        """What stands, without times: they differ from run to run."""
        say = self._say
        if not self.group_id:
            return say("No group is picked yet.")
        stands = say("Nothing has been decided about it yet.")
        for one in self._last()[-1:]:
            word = decision_word(self._say, one.body["decision"])
            stands = f"{one.subject_id}: {word}, {one.body['reason']}"
        choices = " | ".join(decision_word(self._say, name) for name in DECISIONS)
        return f"{self.group_id}: {choices}\n{stands}"

    def _make_fields(self) -> None:
        say = self._say
        field: dict[str, Any] = {"style": _LABEL, "layout": _WIDE}
        self.question = ipywidgets.Label(say("Decision"), layout=_QUESTION)
        self.decision = ipywidgets.ToggleButtons(
            options=[(decision_word(say, name), name) for name in DECISIONS],
            value=None,
            tooltips=[
                say("The orders are genuine, and the shop can show it"),
                say("The orders are not defended"),
                say("Not yet: something is still missing"),
            ],
            style={"button_width": "110px"},
        )
        self.scope = ipywidgets.Dropdown(
            options=[(say("the whole group"), "group"), (say("selected orders"), "order")],
            description=say("Of what"),
            **field,
        )
        self.orders = ipywidgets.SelectMultiple(description=say("Orders"), rows=8, **field)
        self.reason = ipywidgets.Textarea(
            description=say("Reason"), placeholder=say("In one sentence: why"), rows=3, **field
        )
        self.evidence = ipywidgets.SelectMultiple(
            description=say("Rests on files"), rows=3, **field
        )
        self.who = ipywidgets.Text(description=say("Your name"), **field)
        self.save = ipywidgets.Button(
            description=say("Save the decision"), button_style="primary", layout=_BUTTON
        )
        self._undo_word = say("Undo")
        self.undo = ipywidgets.Button(description=self._undo_word, layout=_BUTTON)

    def _subjects(self) -> list[str]:
        return [self.group_id, *member_ids(self._assessment, self.group_id)]

    def _turned(self, change: object = None) -> None:
        """Another group: nothing of the last one's decision may slip over to it."""
        self.orders.options = self._subjects()[1:]
        self.decision.value, self.reason.value, self.scope.value = None, "", "group"
        self.evidence.value = []
        self.result.value = ""
        self.save.disabled = not self.group_id
        self._scoped()
        self.refresh()

    def _scoped(self, change: object = None) -> None:
        self.orders.layout.display = None if self.scope.value == "order" else "none"

    def _problems(self) -> list[Problem]:
        say = self._say
        checks = [
            (not self.group_id, Problem(say("No group is picked yet."))),
            (self.decision.value is None, Problem(say("Choose defend, concede or hold"))),
            (
                self.scope.value == "order" and not self.orders.value,
                Problem(say("Select the orders that are meant")),
            ),
            (not self.reason.value.strip(), Problem(say("Give a reason, in one sentence"))),
            (not self.who.value.strip(), Problem(say("Say who decides"))),
        ]
        return [problem for wrong, problem in checks if wrong]

    def _save(self, button: object = None) -> None:
        try:
            if problems := self._problems():
                raise BadInput.many(problems)
            written = self._write()
        except BadInput as error:
            self._refuse(error)
            return
        self.result.value = self._written(written)
        self.decision.value, self.reason.value = None, ""
        self.refresh()
        self.saved += 1

    def _undo(self, button: object = None) -> None:
        """Take back the newest decision on what is shown, a batch as a whole."""
        say, last = self._say, self._last()
        checks = [
            (not self.reason.value.strip(), Problem(say("Give a reason, in one sentence"))),
            (not self.who.value.strip(), Problem(say("Say who takes it back"))),
        ]
        try:
            if problems := [problem for wrong, problem in checks if wrong]:
                raise BadInput.many(problems)
            seqs = [one.seq for one in last]
            event = undo(self._case, seqs, who=self.who.value, reason=self.reason.value)
        except BadInput as error:
            self._refuse(error)
            return
        taken = ", ".join(str(one.seq) for one in last)
        told = say("Written as event {seq}: took back {events}.", seq=event.seq, events=taken)
        self.result.value, self.reason.value = done(told), ""
        self.refresh()
        self.saved += 1

    def _refuse(self, error: BadInput) -> None:
        if isinstance(error, Conflict):
            told = meanwhile_html(error, self._case.zone, self._say)
            self.result.value = page(tag("div", told, role="alert"))
            self.refresh_history()
        else:
            self.result.value = refused(self._say, error)

    def _last(self) -> list[Standing]:
        return self._state.last_decision(self._subjects()) if self.group_id else []

    def _write(self) -> list[Event]:
        """One event for a group; one for each of the selected orders, as one batch."""
        given = {"decision": self.decision.value, "reason": self.reason.value}
        given |= {"who": self.who.value, "evidence": list(self.evidence.value)}
        decided = self._state.decided
        if self.scope.value == "order":
            orders = list(self.orders.value)
            seen = {one: decided.seen("order", one) for one in orders}
            return decide_many(self._case, orders, **given, seen=seen)
        event = decide(
            self._case,
            subject="group",
            subject_id=self.group_id,
            order_ids=self._subjects()[1:],
            **given,
            seen=decided.seen("group", self.group_id),
        )
        return [event]

    def _written(self, written: list[Event]) -> str:
        say = self._say
        lines = [
            say(
                "Written as event {seq} at {at}: {subject}, {decision}.",
                seq=event.seq,
                at=local_time(pd.Timestamp(event.at), self._case.zone),
                subject=event.subject_id,
                decision=decision_word(self._say, self.decision.value),
            )
            for event in written
        ]
        return done(*lines, tag("span", self.reason.value, class_="wb-quiet"))
