"""The corrective steps that the letter tells: written down and signed by a person."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pandas as pd
import traitlets

from workbench.appeal.matter_rows import CORRECTIVE
from workbench.case import Case
from workbench.case.answers import answer, answers
from workbench.element import tag
from workbench.errors import BadInput, Problem
from workbench.language import words
from workbench.widgets.problems import done, refused
from workbench.widgets.told import Told

__all__ = ["CorrectiveForm"]

_LABEL = {"description_width": "140px"}
_WIDE = {"width": "min(100%, 760px)"}
_BUTTON = {"width": "auto", "align_self": "flex-start", "margin": "4px 2px 4px 150px"}


class CorrectiveForm(Told):
    """What the shop has done so that it does not happen again, one step per line.

    What stands in the case is shown to be changed; saving writes it anew, as an answer to the
    question `corrective_steps`. Nothing is proposed: the letter tells what was done, in the words
    of whoever did it. `saved` counts what was written.
    """

    saved = traitlets.Int(0)

    def __init__(self, case: Case, language: str | None = None) -> None:
        self._case = case
        self._say = words("widgets", language or case.language)
        self._make_fields()
        super().__init__([self.about, self.steps, self.who, self.save, self.result])
        self.save.on_click(self._save)
        self.steps.value = self._text()
        self._show()

    def told(self) -> str:
        """The steps that stand in the case, one per line."""
        return self._text() or self._say("No corrective step has been written down yet.")

    def _make_fields(self) -> None:
        say = self._say
        self.about, self.result = ipywidgets.HTML(), ipywidgets.HTML()
        self.steps = ipywidgets.Textarea(
            description=say("Corrective steps"),
            placeholder=say("One step per line: what was done, by whom, since when"),
            rows=4,
            style=_LABEL,
            layout=_WIDE,
        )
        self.who = ipywidgets.Text(description=say("Your name"), style=_LABEL, layout=_WIDE)
        self.save = ipywidgets.Button(description=say("Save the steps"), layout=_BUTTON)

    def _stands(self) -> dict[Any, Any] | None:
        given: pd.DataFrame = answers(self._case)
        mine = given[(given["question"] == CORRECTIVE) & (given["subject"] == "case")]
        return mine.iloc[-1].to_dict() if len(mine) else None

    def _text(self) -> str:
        stands = self._stands()
        return str(stands["text"]) if stands and stands["answer"] == "yes" else ""

    def _show(self) -> None:
        say, stands = self._say, self._stands()
        if stands and stands["answer"] == "yes":
            state = say("Written by {who}: event {seq}.", who=stands["who"], seq=stands["seq"])
        else:
            state = say("No corrective step has been written down yet.")
        self.about.value = done(
            tag("b", say("Corrective steps")),
            say("The letter tells them beside the orders that are conceded. Only what was done."),
            state,
        )

    def _save(self, button: object = None) -> None:
        say, text = self._say, self.steps.value.strip()
        problems = [] if text or self._text() else [Problem(say("Write down a step"))]
        if not self.who.value.strip():
            problems.append(Problem(say("Say who answers")))
        try:
            if problems:
                raise BadInput.many(problems)
            event = answer(
                self._case,
                question=CORRECTIVE,
                answer="yes" if text else "no",
                text=text,
                who=self.who.value,
            )
        except BadInput as error:
            self.result.value = refused(say, error)
            return
        self._show()
        self.result.value = done(say("Written as event {seq}.", seq=event.seq))
        self.saved += 1
