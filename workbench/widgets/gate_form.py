"""The gate before an attempt is spent: every check, its questions, and the second reader."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

from workbench.case import Case
from workbench.case.sign_off import sign_off, sign_offs
from workbench.element import tag
from workbench.errors import BadInput, Problem
from workbench.explain import Assessment
from workbench.gate import checks, may_send, refusing
from workbench.language import words
from workbench.tables import Tables
from workbench.widgets.gate_check import GateCheck
from workbench.widgets.gate_text import check_line, summary_html, summary_line
from workbench.widgets.problems import done, refused
from workbench.widgets.told import Told

__all__ = ["GateForm"]

_FIELD: dict[str, Any] = {
    "style": {"description_width": "140px"},
    "layout": {"width": "min(100%, 640px)"},
}
_BUTTON = {"width": "auto", "align_self": "flex-start", "margin": "4px 2px 4px 150px"}


class GateForm(Told):
    """The checks with what they found; questions are answered and signed here, in the case.

    Nothing is answered beforehand, and nothing is kept here: a form made anew reads the same from
    the case. `checks` are the rows of `workbench.gate.checks`; `saved` counts what was written.
    """

    saved = traitlets.Int(0)

    def __init__(
        self,
        case: Case,
        assessment: Assessment,
        tables: Tables,
        language: str | None = None,
        *,
        masked: bool = True,
    ) -> None:
        self._case, self._assessment, self._tables = case, assessment, tables
        self._language, self._masked = language or case.language, masked
        self._say = words("widgets", self._language)
        self.checks = self._look()
        self._make_fields()
        rows = self.checks.to_dict("records")
        self.parts = {
            row["check"]: GateCheck(case, dict(row), self._language, self.who, self._answered)
            for row in rows
        }
        super().__init__([self.summary, self.who, *self.parts.values(), self.second])
        self.sign.on_click(self._sign)
        self._show()

    def refresh(self) -> None:
        """Look at the case again: every check anew."""
        self.checks = self._look()
        for row in self.checks.to_dict("records"):
            self.parts[row["check"]].show(dict(row))
        self._show()

    def told(self) -> str:
        """Every check in a line, and what holds the appeal back."""
        rows = self.checks.to_dict("records")
        lines = [check_line(dict(row), self._language, self._say) for row in rows]
        return "\n".join([*lines, summary_line(self._held(), self._say)])

    def _look(self) -> Any:
        return checks(self._case, self._tables, self._assessment, masked=self._masked)

    def _held(self) -> list[int]:
        return [int(one) for one in refusing(self.checks)["check"]]

    def _make_fields(self) -> None:
        say = self._say
        self.summary = ipywidgets.HTML()
        self.who = ipywidgets.Text(description=say("Your name"), **_FIELD)
        self.reader = ipywidgets.Text(description=say("Second reader"), **_FIELD)
        self.words = ipywidgets.Text(
            description=say("In words"), placeholder=say("What was read, and how"), **_FIELD
        )
        self.sign = ipywidgets.Button(
            description=say("Sign"), button_style="primary", layout=_BUTTON
        )
        self.signed, self.result = ipywidgets.HTML(), ipywidgets.HTML()
        self.second = ipywidgets.VBox(
            [self.signed, self.reader, self.words, self.sign, self.result]
        )

    def _show(self) -> None:
        self.summary.value = summary_html(self.checks, may_send(self.checks), self._say)
        say, signed = self._say, sign_offs(self._case)
        good = signed[signed["current"] & signed["second_person"]]
        if len(good):
            stands = say("Signed as it stands now by {who}.", who=good["who"].iloc[-1])
        elif len(signed):
            stands = say("Something was changed after it was signed: let it be read again.")
        else:
            stands = say("Nobody has signed it yet.")
        self.signed.value = done(
            tag("b", say("Second reader")),
            say("Somebody who decided nothing here reads all that is to be sent, and signs."),
            stands,
        )

    def _answered(self) -> None:
        self.refresh()
        self.saved += 1

    def _sign(self, button: object = None) -> None:
        try:
            if not self.reader.value.strip():
                raise BadInput.many([Problem(self._say("Say who signs"))])
            event = sign_off(self._case, who=self.reader.value, text=self.words.value)
        except BadInput as error:
            self.result.value = refused(self._say, error)
            return
        self.words.value = ""
        self.refresh()
        self.result.value = done(self._say("Written as event {seq}.", seq=event.seq))
        self.saved += 1
