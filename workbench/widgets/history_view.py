"""Who did what and when, today or as it was at the end of any earlier day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import ipywidgets
import traitlets
from markupsafe import Markup

from workbench.case import Case, Standing
from workbench.element import tag
from workbench.explain import Assessment
from workbench.language import decision_word, words
from workbench.widgets.case_history import history_html
from workbench.widgets.case_state import CaseState, read_state
from workbench.widgets.conflict_text import conflict_html
from workbench.widgets.group_orders import member_ids
from workbench.widgets.markup import page, table
from workbench.widgets.told import Told
from workbench.widgets.wording import local_time

__all__ = ["HistoryView"]


class HistoryView(Told):
    """What stood at the end of a day, and every event until then.

    `day` picks the day, by the shop's clock; without one it is now. `scope` is the picked group
    with its orders (`group_id`), or the whole case.
    """

    group_id = traitlets.Unicode("")

    def __init__(self, case: Case, assessment: Assessment, language: str | None = None) -> None:
        self._say = words("widgets", language or case.language)
        self._case, self._assessment = case, assessment
        say = self._say
        self.scope = ipywidgets.Dropdown(
            options=[(say("the picked group"), "group"), (say("the whole case"), "case")],
            description=say("Of what"),
        )
        self.day = ipywidgets.DatePicker(
            description=say("End of the day"), style={"description_width": "initial"}
        )
        self.today = ipywidgets.Button(description=say("Today"), layout={"width": "auto"})
        self.stood, self.events = ipywidgets.HTML(), ipywidgets.HTML()
        head = ipywidgets.HBox([self.scope, self.day, self.today], layout={"flex_flow": "wrap"})
        super().__init__([head, self.stood, self.events])
        self.scope.observe(lambda change: self.refresh(), "value")
        self.day.observe(lambda change: self.refresh(), "value")
        self.today.on_click(lambda button: self._to_today())
        self.observe(lambda change: self.refresh(), "group_id")
        self.refresh()

    def refresh(self) -> None:
        """Read the case again."""
        state, zone, say = self._state(), self._case.zone, self._say
        own = self._own(state)
        pairs = [
            pair
            for one in own
            for pair in state.decided.conflicts_of(one.subject_kind, one.subject_id)
        ]
        self.stood.value = page(
            tag("h4", self._heading()), conflict_html(pairs, zone, say), self._stood(own)
        )
        self.events.value = page(history_html(state.history(self._subjects()), zone, say))

    def told(self) -> str:
        """What stands, and every event, without times: they differ from run to run."""
        say, state = self._say, self._state()
        own = self._own(state)
        lines = [
            f"{one.subject_id}: {decision_word(say, one.body['decision'])}, {one.body['reason']}"
            for one in own
        ]
        count = len(state.history(self._subjects()))
        nothing = [say("Nothing has been decided about it yet.")]
        return "\n".join([*(lines or nothing), say("{events} events", events=count)])

    def _state(self) -> CaseState:
        return read_state(self._case, _end_of(self.day.value, self._case.zone))

    def _own(self, state: CaseState) -> list[Standing]:
        subjects, shown = self._subjects(), state.decided.subjects()
        return [one for one in shown if subjects is None or one.subject_id in subjects]

    def _subjects(self) -> list[str] | None:
        if self.scope.value == "case":
            return None
        return [self.group_id, *member_ids(self._assessment, self.group_id)]

    def _to_today(self) -> None:
        self.day.value = None
        self.refresh()

    def _heading(self) -> str:
        if self.day.value is None:
            return self._say("What stands now")
        return self._say("What stood at the end of {day}", day=f"{self.day.value:%Y-%m-%d}")

    def _stood(self, own: list[Standing]) -> Markup:
        say = self._say
        if not own:
            return tag("p", say("Nothing was decided."), class_="wb-quiet")
        rows = (
            (
                one.subject_id,
                decision_word(say, one.body["decision"]),
                one.body["reason"],
                one.who,
                local_time(one.at, self._case.zone),
                one.seq,
            )
            for one in own
        )
        heads = (
            *(say("Of what"), say("Decision"), say("Reason")),
            *(say("Who"), say("When"), say("Event")),
        )
        return table(heads, rows, caption=say("Decisions that count: {count}", count=len(own)))


def _end_of(day: date | None, zone: str) -> datetime | None:
    """The last moment of a day by the shop's clock, as UTC; None where no day is picked."""
    if day is None:
        return None
    after = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return after.astimezone(UTC) - timedelta(microseconds=1)
