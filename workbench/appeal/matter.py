"""What a letter and a workbook tell of: the orders at issue, their groups, decisions, evidence."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.appeal.matter_rows import (
    corrective_rows,
    exhibit_rows,
    group_rows,
    local,
    order_rows,
    proven,
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
from workbench.procedure import ladder, procedural_checks, record_clocks
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["Matter", "gather"]

# Ids and hashes of the notice: to look for contacts in them would only damage them.
_NO_TEXT = ("notice_id", "order_ids", "sha256", "confirmed")


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
    `submissions`: the appeals that were sent, and the answers (local time). `checks`, `ladder` and
    `clocks` (of records) are those of `workbench.procedure`. `sentences` holds what they say (see
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
    clocks: pd.DataFrame
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
    notice = next(iter(notices(tables, case)), None)
    orders = order_rows(case, assessment, notice.order_ids if notice else ())
    conceal = concealer(tables, orders["order_id"].tolist(), masker)
    exhibits = exhibit_rows(case, conceal)
    orders = proven(case, orders, exhibits)
    orders["reason"] = orders["reason"].map(conceal)
    decided = decisions(case)
    decided = decided.assign(
        reason=decided["reason"].map(conceal), at=local(decided["at"], case.zone)
    )
    origins = sources(case, conceal)
    sent = submission_rows(case, conceal)
    groups = group_rows(assessment, set(_contested(orders)["order_id"]), decided)
    return Matter(
        shop=conceal(case.shop),
        platform=case.platform,
        currency=case.currency,
        now=case.now(),
        notice=notice and _told(notice, sent, conceal),
        orders=orders,
        groups=groups,
        decisions=decided,
        exhibits=exhibits,
        detectors=assessment.detectors,
        screened=len(assessment.orders),
        origins=origins.assign(number=range(1, len(origins) + 1)),
        corrective=corrective_rows(case, conceal),
        submissions=sent,
        known_answers=read_known_answers(case.results_dir, case.tables_dir),
        masker=masker,
        conceal=conceal,
        **_happened(case, tables, _contested(orders), notice, conceal),
    )


def _happened(
    case: Case, tables: Tables, orders: pd.DataFrame, notice: Notice | None, conceal: Conceal
) -> dict[str, Any]:
    """The chronology of these orders, what the checks say of the procedure, and what comes next."""
    checks = procedure_rows(procedural_checks(notice, case, tables), conceal)
    steps = procedure_rows(ladder(notice, case), conceal)
    clocks = record_clocks(case, tables, tuple(orders["order_id"]))
    moments = chronology_rows(case, tables, orders, notice, conceal)
    short = timeline_rows(moments)
    said = [*procedure_sentences(checks, steps, clocks), *timeline_sentences(short)]
    return {
        "checks": checks,
        "ladder": steps,
        "clocks": clocks,
        "chronology": moments,
        "timeline": short,
        "sentences": sentence_table(said),
    }


def _told(notice: Notice, sent: pd.DataFrame, conceal: Conceal) -> Notice:
    """The notice fit to be handed over, with the attempts that were made since it came."""
    told: dict[str, Any] = {}
    for field in fields(notice):
        value = getattr(notice, field.name)
        if field.name in _NO_TEXT:
            continue
        if isinstance(value, str):
            told[field.name] = conceal(value)
        elif isinstance(value, tuple):
            told[field.name] = tuple(conceal(str(one)) for one in value)
    return replace(notice, **told, attempts_used=attempts_used(notice.attempts_used, sent))


def _contested(orders: pd.DataFrame) -> pd.DataFrame:
    if not orders["named"].any():
        return orders
    return orders[orders["named"] | orders["decision"].ne("")]
