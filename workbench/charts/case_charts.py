"""Every chart of a case at once, for the pack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
from tqdm.auto import tqdm

from workbench.charts.account_links import account_links_data
from workbench.charts.chronology import (
    chronology_chart,
    chronology_data,
    chronology_table,
)
from workbench.charts.files import ChartFiles, write_charts
from workbench.charts.group_in_time import (
    group_in_time_chart,
    group_in_time_data,
    group_in_time_table,
)
from workbench.charts.group_marks import group_marks_data, group_marks_table
from workbench.charts.group_waterfall import (
    group_waterfall_chart,
    group_waterfall_data,
    group_waterfall_table,
)
from workbench.charts.hour_weekday import (
    hour_weekday_chart,
    hour_weekday_data,
    hour_weekday_table,
)
from workbench.charts.known_answer import (
    known_answer_chart,
    known_answer_data,
    known_answer_table,
)
from workbench.charts.linked_accounts import linked_accounts_chart, linked_accounts_table
from workbench.charts.orders_over_time import (
    orders_over_time_chart,
    orders_over_time_data,
)
from workbench.charts.overview import overview_chart, overview_data, overview_table
from workbench.charts.page import Drawn
from workbench.charts.repeat_buyers import (
    repeat_buyers_chart,
    repeat_buyers_data,
    repeat_buyers_table,
)
from workbench.language import LANGUAGES, words
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["case_charts", "case_figures"]

_WATERFALLS = 5
_OF_GROUP = "orders-of-{}"


def case_charts(
    tables: Tables,
    assessment: Assessment,
    language: str = "zh",
    *,
    answers: pd.DataFrame | None = None,
    groups: Sequence[str] = (),
    moments: pd.DataFrame | None = None,
    progress: bool = False,
) -> ChartFiles:
    """All charts of a case as files; they hold no name, phone, address or account of a buyer.

    Pages in every language, pictures in `language`. `answers` are those of the known-answer test,
    where it was done. `groups` are the groups that a letter tells of: the picture of each,
    `orders-of-<group>.<language>.png`, is there in every language. `moments` is the chronology
    of the orders at issue (`workbench.procedure.chronology`).
    """
    figures: dict[str, dict[str, Drawn]] = {
        each: case_figures(
            tables,
            assessment,
            each,
            answers=answers,
            groups=groups,
            moments=moments,
            progress=progress,
        )
        for each in LANGUAGES
    }
    titles: dict[str, str] = {}
    for each in LANGUAGES:
        say = words("charts", each)
        titles[each] = say("Charts of this case")
    of_groups = [_OF_GROUP.format(one) for one in groups]
    return write_charts(
        figures,
        language,
        titles=titles,
        pictures={each: figures[each] if each == language else of_groups for each in LANGUAGES},
    )


def case_figures(
    tables: Tables,
    assessment: Assessment,
    language: str = "zh",
    *,
    answers: pd.DataFrame | None = None,
    groups: Sequence[str] = (),
    moments: pd.DataFrame | None = None,
    progress: bool = False,
) -> dict[str, Drawn]:
    """Each chart of a case with the table that stands beside it, by name.

    `orders-of-<group>` shows each of `groups` among the orders of its days; `group-1` …
    `group-5` show how the most significant groups were weighed; `known-answer` and `chronology`
    are there where `answers` and `moments` are.
    """
    marked = group_marks_data(assessment)
    todo: dict[str, Callable[[], Drawn]] = {
        "overview": partial(_overview, tables, assessment, language),
        "orders-over-time": lambda: (
            orders_over_time_chart(orders_over_time_data(tables, assessment), marked, language),
            group_marks_table(marked, language),
        ),
        "hour-weekday": partial(_hour_weekday, tables, assessment, language),
        "repeat-buyers": partial(_repeat_buyers, tables, assessment, language),
        "linked-accounts": partial(_linked_accounts, tables, assessment, language),
    }
    timed = assessment.groups.dropna(subset=["window_start", "window_end"])
    for group_id in [one for one in groups if one in set(timed.group_id)]:
        name = _OF_GROUP.format(group_id)
        todo[name] = partial(_in_time, tables, assessment, group_id, language)
    for number, group_id in enumerate(marked.group_id.head(_WATERFALLS), start=1):
        todo[f"group-{number}"] = partial(_group, assessment, group_id, language)
    if moments is not None and len(moments):
        todo["chronology"] = partial(_chronology, moments, language)
    if answers is not None:
        todo["known-answer"] = partial(_known_answer, answers, language)
    steps = tqdm(todo.items(), desc="charts", disable=not progress, leave=False)
    return {name: draw() for name, draw in steps}


def _overview(tables: Tables, assessment: Assessment, language: str) -> Drawn:
    rows = overview_data(tables, assessment)
    return overview_chart(rows, language), overview_table(rows, language)


def _hour_weekday(tables: Tables, assessment: Assessment, language: str) -> Drawn:
    rows = hour_weekday_data(tables, assessment)
    return hour_weekday_chart(rows, language), hour_weekday_table(rows, language)


def _repeat_buyers(tables: Tables, assessment: Assessment, language: str) -> Drawn:
    rows = repeat_buyers_data(tables, assessment)
    return repeat_buyers_chart(rows, language), repeat_buyers_table(rows, language)


def _linked_accounts(tables: Tables, assessment: Assessment, language: str) -> Drawn:
    rows = account_links_data(tables, assessment)
    return linked_accounts_chart(rows, language), linked_accounts_table(rows, language)


def _chronology(moments: pd.DataFrame, language: str) -> Drawn:
    rows = chronology_data(moments)
    return chronology_chart(rows, language), chronology_table(rows, language)


def _known_answer(answers: pd.DataFrame, language: str) -> Drawn:
    rows = known_answer_data(answers)
    return known_answer_chart(rows, language), known_answer_table(rows, language)


def _in_time(tables: Tables, assessment: Assessment, group_id: str, language: str) -> Drawn:
    rows = group_in_time_data(tables, assessment, group_id)
    return group_in_time_chart(rows, language), group_in_time_table(rows, language)


def _group(assessment: Assessment, group_id: str, language: str) -> Drawn:
    rows = group_waterfall_data(assessment.groups, group_id)
    return group_waterfall_chart(rows, language), group_waterfall_table(rows, language)
