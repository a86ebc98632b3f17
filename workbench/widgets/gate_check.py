"""One check of the gate: what it found, and its questions, answered in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets

from workbench.case import Case
from workbench.case.answers import ANSWERS, answer
from workbench.errors import BadInput, Problem
from workbench.language import words
from workbench.widgets.gate_text import answer_word, check_html, question_html, question_label
from workbench.widgets.problems import done, refused

__all__ = ["GateCheck"]

_LABEL = {"description_width": "140px"}
_WIDE = {"width": "min(100%, 760px)"}
_BUTTON = {"width": "auto", "align_self": "flex-start", "margin": "4px 2px 4px 150px"}


class GateCheck(ipywidgets.VBox):
    """A check and a form for its questions; open ones come first.

    `answered` is called after an answer was written; `who` is the field with the name of whoever
    answers, which all checks share.
    """

    def __init__(
        self,
        case: Case,
        row: dict[Any, Any],
        language: str,
        who: ipywidgets.Text,
        answered: Callable[[], None],
    ) -> None:
        self._case, self._language = case, language
        self._who, self._done = who, answered
        self._say = words("widgets", language)
        self._make_fields()
        self.asked = ipywidgets.VBox(
            [self.question, self.text, self.answer, self.words, self.save, self.result],
            layout={"border_left": "3px solid #d5dbe1", "padding": "0 0 0 10px"},
        )
        super().__init__([self.found, self.change, self.asked])
        self.change.on_click(lambda button: self._open())
        self.question.observe(self._turned, "value")
        self.save.on_click(self._save)
        self.show(row)

    def show(self, row: dict[Any, Any]) -> None:
        """Show what a check found; a question that is still open stays picked."""
        self._row = row
        self.found.value = check_html(row, self._language, self._say)
        order = {"needs_answer": 0, "failed": 1, "passed": 2}
        asked = sorted(row["questions"], key=lambda one: order[one["state"]])
        self._questions = {(one["code"], one["subject_id"]): one for one in asked}
        picked = self.question.value
        self.question.options = [
            (question_label(one, number, self._language, self._say), key)
            for number, (key, one) in enumerate(self._questions.items(), start=1)
        ]
        keep = picked in self._questions and self._questions[picked]["state"] != "passed"
        self.question.value = picked if keep else next(iter(self._questions), None)
        # What has been answered takes no room, until somebody wants to answer otherwise.
        settled = all(one["state"] == "passed" for one in asked)
        self.asked.layout.display = "none" if settled else None
        self.change.layout.display = None if asked and settled else "none"
        self._turned()

    def _make_fields(self) -> None:
        say = self._say
        self.found, self.text, self.result = (ipywidgets.HTML() for _ in range(3))
        self.question = ipywidgets.Dropdown(
            options=[], description=say("Question"), style=_LABEL, layout=_WIDE
        )
        self.answer = ipywidgets.ToggleButtons(
            options=[(answer_word(say, name), name) for name in ANSWERS],
            value=None,
            description=say("Answer"),
            style={**_LABEL, "button_width": "150px"},
        )
        self.words = ipywidgets.Textarea(
            description=say("In words"), rows=2, style=_LABEL, layout=_WIDE
        )
        self.save = ipywidgets.Button(description=say("Save the answer"), layout=_BUTTON)
        self.change = ipywidgets.Button(
            description=say("Read or change the answers"), layout={**_BUTTON, "margin": "2px 14px"}
        )

    def _open(self) -> None:
        self.asked.layout.display, self.change.layout.display = None, "none"

    def _turned(self, change: object = None) -> None:
        """Another question: nothing of the last one's answer may slip over to it."""
        self.answer.value, self.words.value = None, ""
        one = self._questions.get(self.question.value)
        self.text.value = question_html(one, self._language, self._say) if one else ""

    def _problems(self) -> list[Problem]:
        say, one = self._say, self._questions[self.question.value]
        wanted = one["worded"] or self.answer.value == "not_applicable"
        lacking = [
            (self.answer.value is None, Problem(say("Choose an answer"))),
            (
                bool(wanted and self.answer.value != "no" and not self.words.value.strip()),
                Problem(say("Say it in words")),
            ),
            (not self._who.value.strip(), Problem(say("Say who answers"))),
        ]
        return [problem for wrong, problem in lacking if wrong]

    def _save(self, button: object = None) -> None:
        try:
            if problems := self._problems():
                raise BadInput.many(problems)
            one = self._questions[self.question.value]
            event = answer(
                self._case,
                question=one["code"],
                answer=self.answer.value,
                text=self.words.value,
                who=self._who.value,
                subject=one["subject"],
                subject_id=one["subject_id"],
            )
        except BadInput as error:
            self.result.value = refused(self._say, error)
            return
        self._done()
        self.result.value = done(self._say("Written as event {seq}.", seq=event.seq))
