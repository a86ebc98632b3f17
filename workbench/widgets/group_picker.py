"""Pick a group of orders, from a picture or from a list."""

from __future__ import annotations

import ipywidgets
import traitlets

from workbench.case import Case, decisions
from workbench.element import tag
from workbench.errors import BadInput
from workbench.explain import Assessment
from workbench.language import words
from workbench.widgets.group_marks import MOST_MARKS, group_marks
from workbench.widgets.group_timeline import GroupTimeline, group_line
from workbench.widgets.markup import page
from workbench.widgets.told import Told

__all__ = ["GroupPicker"]

_MOST_LINES = 12


class GroupPicker(Told):
    """The groups of an assessment over time, and as a list; `group_id` is the picked one, or "".

    A click on a mark and a line of the list do the same. What was decided is read from the case
    when the widget is made and whenever `refresh` is called.
    """

    group_id = traitlets.Unicode("")

    def __init__(self, case: Case, assessment: Assessment, language: str | None = None) -> None:
        self._say = words("widgets", language or case.language)
        self._case, self._assessment = case, assessment
        self.timeline = GroupTimeline()
        self.list = ipywidgets.Select(options=[], rows=8, layout={"width": "auto"})
        self._note = ipywidgets.HTML()
        super().__init__([self.timeline, self.list, self._note])
        self.refresh()
        self.list.observe(self._listed, "value")
        traitlets.link((self, "group_id"), (self.timeline, "value"))
        self.observe(self._picked, "group_id")

    def refresh(self) -> None:
        """Read again what the case says was decided, and draw it."""
        standing = decisions(self._case)
        groups = standing[standing["subject"] == "group"]
        decided = dict(zip(groups["subject_id"], groups["decision"], strict=True))
        marks = group_marks(self._assessment, decided)
        self._lines = {
            row["group_id"]: group_line(row, self._say) for row in marks.to_dict("records")
        }
        # New options put the list on its first line for a moment: nobody has picked that.
        self._filling = True
        self.list.options = [(line, group) for group, line in self._lines.items()]
        self.list.value = self.group_id or None
        self._filling = False
        self.timeline.draw(marks, self._say)
        self._note.value = page(tag("p", self._how(len(marks)), class_="wb-quiet"))

    def pick(self, group_id: str) -> None:
        """Pick a group by its id; raises BadInput when the assessment has none of that id."""
        if group_id not in self._lines:
            raise BadInput(
                f"There is no group {group_id!r}", do=f"Give one of {', '.join(self._lines)}"
            )
        self.group_id = group_id

    def pick_first(self) -> None:
        """Pick the group that stands out most; without groups, nothing."""
        self.group_id = next(iter(self._lines), "")

    def told(self) -> str:
        """The list, the picked group with an arrow before it."""
        say = self._say
        lines = [
            f"{'→' if group == self.group_id else ' '} {line}"
            for group, line in list(self._lines.items())[:_MOST_LINES]
        ]
        more = len(self._lines) - len(lines)
        told = [say("and {more} more groups", more=more)] if more > 0 else []
        return "\n".join([*lines, *told] or [self._how(0)])

    @traitlets.validate("group_id")
    def _known(self, proposal: dict[str, str]) -> str:
        # A page can send anything; what is no group picks none.
        return proposal["value"] if proposal["value"] in self._lines else ""

    def _how(self, groups: int) -> str:
        say = self._say
        if not groups:
            return say("Screening found no group of orders.")
        told = say("Click on a mark, or pick a line: the parts below follow.")
        if groups <= MOST_MARKS:
            return told
        return told + say(" The picture shows the first {shown} groups.", shown=MOST_MARKS)

    def _listed(self, change: dict[str, str | None]) -> None:
        if change["new"] and not self._filling:
            self.group_id = change["new"]

    def _picked(self, change: dict[str, str]) -> None:
        self.list.value = change["new"] or None
