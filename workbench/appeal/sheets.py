"""What stands in each sheet of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from workbench.appeal.about import about_rows
from workbench.appeal.labels import presence_labels, result_label
from workbench.appeal.matter import Matter
from workbench.appeal.sheet import Sheet
from workbench.known_answer import kind_word, level_word
from workbench.language import Say, assessment_word, decision_word, words
from workbench.rows import each

__all__ = [
    "about_sheet",
    "decisions_sheet",
    "detectors_sheet",
    "groups_sheet",
    "known_answer_sheet",
    "orders_sheet",
    "papers_sheet",
    "sources_sheet",
    "tests_sheet",
]

_MANY = 50


def about_sheet(matter: Matter) -> Sheet:
    """What the workbook is and how to read it, in both languages."""
    return Sheet("About", (("about_zh", "long"), ("about_en", "long")), about_rows(matter))


def groups_sheet(matter: Matter) -> Sheet:
    """One row per group, those of the orders at issue first."""
    zh, en = _both()
    columns = [("group_id", "id"), ("assessment", "text"), ("size", "number")]
    columns += [("orders_at_issue", "number"), ("decision", "text"), ("reason", "long")]
    columns += [("window_start", "time"), ("window_end", "time"), ("detectors", "text")]
    columns += [("families", "text"), ("statistic", "text"), ("observed", "figure")]
    columns += [("expected", "figure"), ("p_value", "small"), ("q_value", "small")]
    columns += [("sentence_zh", "long"), ("sentence_en", "long"), ("order_ids", "long")]
    rows = (
        (
            g.group_id,
            _pair(assessment_word(zh, g.assessment), assessment_word(en, g.assessment)),
            g.size,
            g.at_issue,
            _pair(decision_word(zh, g.decision), decision_word(en, g.decision)),
            g.reason,
            g.window_start,
            g.window_end,
            ", ".join(g.detectors),
            ", ".join(g.families),
            g.statistic,
            g.observed,
            g.expected,
            g.p_value,
            g.q_value,
            g.sentence_zh,
            g.sentence_en,
            _listed(g.order_ids),
        )
        for g in each(matter.groups)
    )
    return Sheet("Groups", columns, rows)


def orders_sheet(
    matter: Matter, line_columns: Sequence[tuple[str, str]], lines: Iterable[pd.DataFrame]
) -> Sheet:
    """One row per line of every order at issue; orders that the data lack come last.

    Each of `lines` has order_id, then the columns of `line_columns` (name and kind).
    """
    columns = [("order_id", "id"), ("in_notice", "text"), ("assessment", "text")]
    columns += [("score", "number"), ("q_value", "small"), ("group_id", "id")]
    columns += [("decision", "text"), ("evidence", "text"), *line_columns]
    columns += [("reason", "long"), ("reasons_zh", "long"), ("reasons_en", "long")]
    return Sheet("Orders", columns, _order_rows(matter, len(line_columns), lines))


def _order_rows(
    matter: Matter, width: int, lines: Iterable[pd.DataFrame]
) -> Iterator[tuple[object, ...]]:
    told = {order.order_id: order for order in each(matter.orders)}
    zh, en = _both()
    for frame in lines:
        filled = frame.astype(object).where(frame.notna(), None)
        for order_id, *line in filled.itertuples(index=False, name=None):
            order = told[order_id]
            yield (*_standing(order, zh, en), *line, *_words(order))
    for order in told.values():
        if not order.in_data:
            yield (*_standing(order, zh, en), *([None] * width), *_words(order))


def _standing(order: Any, zh: Say, en: Say) -> tuple[object, ...]:
    here_zh, here_en = presence_labels(zh), presence_labels(en)
    return (
        order.order_id,
        _pair(here_zh["named"], here_en["named"]) if order.named else "",
        _pair(assessment_word(zh, order.assessment), assessment_word(en, order.assessment))
        if order.in_data
        else _pair(here_zh["absent"], here_en["absent"]),
        order.score,
        order.q_value,
        order.group_id if isinstance(order.group_id, str) else None,
        _pair(decision_word(zh, order.decision), decision_word(en, order.decision)),
        ", ".join(str(number) for number in order.exhibits),
    )


def _words(order: Any) -> tuple[str, str, str]:
    zh, en = ("\n".join(reason[one] for reason in order.reasons) for one in ("zh", "en"))
    return order.reason, zh, en


def tests_sheet(matter: Matter) -> Sheet:
    """One row per test of an innocent explanation."""
    zh, en = _both()
    columns = [("group_id", "id"), ("explanation", "text"), ("result", "text")]
    columns += [("explanation_zh", "long"), ("explanation_en", "long")]
    rows = (
        (
            group.group_id,
            test["test"],
            _pair(result_label(test["result"], zh), result_label(test["result"], en)),
            test["zh"],
            test["en"],
        )
        for group in each(matter.groups)
        for test in group.explanation_tests
    )
    return Sheet("Tests", columns, rows)


def papers_sheet(matter: Matter) -> Sheet:
    """One row per paper that would settle a group."""
    columns = [("group_id", "id"), ("code", "text"), ("paper_zh", "long"), ("paper_en", "long")]
    columns += [("who_zh", "long"), ("who_en", "long")]
    rows = (
        (group.group_id, *(paper[name] for name in ("code", "zh", "en", "who_zh", "who_en")))
        for group in each(matter.groups)
        for paper in group.missing_evidence
    )
    return Sheet("Papers", columns, rows)


def decisions_sheet(matter: Matter) -> Sheet:
    """One row per decision that stands."""
    zh, en = _both()
    number = dict(zip(matter.exhibits["sha256"], matter.exhibits["number"], strict=True))
    columns = [("subject", "text"), ("subject_id", "id"), ("decision", "text")]
    columns += [("reason", "long"), ("who", "text"), ("decided_at", "time")]
    columns += [("evidence", "text"), ("order_count", "number"), ("order_ids", "long")]
    rows = (
        (
            _pair(_kind(d.subject, zh), _kind(d.subject, en)),
            d.subject_id,
            _pair(decision_word(zh, d.decision), decision_word(en, d.decision)),
            d.reason,
            d.who,
            d.at,
            ", ".join(str(number[sha]) for sha in d.evidence if sha in number),
            len(d.order_ids),
            _listed(d.order_ids),
        )
        for d in each(matter.decisions)
    )
    return Sheet("Decisions", columns, rows)


def detectors_sheet(matter: Matter) -> Sheet:
    """One row per detector, also of those that could not run."""
    columns = [("detector", "text"), ("state", "text"), ("groups", "number"), ("needs", "long")]
    if "shop" in matter.detectors:
        columns.insert(0, ("shop", "text"))
    frame = matter.detectors.reindex(columns=[name for name, _ in columns])
    return Sheet("Detectors", columns, frame.itertuples(index=False, name=None))


def known_answer_sheet(answers: pd.DataFrame) -> Sheet:
    """One row per kind and level of made-up brushing that was planted into copies of the case."""
    columns = [("planted_kind", "text"), ("level", "text"), ("rings", "number")]
    columns += [("planted", "number"), ("found_evidence", "number"), ("found", "number")]
    columns += [("recall", "figure"), ("low", "figure"), ("high", "figure")]
    columns += [("false_evidence", "number"), ("false_marked", "number"), ("absent", "long")]
    if answers["shop"].nunique() > 1:
        columns.insert(0, ("shop", "text"))
    named = answers.assign(
        planted_kind=[_pair(kind_word("zh", k), kind_word("en", k)) for k in answers["kind"]],
        level=[_pair(level_word("zh", k), level_word("en", k)) for k in answers["level"]],
        found_evidence=answers["evidence"],
        found=answers["marked"],
    )
    frame = named.reindex(columns=[name for name, _ in columns]).astype(object)
    frame = frame.where(frame.notna(), None)
    return Sheet("KnownAnswers", columns, frame.itertuples(index=False, name=None))


def sources_sheet(origins: pd.DataFrame) -> Sheet:
    """One row per original file."""
    columns = [("table", "text"), ("file", "long"), ("sha256", "id"), ("rows_read", "number")]
    columns += [("rows_loaded", "number"), ("rows_quarantined", "number")]
    frame = origins[[name for name, _ in columns]].astype(object)
    frame = frame.where(frame.notna(), None)
    return Sheet("Sources", columns, frame.itertuples(index=False, name=None))


def _both() -> tuple[Say, Say]:
    return words("appeal", "zh"), words("appeal", "en")


def _pair(zh: str, en: str) -> str:
    return f"{zh} / {en}"


def _kind(kind: str, say: Say) -> str:
    return {"order": say("Order"), "group": say("Group")}[kind]


def _listed(ids: list[str]) -> str:
    more = f" … (+{len(ids) - _MANY})" if len(ids) > _MANY else ""
    return ", ".join(ids[:_MANY]) + more
