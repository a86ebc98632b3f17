"""The form in which a person records what a buyer said of an order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ipywidgets
import traitlets

from workbench.case import Case
from workbench.case.statements import add_statement, statements, wording_of
from workbench.element import tag
from workbench.errors import BadInput, Problem
from workbench.explain import Assessment
from workbench.language import words
from workbench.widgets.group_orders import member_ids
from workbench.widgets.markup import page, table
from workbench.widgets.problems import done, refused
from workbench.widgets.told import Told
from workbench.widgets.wording import local_time

__all__ = ["StatementForm"]

_BUTTON = {"width": "auto", "align_self": "flex-start", "margin": "4px 2px 4px 150px"}
_FIELD: dict[str, Any] = {
    "style": {"description_width": "140px"},
    "layout": {"width": "min(100%, 640px)"},
}


class StatementForm(Told):
    """What was asked, what the buyer said, how the buyer consented, and that nothing was given.

    Leading, rewarding and pressing words in the question are told while it is typed. Saving
    writes to the case at once; `saved` counts the statements written.
    """

    group_id = traitlets.Unicode("")
    saved = traitlets.Int(0)

    def __init__(
        self,
        case: Case,
        assessment: Assessment,
        language: str | None = None,
        *,
        who: ipywidgets.Text | None = None,
    ) -> None:
        self._language = language or case.language
        self._say = words("widgets", self._language)
        self._case, self._assessment = case, assessment
        self._make_fields(who)
        self.result, self.told_so_far = ipywidgets.HTML(), ipywidgets.HTML()
        fields = [self.order, self.asked, self.warned, self.text, self.consent_at]
        fields += [self.consent_how, self.no_reward, self.who, self.save]
        super().__init__([*fields, self.result, self.told_so_far])
        self.asked.observe(self._typed, "value")
        self.save.on_click(self._save)
        self.observe(self._turned, "group_id")
        self._turned()

    def refresh(self) -> None:
        """Read again from the case what was said."""
        self.told_so_far.value = page(self._table()) if self.group_id else page("")

    def told(self) -> str:
        """Who said what, without times: they differ from run to run."""
        if not self.group_id:
            return self._say("No group is picked yet.")
        rows = self._own().to_dict("records")
        lines = [f"{row['order_id']}: {row['text']}" for row in rows]
        return "\n".join(lines) or self._say("No buyer has said anything yet.")

    def _make_fields(self, who: ipywidgets.Text | None) -> None:
        say = self._say
        self.order = ipywidgets.Dropdown(description=say("Order"), **_FIELD)
        self.asked = ipywidgets.Textarea(
            description=say("Asked"),
            placeholder=say("The question exactly as it was put"),
            rows=3,
            continuous_update=False,
            **_FIELD,
        )
        self.warned = ipywidgets.HTML(layout={"margin": "0 0 0 150px"})
        self.text = ipywidgets.Textarea(
            description=say("The buyer said"),
            placeholder=say("The buyer's own words"),
            rows=4,
            **_FIELD,
        )
        self.consent_at = ipywidgets.Text(
            description=say("Consent on"), placeholder="2026-01-31 09:00", **_FIELD
        )
        self.consent_how = ipywidgets.Text(
            description=say("Consent how"),
            placeholder=say("Where it can be seen again: chat, form, recorded call"),
            **_FIELD,
        )
        self.no_reward = ipywidgets.Checkbox(
            value=False, description=say("Nothing was given or promised for it"), **_FIELD
        )
        self.who = who or ipywidgets.Text(description=say("Your name"), **_FIELD)
        self.save = ipywidgets.Button(
            description=say("Record the statement"), button_style="primary", layout=_BUTTON
        )

    def _turned(self, change: object = None) -> None:
        orders = member_ids(self._assessment, self.group_id) if self.group_id else []
        self.order.options = orders
        self.order.value = orders[0] if orders else None
        self._clear()
        self.result.value = ""
        self.save.disabled = not orders
        self.refresh()

    def _clear(self) -> None:
        for field in (self.asked, self.text, self.consent_at, self.consent_how):
            field.value = ""
        self.no_reward.value = False

    def _typed(self, change: object = None) -> None:
        found = wording_of(self.asked.value)
        reason = "reason_zh" if self._language == "zh" else "reason_en"
        lines = [tag("li", f"“{one.found}”: {getattr(one, reason)}") for one in found]
        self.warned.value = page(tag("ul", *lines)) if lines else ""

    def _consent(self) -> datetime | None:
        told = self.consent_at.value.strip()
        try:
            return datetime.fromisoformat(told) if told else None
        except ValueError:
            say = self._say
            what = say("This is no day or moment: {told}", told=told)
            raise BadInput.many([Problem(what, do=say("Write it as 2026-01-31 09:00"))]) from None

    def _save(self, button: object = None) -> None:
        try:
            event = add_statement(
                self._case,
                order_id=self.order.value or "",
                text=self.text.value,
                asked=self.asked.value,
                consent_at=self._consent(),
                consent_how=self.consent_how.value,
                reward=not self.no_reward.value,
                who=self.who.value,
            )
        except BadInput as error:
            self.result.value = refused(self._say, error)
            return
        self.result.value = done(self._say("Written as event {seq}.", seq=event.seq))
        self._clear()
        self.refresh()
        self.saved += 1

    def _own(self) -> Any:
        found = statements(self._case)
        return found[found["order_id"].isin(member_ids(self._assessment, self.group_id))]

    def _table(self) -> object:
        say, zone = self._say, self._case.zone
        found = self._own()
        if found.empty:
            return tag("p", say("No buyer has said anything yet."), class_="wb-quiet")
        rows = [
            (
                row["order_id"],
                row["text"],
                ", ".join(row["mentions"]) or "–",
                row["asked"],
                f"{local_time(row['consent_at'], zone)[:16]}, {row['consent_how']}",
                f"{row['who']}, {local_time(row['at'], zone)[:16]}",
            )
            for row in found.to_dict("records")
        ]
        heads = (
            say("Order"),
            say("The buyer said"),
            say("A reward? Read again"),
            say("Asked"),
            say("Consent"),
            say("Recorded by"),
        )
        return table(heads, rows, caption=say("What buyers said"))
