"""The form in which a person pastes a notice, checks what was read, and records it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ipywidgets
import traitlets

from workbench.case import Case
from workbench.element import tag
from workbench.errors import BadInput, Problem
from workbench.language import words
from workbench.notice import (
    FIELDS,
    ParsedNotice,
    Reading,
    match_ids,
    notices,
    parse_notice,
    record_notice,
)
from workbench.notice.fields import typed, value_text
from workbench.notice.told import how_text, match_lines, notice_lines, remark_text, sure_word
from workbench.tables import Tables
from workbench.widgets.markup import page, table
from workbench.widgets.problems import done, refused
from workbench.widgets.told import Told

__all__ = ["NoticeForm"]

_WIDE: dict[str, Any] = {"width": "min(100%, 760px)"}
_BUTTON = {"width": "auto", "align_self": "flex-start", "margin": "4px 2px"}
_AROUND = 24


class NoticeForm(Told):
    """A notice as text, what was read of it beside its words, and fields to put it right.

    Nothing is written before somebody saves it under a name. A field that is left as it was
    read is recorded as read; an emptied one says that the notice is silent. `saved` counts what
    was recorded.
    """

    saved = traitlets.Int(0)

    def __init__(self, case: Case, tables: Tables, language: str | None = None) -> None:
        self._language = language or case.language
        self._say = words("widgets", self._language)
        self._case, self._tables = case, tables
        self.parsed: ParsedNotice | None = None
        say = self._say
        self.text = ipywidgets.Textarea(
            placeholder=say("Paste the whole notice here"), layout={**_WIDE, "height": "180px"}
        )
        self.read = ipywidgets.Button(description=say("Read the notice"), layout=_BUTTON)
        self.shown = ipywidgets.HTML()
        style = {"description_width": "190px"}
        self.fields = {
            name: ipywidgets.Text(
                description=field.title(self._language), style=style, layout=_WIDE
            )
            for name, field in FIELDS.items()
        }
        self.who = ipywidgets.Text(description=say("Your name"), style=style, layout=_WIDE)
        self.save = ipywidgets.Button(
            description=say("I have checked it: record the notice"),
            button_style="primary",
            layout=_BUTTON,
            disabled=True,
        )
        self.result, self.held = ipywidgets.HTML(), ipywidgets.HTML()
        # A wall of empty fields before there is anything to put right would only be in the way.
        self.form = ipywidgets.VBox(
            [*self.fields.values(), self.who, self.save], layout={"display": "none"}
        )
        super().__init__([self.text, self.read, self.shown, self.form, self.result, self.held])
        self.read.on_click(self._read)
        self.save.on_click(self._save)
        self.refresh()

    def refresh(self) -> None:
        """Show again which notices the case holds."""
        self.held.value = page(tag("pre", self.told()))

    def told(self) -> str:
        """The notices that the case holds, in plain text."""
        found = notices(self._tables, self._case)
        lines = [line for one in found for line in notice_lines(one, self._language)]
        return "\n".join(lines) or self._say("The case holds no notice yet.")

    def _read(self, button: object = None) -> None:
        known = {}
        if received := self.fields["received_at"].value.strip():
            try:
                known["received_at"] = typed("received_at", received)
            except BadInput as error:
                self.result.value = refused(self._say, error)
                return
        try:
            self.parsed = parse_notice(self.text.value, self._case.zone, known)
        except BadInput as error:
            self.parsed, self.save.disabled, self.shown.value = None, True, ""
            self.result.value = refused(self._say, error)
            return
        for name, field in self.fields.items():
            value = self.parsed.value(name)
            if name in known and value is None:
                continue
            field.value = value_text(name, value, self._language)
        self.save.disabled, self.result.value = False, ""
        self.form.layout.display = None
        self.shown.value = page(*self._parts(self.parsed))

    def _parts(self, parsed: ParsedNotice) -> Iterator[object]:
        say = self._say
        heads = [say("Field"), say("Read as"), say("How sure"), say("Words of the notice")]
        rows = [
            (
                FIELDS[one.field].title(self._language),
                self._value(one),
                tag("span", sure_word(one.sure, self._language), self._how(one)),
                self._marked(parsed, one),
            )
            for one in parsed
        ]
        yield table(heads, rows, caption=say("What was read, with the words it was read from"))
        for remark in parsed.remarks:
            yield tag("p", "⚠ ", remark_text(remark, self._language))
        orders = match_ids(parsed.value("order_ids"), self._tables)
        yield tag("pre", "\n".join(match_lines(orders, self._language)))
        names = [FIELDS[name].title(self._language) for name in parsed.to_confirm]
        if names:
            yield tag("p", say("To be confirmed or filled in:"), " ", say(", ").join(names))

    def _value(self, reading: Reading) -> str:
        listed = FIELDS[reading.field].type in ("texts", "orders")
        value = (reading.value,) if listed else reading.value
        return value_text(reading.field, value, self._language)

    def _how(self, reading: Reading) -> object:
        told = how_text(reading, self._language)
        return tag("div", told, class_="wb-quiet") if told else None

    @staticmethod
    def _marked(parsed: ParsedNotice, reading: Reading) -> object:
        before, own, after = parsed.excerpt(reading, _AROUND)
        return tag("span", "…", before, tag("mark", own), after, "…")

    def _changed(self, parsed: ParsedNotice) -> dict[str, Any]:
        """What the person wrote otherwise than it was read. All problems are told at once."""
        changed, problems = {}, []
        for name, field in self.fields.items():
            if field.value.strip() == value_text(name, parsed.value(name), self._language).strip():
                continue
            try:
                changed[name] = typed(name, field.value)
            except BadInput as error:
                problems += list(error.problems)
        if problems:
            raise BadInput.many(problems)
        return changed

    def _save(self, button: object = None) -> None:
        say = self._say
        try:
            if self.parsed is None or self.text.value != self.parsed.text:
                raise BadInput.many([Problem(say("Read the notice first"))])
            changed = self._changed(self.parsed)
            record_notice(self._case, self.parsed, who=self.who.value, changed=changed)
        except BadInput as error:
            self.result.value = refused(say, error)
            return
        self.result.value = done(
            say(
                "The notice is recorded, with its text; {count} fields put right.",
                count=len(changed),
            )
        )
        self.refresh()
        self.saved += 1
