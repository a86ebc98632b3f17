"""How well each order of the picked group is proved, what is missing, and whom to ask."""

from __future__ import annotations

from typing import Any

import ipywidgets
import pandas as pd
import traitlets

from workbench.case import Case
from workbench.element import tag
from workbench.explain import Assessment
from workbench.language import words
from workbench.proof import (
    ASKED,
    Request,
    group_orders_of,
    missing_papers,
    order_strength,
    request_for,
    requests,
)
from workbench.tables import Tables
from workbench.widgets.copy_text import CopyText
from workbench.widgets.group_orders import member_ids
from workbench.widgets.markup import page
from workbench.widgets.proof_text import (
    asked_word,
    papers_html,
    proof_line,
    request_title,
    strength_html,
    strength_summary,
)
from workbench.widgets.told import Told

__all__ = ["OrderProof"]

_FIELD: dict[str, Any] = {
    "style": {"description_width": "140px"},
    "layout": {"width": "min(100%, 640px)"},
}


class OrderProof(Told):
    """Per order the strength of its evidence and what it lacks; below, a request ready to send.

    Set `group_id` to show another group, call `refresh` after something was attached. It writes
    nothing and sends nothing. `strength`, `missing` and `requests` hold what it shows.
    """

    group_id = traitlets.Unicode("")

    def __init__(
        self, case: Case, assessment: Assessment, tables: Tables, language: str | None = None
    ) -> None:
        self._language = language or case.language
        self._say = words("widgets", self._language)
        self._case, self._assessment, self._tables = case, assessment, tables
        self._members = group_orders_of(assessment)
        self.strength = self.missing = pd.DataFrame()
        self.requests: list[Request] = []
        self._make_fields()
        super().__init__([self.table, self.ask, self.which, self.wording, self.text])
        self.ask.observe(self._asked, "value")
        self.which.observe(self._chosen, "value")
        self.wording.observe(self._chosen, "value")
        self.observe(lambda change: self.refresh(), "group_id")
        self.refresh()

    def refresh(self) -> None:
        """Read again from the case what speaks for the orders."""
        orders = member_ids(self._assessment, self.group_id) if self.group_id else []
        self.strength = order_strength(self._case, orders, self._members)
        self.missing = missing_papers(self._case, self._tables, self._assessment, orders)
        self.table.value = page(*self._tables_shown()) if orders else self._nothing()
        self._offer()

    def told(self) -> str:
        """One line per order."""
        if not self.group_id:
            return self._say("No group is picked yet.")
        codes = self.missing.groupby("order_id")["code"].agg(list).to_dict()
        return "\n".join(
            proof_line(row, codes.get(row["order_id"], []), self._say, self._language)
            for row in self.strength.to_dict("records")
        )

    def _make_fields(self) -> None:
        say = self._say
        self.table, self.text = ipywidgets.HTML(), CopyText(say)
        self.ask = ipywidgets.Dropdown(description=say("Ask"), **_FIELD)
        self.which = ipywidgets.Dropdown(description=say("Request"), **_FIELD)
        self.wording = ipywidgets.Dropdown(
            options=[("中文", "zh"), ("English", "en")],
            value="zh",
            description=say("Wording"),
            **_FIELD,
        )

    def _nothing(self) -> str:
        return page(tag("p", self._say("No group is picked yet."), class_="wb-quiet"))

    def _tables_shown(self) -> list[object]:
        say, language = self._say, self._language
        return [
            tag("p", strength_summary(self.strength, say)),
            strength_html(self.strength, self.missing, say, language),
            papers_html(self.missing, say, language),
        ]

    def _offer(self) -> None:
        """Whom to ask, each with how many papers; the first who has one is picked.

        The places of the list stay: a page that picks one by its place while the list is drawn
        anew gets what it picked.
        """
        orders = list(self.strength["order_id"])
        count = self.missing.groupby("ask")["code"].nunique()
        options = [(asked_word(self._say, ask, int(count.get(ask, 0))), ask) for ask in ASKED]
        first = next((ask for ask in ASKED if ask in count), ASKED[0])
        _offer(self.ask, options if orders else [], self.ask.value or first)
        for field in (self.ask, self.which, self.wording):
            field.layout.display = None if orders else "none"
        self._asked()

    def _asked(self, change: object = None) -> None:
        """The requests to those who are picked: for what is missing, else for all they can give."""
        ask = self.ask.value
        if ask is None:
            self.requests = []
        else:
            wanted = self.missing[self.missing["ask"] == ask]
            orders = list(self.strength["order_id"])
            self.requests = (
                requests(self._case, self._tables, wanted)
                if len(wanted)
                else request_for(self._case, self._tables, ask, orders)
            )
        titles = [
            (request_title(one, self._say, self._language), at)
            for at, one in enumerate(self.requests)
        ]
        _offer(self.which, titles)
        self.which.layout.display = None if len(titles) > 1 else "none"
        self._chosen()

    def _chosen(self, change: object = None) -> None:
        at, wording = self.which.value, self.wording.value
        if at is None or at >= len(self.requests):
            self.text.heading = self.text.text = self.text.hint = ""
            return
        one, say = self.requests[at], self._say
        self.text.heading = one.subject_zh if wording == "zh" else one.subject_en
        body = one.zh if wording == "zh" else one.en
        self.text.text = body
        places = [place for place in one.to_fill if place in body]
        filled = say("Complete before sending: {places}", places=" ".join(places))
        self.text.hint = filled if places else ""


def _offer(field: ipywidgets.Dropdown, options: list[tuple[str, Any]], kept: object = None) -> None:
    """Let a field offer these, with what was picked before, else the first, picked."""
    field.options = options
    values = [value for _, value in options]
    first = values[0] if values else None
    field.value = kept if kept in values else first
