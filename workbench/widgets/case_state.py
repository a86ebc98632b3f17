"""The case as it stands at one moment, read once, for widgets that ask many things of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pandas as pd

from workbench.case import Case, Event, Standing
from workbench.case.decided import Decided
from workbench.case.history import history_of
from workbench.case.standing import read_standing
from workbench.case.tags import standing_tags

__all__ = ["CaseState", "read_state"]

MOST_REASONS = 9
_OWN_ACTS = ("decision", "note", "tag")


@dataclass(frozen=True)
class CaseState:
    """All that people did, as it was when it was read."""

    stored: list[Event]
    until: datetime | None = None

    @cached_property
    def standing(self) -> list[Standing]:
        """The events that count, oldest first."""
        return read_standing(self.stored, (), self.until)

    @cached_property
    def decided(self) -> Decided:
        """What stands for each order and group."""
        return Decided(one for one in self.standing if one.kind == "decision")

    @cached_property
    def orders(self) -> Mapping[str, Standing]:
        """What stands for each order that a decision reaches."""
        return self.decided.orders()

    def history(self, subjects: Collection[str] | None) -> pd.DataFrame:
        """The events about these orders and groups (all, where None), newest first.

        As `workbench.case.history` tells them.
        """
        return history_of(self.stored, subjects, self.until)

    def tags(self, subject_id: str) -> list[str]:
        """The tags on an order or a group."""
        return [one.body["tag"] for one in self._tags if one.subject_id == subject_id]

    def tagged(self, tag: str) -> list[Standing]:
        """The tags of that name on orders, oldest first."""
        found = (one for one in self._tags if one.subject_kind == "order")
        return [one for one in found if one.body["tag"] == tag]

    def reasons(self, decision: str) -> list[str]:
        """The nine reasons given last for a decision, in the order of their first use.

        That order changes seldom, so that the same key gives the same reason again.
        """
        given = [
            one.body["reason"]
            for one in self.standing
            if one.kind == "decision" and one.body["decision"] == decision and not one.purged
        ]
        return _recent(given)

    def undo_reasons(self) -> list[str]:
        """The nine reasons given last for taking something back, as `reasons` gives them."""
        return _recent(
            [one.body["reason"] for one in self.standing if one.kind == "undo" and not one.purged]
        )

    def last_act(self, who: str) -> list[Standing]:
        """The newest decision, note or tag of this person that counts; a whole batch at once."""
        acts = [one for one in self.standing if one.kind in _OWN_ACTS and one.who == who.strip()]
        batch = acts[-1].body.get("batch") if acts else None
        return [one for one in acts if one.body.get("batch") == batch] if batch else acts[-1:]

    def last_decision(self, subjects: Collection[str]) -> list[Standing]:
        """The newest decision that counts on one of the subjects; a whole batch at once."""
        decisions = [one for one in self.standing if one.kind == "decision"]
        own = [one for one in decisions if one.subject_id in subjects]
        batch = own[-1].body.get("batch") if own else None
        return [one for one in decisions if one.body.get("batch") == batch] if batch else own[-1:]

    @cached_property
    def _tags(self) -> list[Standing]:
        return standing_tags([one for one in self.standing if one.kind == "tag"])


def read_state(case: Case, until: datetime | None = None) -> CaseState:
    """The case now, or at `until` (UTC)."""
    return CaseState(case.database.read(), until)


def _recent(texts: list[str]) -> list[str]:
    last = list(dict.fromkeys(reversed(texts)))[:MOST_REASONS]
    return [text for text in dict.fromkeys(texts) if text in last]
