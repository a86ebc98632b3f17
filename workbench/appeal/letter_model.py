"""What the letter says, as plain data: one dictionary per language for every kind of paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from workbench.appeal.labels import letter_labels
from workbench.appeal.letter_evidence import concessions, corrective, exhibits
from workbench.appeal.letter_figures import figure_rows, source_rows, told_figures
from workbench.appeal.letter_groups import group_rows, groups_cut, unknown_rows
from workbench.appeal.letter_head import header
from workbench.appeal.letter_orders import order_rows, orders_cut, undecided
from workbench.appeal.letter_procedure import clocks, flaws, guard, ladder, procedure, provisions
from workbench.appeal.letter_statements import position, request
from workbench.appeal.matter import Matter
from workbench.appeal.sentences import LetterFigures
from workbench.appeal.timeline import timeline, timeline_cut
from workbench.explain import Assessment
from workbench.language import LANGUAGES, words
from workbench.tables import Tables

__all__ = ["letter_figures", "letter_model"]

Row = dict[str, Any]


def letter_model(
    matter: Matter,
    figures: LetterFigures,
    language: str,
    *,
    lacking: Sequence[str] = (),
    charts: Collection[str] = (),
) -> Row:
    """Everything that the templates of the letter have a place for.

    `figures` counts what is told, once for both languages; `lacking` are sentences on what keeps
    the letter a draft; `charts` the names of the pictures that are there (`chart_name` says what
    that of a group is called).

    Keys: language, label (fixed words), footer, header (name and value); sentences: lacking,
    request, position, procedure, guard, clocks; rows: groups, orders, timeline, exhibits,
    concessions, corrective, unknown, checks, provisions, ladder, figures, sources; single texts,
    or "": groups_cut, cut, undecided, timeline_cut, corrective_none. Texts are plain but for the
    links of `workbench.appeal.render.links`: each figure leads to its row in `figures`, each
    exhibit, group and source to its own.
    """
    say = words("appeal", language)
    steps, none = corrective(matter, say)
    model = {
        "language": language,
        "label": letter_labels(say),
        "footer": _footer(matter, say),
        "lacking": list(lacking),
        "header": header(matter, figures, say),
        "request": request(matter, figures, say),
        "position": position(matter, figures, say),
        "groups": group_rows(matter, figures, language, charts),
        "groups_cut": groups_cut(matter, say),
        "orders": order_rows(matter, figures, language),
        "cut": orders_cut(matter, figures, say),
        "undecided": undecided(matter, figures, say),
        "timeline": timeline(matter, figures, language),
        "timeline_cut": timeline_cut(matter, say),
        "exhibits": exhibits(matter, language),
        "concessions": concessions(matter, figures, say),
        "corrective": steps,
        "corrective_none": none,
        "unknown": unknown_rows(matter, figures, language),
        "procedure": procedure(matter, figures, say),
        "checks": flaws(matter, figures, language, say),
        "guard": guard(matter, language, say),
        "provisions": provisions(matter, language, say),
        "ladder": ladder(matter, figures, language, say),
        "clocks": clocks(matter, figures, language),
    }
    return model | {
        "figures": figure_rows(matter, figures, language, told_figures(model)),
        "sources": source_rows(matter, say),
    }


def letter_figures(matter: Matter, tables: Tables, assessment: Assessment) -> LetterFigures:
    """The figures of the letter in both languages, counted, without writing the letter."""
    figures = LetterFigures(matter, tables, assessment)
    for language in LANGUAGES:
        letter_model(matter, figures, language)
    return figures


def _footer(matter: Matter, say: Any) -> str:
    notice = matter.notice and matter.notice.notice_id
    parts = [say("Appeal"), matter.shop, notice and say("Notice {id}", id=notice)]
    return " · ".join(part for part in parts if part)
