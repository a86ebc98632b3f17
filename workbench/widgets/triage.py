"""Go through orders one by one with the keyboard: read, decide, next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets
import traitlets

from workbench.case import DECISIONS, Case
from workbench.case.selections import run_in_case, selection, selections
from workbench.errors import BadInput
from workbench.explain import Assessment
from workbench.inert import inert
from workbench.language import decision_word, words
from workbench.tables import Tables
from workbench.widgets.case_state import CaseState, read_state
from workbench.widgets.group_orders import member_ids
from workbench.widgets.markup import page
from workbench.widgets.told import Told
from workbench.widgets.triage_board import Outcome, TriageBoard
from workbench.widgets.triage_case import TriageCase, last_act_text, selected_orders
from workbench.widgets.triage_facts import OrderFacts, QueueFacts
from workbench.widgets.triage_queue import Queue, flagged_orders
from workbench.widgets.triage_text import card_html, order_sides, proof_html, stands_text
from workbench.widgets.wording import orders_word

__all__ = ["Triage"]


class Triage(Told):
    """One order at a time of a queue, decided by a key and a reason.

    Queues are the picked group (`group_id`), all flagged orders, the selections that the case
    keeps, which are run again when they are chosen, and whatever `offer` was given.
    `queue` are the orders gone through, `order_id` is the one on the screen. `saved` counts what
    was written, `undone` what was taken back. The case holds everything: a widget made anew goes
    on with the first order that is not decided.
    """

    group_id = traitlets.Unicode("")
    order_id = traitlets.Unicode("")
    who = traitlets.Unicode("")
    saved = traitlets.Int(0)
    undone = traitlets.Int(0)

    def __init__(
        self, case: Case, assessment: Assessment, tables: Tables, language: str | None = None
    ) -> None:
        self._language = language or case.language
        self._say = words("widgets", self._language)
        self._case, self._assessment, self._tables = case, assessment, tables
        self._offered: dict[str, Queue] = {}
        self._flagged = Queue(self._say("All flagged orders"), flagged_orders(assessment, tables))
        self._acts = TriageCase(case, self._say)
        self._state, self._wrote, self._filling = read_state(case), "", False
        self.choice = ipywidgets.Dropdown(
            description=self._say("Go through"),
            style={"description_width": "initial"},
            layout={"width": "min(100%, 640px)"},
        )
        self.board = TriageBoard(self._say, self._pressed)
        super().__init__([self.choice, self.board])
        traitlets.link((self, "who"), (self.board, "who"))
        self.choice.observe(self._chosen, "value")
        self.board.observe(lambda change: self._count(), "answered")
        self.observe(self._picked, "group_id")
        self.observe(lambda change: self.refresh(), "who")
        self._fill()

    def offer(self, label: str, order_ids: Sequence[str]) -> None:
        """Offer these orders as a queue of that name, and go through them now."""
        self._offered[label] = Queue(label, tuple(dict.fromkeys(order_ids)))
        self._fill(label)

    def refresh_choice(self) -> None:
        """Offer the selections that the case keeps now."""
        self._fill()

    def refresh(self) -> None:
        """Read the case again and show the order as it stands now."""
        self._state = read_state(self._case)
        self._show()

    def told(self) -> str:
        """The queue, the order on the screen, what stands and how much speaks for either side."""
        say, facts = self._say, self._facts_of(self.order_id)
        lines = [f"{self.queue.label}: {self._progress()}"]
        if facts is not None:
            stands = self._state.orders.get(self.order_id)
            word = decision_word(say, stands.body["decision"] if stands else None)
            lines += [f"→ {self.order_id} · {word}", self._counts(facts)]
        lines.append(" · ".join(f"{name[0]} {decision_word(say, name)}" for name in DECISIONS))
        return "\n".join(lines)

    def _labels(self) -> dict[str, str]:
        """What can be gone through: key → label."""
        say = self._say
        counted = dict(self._offered)
        if self.group_id:
            label = say("Group {group}", group=self.group_id)
            members = member_ids(self._assessment, self.group_id)
            counted["group"] = Queue(label, tuple(members))
        counted["flagged"] = self._flagged
        self._counted = counted
        told = {key: f"{one.label} ({orders_word(say, len(one))})" for key, one in counted.items()}
        for name in selections(self._case)["name"]:
            told[f"selection {name}"] = say("Selection {name}", name=inert(name))
        return told

    def _fill(self, choose: str | None = None) -> None:
        """Offer the queues there are; the one that is gone through stays, where it is there."""
        chosen, labels = choose or self.choice.value, self._labels()
        # New options put the list on its first line for a moment: nobody has chosen that.
        self._filling = True
        self.choice.options = [(label, key) for key, label in labels.items()]
        self.choice.value = chosen if chosen in labels else next(iter(labels))
        self._filling = False
        self._turned()

    def _chosen(self, change: object) -> None:
        if not self._filling:
            self._turned()

    def _picked(self, change: Mapping[str, str]) -> None:
        """The first group that is picked is gone through; later ones when groups are."""
        self._fill("group" if not change["old"] else None)

    def _turned(self) -> None:
        """Another queue: read its orders, and begin with the first one that is not decided."""
        self._state, self._trouble = read_state(self._case), ""
        self.queue = self._chosen_queue()
        order_ids = self.queue.order_ids
        self._facts = QueueFacts(self._case, self._assessment, self._tables, order_ids)
        self.order_id = self.queue.first_open(self._state.orders)
        self._show()

    def _chosen_queue(self) -> Queue:
        key = str(self.choice.value)
        if key in self._counted:
            return self._counted[key]
        name = key.removeprefix("selection ")
        label = self._say("Selection {name}", name=inert(name))
        try:
            query = selection(self._case, name)
            found = run_in_case(self._case, query, self._tables, self._assessment)
        except BadInput as error:
            self._trouble = str(error)
            found = []
        return Queue(label, tuple(found))

    def _pressed(self, message: Mapping[str, Any]) -> Outcome:
        """Do what a key asks for, read the case again, show the order that comes then."""
        seen, act = self._state, str(message.get("act"))
        self.who = str(message.get("who") or "")
        outcome = self._done(act, message, seen)
        self._state = read_state(self._case)
        if outcome.wrote and act in ("decide", "bulk"):
            following = self.queue.next_open(outcome.order, self._state.orders)
            self.order_id = following or self.order_id
        elif outcome.order in self.queue.order_ids:
            self.order_id = outcome.order
        self._show()
        self._wrote = act if outcome.wrote else ""
        return outcome

    def _done(self, act: str, message: Mapping[str, Any], seen: CaseState) -> Outcome:
        if message.get("order") != self.order_id:
            # Another view of the same widget has moved on: nothing is done unseen.
            return Outcome(self._say("Another order is on the screen now."))
        if act == "move":
            return Outcome(order=self.queue.beside(self.order_id, int(message.get("by", 1))))
        selected = selected_orders(seen, self.who)
        if act == "decide":
            return self._acts.decide(message, seen)
        if act == "bulk":
            return self._acts.decide_selected(message, seen, selected)
        if act == "note":
            return self._acts.note(message)
        if act == "mark":
            return self._acts.select(message, selected)
        return self._acts.undo(message, seen)

    def _count(self) -> None:
        """Tell other widgets, after the page has its answer: they may take their time."""
        wrote, self._wrote = self._wrote, ""
        self.undone += wrote == "undo"
        self.saved += bool(wrote)

    def _facts_of(self, order_id: str) -> OrderFacts | None:
        return self._facts.of(order_id) if order_id else None

    def _show(self) -> None:
        facts, board, say = self._facts_of(self.order_id), self.board, self._say
        state, acts = self._state, self._state.last_act(self.who)
        selected = selected_orders(state, self.who)
        zone = self._case.zone
        with board.hold_sync():
            board.reasons = {name: state.reasons(name) for name in DECISIONS} | {
                "undo": state.undo_reasons() or [say("I pressed the wrong key.")]
            }
            board.last = {
                "seq": acts[-1].seq if acts else 0,
                "text": last_act_text(acts, say),
            }
            board.bulk = {
                "title": say("{orders} selected.", orders=orders_word(say, len(selected))),
                "lines": [f"{one}: {stands_text(one, state, zone, say)}" for one in selected],
            }
            board.card = self._card(facts)

    def _card(self, facts: OrderFacts | None) -> dict[str, str]:
        say, state, queue = self._say, self._state, self.queue
        if facts is None:
            nothing = self._trouble or say("There is no order here.")
            return {"order": "", "title": nothing, "html": "", "progress": "", "spoken": nothing}
        stands = stands_text(facts.order_id, state, self._case.zone, say)
        title = say(
            "{place} of {total} · {order}",
            place=queue.place(facts.order_id),
            total=len(queue),
            order=facts.order_id,
        )
        if facts.order_id in state.orders:
            title += f" · {decision_word(say, state.orders[facts.order_id].body['decision'])}"
        proof = proof_html(self._facts.strength(facts.order_id, state), say, self._language)
        html = card_html(facts, state, proof, self._case.zone, say, self._language)
        return {
            "order": facts.order_id,
            "title": title,
            "progress": self._progress(),
            "html": page(html),
            "spoken": f"{title}. {stands} {self._counts(facts)}",
        }

    def _progress(self) -> str:
        done = sum(one in self._state.orders for one in self.queue.order_ids)
        return self._say("{done} of {total} decided", done=done, total=len(self.queue))

    def _counts(self, facts: OrderFacts) -> str:
        told = order_sides(facts, self._say, self._language)
        return self._say(
            "{passed} for it, {failed} against it, {unknown} that the data cannot tell",
            passed=len(told["passed"]),
            failed=len(told["failed"]),
            unknown=len(told["not_available"]),
        )
