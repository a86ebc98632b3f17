"""The form in which a person attaches a file to a group or some of its orders."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

from workbench.case import Case, EvidenceFile, attach
from workbench.case.evidence import MAX_BYTES
from workbench.element import tag
from workbench.errors import BadInput, Problem
from workbench.explain import Assessment
from workbench.language import words
from workbench.proof import group_orders_of, order_strength
from workbench.widgets.attached import attached_evidence, attached_table
from workbench.widgets.evidence_fields import EvidenceFields
from workbench.widgets.file_receiver import FileReceiver
from workbench.widgets.group_orders import member_ids
from workbench.widgets.markup import page
from workbench.widgets.problems import done, refused
from workbench.widgets.proof_text import strength_summary
from workbench.widgets.told import Told

__all__ = ["EvidenceUpload"]

_BUTTON = {"width": "auto", "align_self": "flex-start", "margin": "4px 2px 4px 150px"}
_FIELD: dict[str, Any] = {
    "style": {"description_width": "140px"},
    "layout": {"width": "min(100%, 640px)"},
}


class EvidenceUpload(Told):
    """A file, what it is, where it comes from, and what it speaks for.

    The file is in the case when the form says so. `who` may be given, so that a name typed in
    another form of the page stands here as well. `saved` counts the files attached. The fields
    of `about` are those of EvidenceFields; `code` is its kind.
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
        limit: int = MAX_BYTES,
    ) -> None:
        self._language = language or case.language
        self._say = words("widgets", self._language)
        self._case, self._assessment = case, assessment
        self._members = group_orders_of(assessment)
        self.file = FileReceiver(self._say, limit)
        self.about = EvidenceFields(self._say, self._language)
        self.code = self.about.code
        self._make_fields(who)
        self.result, self.files = ipywidgets.HTML(), ipywidgets.HTML()
        heading = ipywidgets.HTML(page(tag("h4", self._say("What it speaks for"))))
        fields = [heading, self.subject, self.note, self.who, self.save]
        super().__init__([self.file, self.about, *fields, self.result, self.files])
        self.save.on_click(self._save)
        self.observe(self._turned, "group_id")
        self._turned()

    def refresh(self) -> None:
        """Read again from the case what is attached."""
        files = attached_evidence(self._case, self._subjects())
        shown = attached_table(files, self._case.zone, self._say, self._language)
        self.files.value = page(shown if self.group_id else "")

    def told(self) -> str:
        """What is attached, without times: they differ from run to run."""
        say = self._say
        if not self.group_id:
            return say("No group is picked yet.")
        files = attached_evidence(self._case, self._subjects())
        if files.empty:
            return say("No file is attached to it yet.")
        rows = files.to_dict("records")
        return "\n".join(f"{' '.join(f['codes']) or '–'} {f['name']} {f['sha256']}" for f in rows)

    def _make_fields(self, who: ipywidgets.Text | None) -> None:
        say = self._say
        self.subject = ipywidgets.SelectMultiple(description=say("Speaks for"), rows=5, **_FIELD)
        self.note = ipywidgets.Text(
            description=say("Note"), placeholder=say("What it shows, in one sentence"), **_FIELD
        )
        self.who = who or ipywidgets.Text(description=say("Your name"), **_FIELD)
        self.save = ipywidgets.Button(
            description=say("Attach the file"), button_style="primary", layout=_BUTTON
        )

    def _subjects(self) -> list[str]:
        return [self.group_id, *member_ids(self._assessment, self.group_id)]

    def _turned(self, change: object = None) -> None:
        """Another group: a file chosen for the last one may not slip over to it."""
        say = self._say
        group, *orders = self._subjects()
        self.subject.options = [(say("group {group}", group=group), ("group", group))] + [
            (say("order {order}", order=order), ("order", order)) for order in orders
        ]
        self.subject.index = (0,)
        self.file.clear()
        self.about.clear()
        self.note.value, self.result.value = "", ""
        self.save.disabled = not self.group_id
        self.refresh()

    def _problems(self) -> list[Problem]:
        say = self._say
        checks = [
            (not self.group_id, Problem(say("No group is picked yet."))),
            (self.file.file is None, Problem(say("Choose a file and wait until it is received"))),
            (not self.subject.value, Problem(say("Pick what the file speaks for"))),
            (not self.who.value.strip(), Problem(say("Say who attaches it"))),
        ]
        return [problem for wrong, problem in checks if wrong]

    def _save(self, button: object = None) -> None:
        try:
            problems = self._problems()
            if problems or self.file.file is None:
                raise BadInput.many(problems)
            (kind, subject_id), *more = self.subject.value
            written = attach(
                self._case,
                self.file.file.source,
                self.file.file.name,
                subject=kind,
                subject_id=subject_id,
                also_for=more,
                note=self.note.value.strip(),
                who=self.who.value,
                max_bytes=self.file.limit,
                **self.about.said(),
            )
        except BadInput as error:
            self.result.value = refused(self._say, error)
            return
        self.result.value = done(*self._written(written))
        self.file.clear()
        self.about.clear()
        self.note.value = ""
        self.refresh()
        self.saved += 1

    def _written(self, written: EvidenceFile) -> list[object]:
        say = self._say
        told = say(
            "{name} is in the case: {size:,} bytes, for {subject}.",
            name=written.name,
            size=written.size,
            subject=", ".join(subject_id for _, subject_id in self.subject.value),
        )
        orders = member_ids(self._assessment, self.group_id)
        strength = order_strength(self._case, orders, self._members)
        return [told, tag("code", written.sha256), strength_summary(strength, say)]
