"""All that is known of the picked group."""

from __future__ import annotations

import json
from typing import Any

import ipywidgets
import pandas as pd
import traitlets

from workbench.case import Case, evidence_files
from workbench.charts.group_waterfall import group_waterfall_chart, group_waterfall_data
from workbench.charts.theme import CONFIG
from workbench.element import tag
from workbench.explain import Assessment
from workbench.language import words
from workbench.tables import Tables
from workbench.widgets.address_spellings import address_spellings
from workbench.widgets.group_orders import group_orders, member_ids
from workbench.widgets.group_text import (
    group_head,
    group_papers,
    group_readings,
    group_sides,
    orders_html,
    sides,
    spellings_html,
)
from workbench.widgets.markup import page
from workbench.widgets.told import Told
from workbench.widgets.wording import result_words

__all__ = ["GroupView"]

_PLOTLY = "application/vnd.plotly.v1+json"


class GroupView(Told):
    """A group's sentence, how it was weighed, what speaks for and against it, and its orders.

    Set `group_id` to show another group. The orders are unmasked: this is the analyst's view.
    """

    group_id = traitlets.Unicode("")

    def __init__(
        self, case: Case, assessment: Assessment, tables: Tables, language: str | None = None
    ) -> None:
        self._language = language or case.language
        self._say = words("widgets", self._language)
        self._case, self._assessment, self._tables = case, assessment, tables
        self.text = ipywidgets.HTML()
        self.papers = ipywidgets.HTML()
        # An Output shows a plain figure without the megabytes that a FigureWidget brings along.
        self.waterfall = ipywidgets.Output()
        self.orders = ipywidgets.HTML()
        super().__init__([self.text, self.waterfall, self.papers, self.orders])
        self.observe(lambda change: self._show(), "group_id")
        self._show()

    def refresh(self) -> None:
        """Read again which papers are attached."""
        group = self._group()
        if group is None:
            self.papers.value = ""
            return
        files = evidence_files(self._case)
        own = {group["group_id"], *member_ids(self._assessment, group["group_id"])}
        attached = set(files.loc[files["subject_id"].isin(own), "codes"].explode())
        self.papers.value = page(group_papers(group, attached, self._say, self._language))

    @property
    def rows(self) -> pd.DataFrame:
        """The order lines of the group as `group_orders` gives them, to go on working with."""
        members = member_ids(self._assessment, self.group_id)
        return group_orders(self._tables, members, self._case.tables_dir)

    def told(self) -> str:
        """The sentence, and both sides."""
        say = self._say
        group = self._group()
        if group is None:
            return say("No group is picked yet.")
        lines = [group["group_id"], group[f"sentence_{self._language}"]]
        both = sides(group, self._say, self._language)
        for result, heading in result_words(self._say).items():
            lines += ["", heading, *(f"- {text}" for text in both[result] or ["–"])]
        return "\n".join(lines)

    def _group(self) -> dict[Any, Any] | None:
        groups = self._assessment.groups
        found = groups[groups["group_id"] == self.group_id]
        return found.iloc[0].to_dict() if len(found) else None

    def _show(self) -> None:
        group, say = self._group(), self._say
        self.refresh()
        if group is None:
            self.text.value = page(tag("p", say("No group is picked yet."), class_="wb-quiet"))
            self.waterfall.outputs, self.orders.value = (), ""
            return
        self.text.value = page(
            group_head(group, say, self._language),
            group_sides(group, say, self._language),
            group_readings(group, say, self._language),
        )
        self.waterfall.outputs = (self._figure(group["group_id"]),)
        orders = self.rows
        spellings = address_spellings(orders) if "address_variants" in group["detectors"] else []
        self.orders.value = page(
            spellings_html(spellings, say), orders_html(orders, say, self._language)
        )

    def _figure(self, group_id: str) -> dict[str, Any]:
        rows = group_waterfall_data(self._assessment.groups, group_id)
        figure = json.loads(group_waterfall_chart(rows, self._language).to_json())
        bundle = {_PLOTLY: {**figure, "config": dict(CONFIG)}}
        return {"output_type": "display_data", "data": bundle, "metadata": {}}
