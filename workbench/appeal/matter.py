"""What a letter and a workbook tell of: the orders at issue, their groups, decisions, evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.appeal.matter_rows import (
    corrective_rows,
    exhibit_rows,
    exhibits_of,
    group_rows,
    local,
    order_rows,
    strength_rows,
    submission_rows,
)
from workbench.appeal.privacy import Conceal, concealer
from workbench.appeal.procedure_rows import procedure_rows, procedure_sentences
from workbench.appeal.sentences import sentence_table
from workbench.appeal.sources import sources
from workbench.appeal.timeline_rows import (
    chronology_rows,
    timeline_rows,
    timeline_sentences,
)
from workbench.case import Case, Masker, decisions
from workbench.case.submissions import attempts_used
from workbench.known_answer import read_known_answers
from workbench.notice import Notice, notices
from workbench.procedure import ladder, procedural_checks
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["Matter", "gather"]


@dataclass(frozen=True)
class Matter:
    """All that is told of a case, fit to be handed over (free texts already without contacts).

    `orders`, one row per order at issue, sorted: order_id, named (by the notice), in_data,
    assessment, score, q_value, group_id, reasons (list of {zh, en}), decision ("" where nobody
    decided), reason, decided_by (order | group | ""), exhibits (list of numbers), strength (none |
    weak | enough | strong).
    `groups`, those of the assessment, the groups that matter to the orders at issue first:
    its columns with JSON read, and order_ids, at_issue (how many of them), decision, reason, who
    and at (of the decision).
    `decisions` as `workbench.case.decisions` gives them; `at` is the shop's local time.
    `exhibits`, one row per evidence file: number, sha256, name, size, code, note, origin,
    supplier, captured_at, copy, system, subjects (list of (kind, id)), who, at (local time), path.
    `chronology`: every recorded moment of the orders that the letter is about (see
    `workbench.procedure`); `timeline`: the same in a few rows.
    `screened` counts all orders that were screened.
    `origins`, the original files: number and the columns of `sources`.
    `corrective`: answer, text, who, at (local time).
    `submissions`: the appeals that were sent, and the answers (local time). `checks` and `ladder`
    are those of `workbench.procedure`. `sentences` holds what they say (see
    `workbench.appeal.sentences.sentence_table`).
    `known_answers` is what planting made-up brushing into copies of the case showed, None where
    nobody has done so with these data.
    """

    shop: str
    platform: str
    currency: str
    now: datetime
    notice: Notice | None
    orders: pd.DataFrame
    groups: pd.DataFrame
    decisions: pd.DataFrame
    exhibits: pd.DataFrame
    detectors: pd.DataFrame
    screened: int
    origins: pd.DataFrame
    chronology: pd.DataFrame
    timeline: pd.DataFrame
    corrective: pd.DataFrame
    submissions: pd.DataFrame
    checks: pd.DataFrame
    ladder: pd.DataFrame
    sentences: pd.DataFrame
    known_answers: pd.DataFrame | None
    masker: Masker | None
    conceal: Conceal

    @property
    def contested(self) -> pd.DataFrame:
        """The orders a letter is about: those the notice names and those somebody decided.

        Where the notice names none, all orders at issue.
        """
        return _contested(self.orders)


def gather(
    case: Case, tables: Tables, assessment: Assessment, masker: Masker | None = None
) -> Matter:
    """Bring together what is known, decided and proven in a case.

    At issue are the orders that the newest notice names, those that somebody decided or gave
    evidence for, and those that the screening does not clear. With a `masker` free texts are
    made fit to be handed over.
    """
    notice = next(iter(notices(tables)), None)
    orders = order_rows(case, assessment, notice.order_ids if notice else ())
    conceal = concealer(tables, orders["order_id"].tolist(), masker)
    exhibits = exhibit_rows(case, conceal)
    strength = strength_rows(case, orders)
    orders["exhibits"] = exhibits_of(orders, strength, exhibits)
    for name in ("systems", "independent", "neutral", "original", "lacking"):
        orders[name] = strength[name].array
    orders["strength"] = strength["level"].array
    orders["reason"] = orders["reason"].map(conceal)
    decided = decisions(case)
    decided = decided.assign(
        reason=decided["reason"].map(conceal), at=local(decided["at"], case.zone)
    )
    origins = sources(case, conceal)
    sent = submission_rows(case, conceal)
    if notice is not None:
        notice = _told(notice, conceal)
        used = attempts_used(notice.attempts_used, sent)
        notice = replace(notice, attempts_used=used)
    checks = procedure_rows(procedural_checks(notice, case, tables), conceal)
    steps = procedure_rows(ladder(notice, case), conceal)
    moments = chronology_rows(
        case,
        tables,
        _contested(orders)["order_id"].tolist(),
        dict(assessment.orders.dropna(subset="group_id")[["order_id", "group_id"]].to_numpy()),
        notice,
        conceal,
    )
    short = timeline_rows(moments)
    return Matter(
        shop=conceal(case.shop),
        platform=case.platform,
        currency=case.currency,
        now=case.now(),
        notice=notice,
        orders=orders,
        groups=group_rows(assessment, set(_contested(orders)["order_id"]), decided),
        decisions=decided,
        exhibits=exhibits,
        detectors=assessment.detectors,
        screened=len(assessment.orders),
        origins=origins.assign(number=range(1, len(origins) + 1)),
        chronology=moments,
        timeline=short,
        corrective=corrective_rows(case, conceal),
        submissions=sent,
        checks=checks,
        ladder=steps,
        sentences=sentence_table([*procedure_sentences(checks, steps), *timeline_sentences(short)]),
        known_answers=read_known_answers(case.results_dir, case.tables_dir),
        masker=masker,
        conceal=conceal,
    )


def _told(notice: Notice, conceal: Conceal) -> Notice:
    """The notice with its free texts fit to be handed over."""
    names = ("platform", "violation", "rule_clause", "measure")
    texts: dict[str, Any] = {
        name: conceal(text) for name in names if (text := getattr(notice, name))
    }
    return replace(notice, **texts)


def _contested(orders: pd.DataFrame) -> pd.DataFrame:
    if not orders["named"].any():
        return orders
    return orders[orders["named"] | orders["decision"].ne("")]
