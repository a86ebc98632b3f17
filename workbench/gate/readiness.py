"""Every check of the gate, on one case: whether an attempt may be spent on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.appeal import Matter, gather
from workbench.case import Case, order_decisions, read_evidence, standing_events
from workbench.case.answers import answers
from workbench.case.sign_off import sign_offs
from workbench.case.submissions import attempts_used, submissions
from workbench.gate.agreement import agreement, all_agree
from workbench.gate.at_issue import all_decided, all_present
from workbench.gate.definition import CHECKS
from workbench.gate.flows import flows, flows_known
from workbench.gate.handed_over import files_kept, personal_data, plan_made, second_reader
from workbench.gate.hits import hits, hits_read
from workbench.gate.kept import changed_files, kept_submissions
from workbench.gate.letter_diff import diff_to_last, letter_words, was_rejected
from workbench.gate.limits import platform_limits
from workbench.gate.money_explained import money_explained
from workbench.gate.not_resent import not_resent
from workbench.gate.notice_known import notice_known, rule_archived
from workbench.gate.own_letter import letters_now
from workbench.gate.parcel_times import parcel_rows, parcels_plausible
from workbench.gate.pictures_fit import picture_rows, pictures_fit
from workbench.gate.proven import all_proven
from workbench.gate.sending import fits
from workbench.gate.stock_cover import stock_balances, stock_covers
from workbench.gate.stories_told import offered, stories_told
from workbench.gate.together import together_explained
from workbench.gate.verdict import PASSED, Known, Question, Verdict
from workbench.gate.wanted_rows import rows_of, rows_with
from workbench.language import LANGUAGES, words
from workbench.notice import Notice
from workbench.procedure import rule_versions
from workbench.proof import evidence_table, order_strength
from workbench.proof.files_to_send import requirements
from workbench.proof.smallest_set import smallest_set
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["checks", "lacking", "may_send", "refusing"]

# The gate is looked at often: a set that is not proven to be the smallest is good enough here.
_SOLVER_SECONDS = 10.0
_ORDER_COLUMNS = (
    "tracking_no", "buyer_name", "phone", "address", "sku", "city", "carrier", "paid_amount",
    "quantity",
)  # fmt: skip
_SLIP_COLUMNS = (
    "tracking_no", "consignee", "phone", "address", "sku", "receiver_city", "carrier",
)  # fmt: skip


def checks(
    case: Case,
    tables: Tables,
    assessment: Assessment,
    *,
    matter: Matter | None = None,
    masked: bool = True,
) -> pd.DataFrame:
    """One row per check, in their order.

    Columns: check (number), title_zh, title_en, blocking, kind, state (passed | failed |
    needs_answer), zh and en (what was found), do_zh and do_en (what to do), causes (of rejection
    that it prevents), orders (ids that are meant), questions (list of dictionaries: code,
    subject, subject_id, zh, en, quote, orders, worded, state, and the answer that stands: answer,
    text, who).

    `matter` is what the letter tells of, without concealment; `masked` says how the pack is made.
    The letter is written only where there is one that was rejected, to hold it against. Quotes
    and questions may hold personal data: they are for the analyst's screen.
    """
    known = Known(answers(case))
    matter = matter or gather(case, tables, assessment, None)
    verdicts = _verdicts(case, tables, assessment, matter, known, masked=masked)
    return pd.DataFrame([_row(number, verdicts[number], known) for number in CHECKS])


def may_send(frame: pd.DataFrame) -> bool:
    """Whether nothing holds the appeal back: every blocking check has passed."""
    return refusing(frame).empty


def refusing(frame: pd.DataFrame) -> pd.DataFrame:
    """The blocking checks that have not passed."""
    return frame[frame["blocking"] & frame["state"].ne(PASSED)]


def lacking(frame: pd.DataFrame, language: str) -> list[str]:
    """What holds the appeal back, a sentence or two per check; [] when nothing does."""
    return [str(row[language]) for row in refusing(frame).to_dict("records")]


def _verdicts(
    case: Case,
    tables: Tables,
    assessment: Assessment,
    matter: Matter,
    known: Known,
    *,
    masked: bool,
) -> dict[int, Verdict]:
    contested = matter.contested
    defended = contested.loc[contested["decision"].eq("defend"), "order_id"].tolist()
    argued = contested.loc[contested["decision"].ne("concede"), "order_id"].tolist()
    sent, files = submissions(case), evidence_table(case)
    own = order_decisions(case)
    decided = dict(zip(own["order_id"].astype(str), own["at"], strict=True))
    members = dict(zip(matter.groups["group_id"], matter.groups["order_ids"], strict=True))
    strength = order_strength(case, defended, members=members)
    notice, (limits, confirmed) = matter.notice, platform_limits(case, matter.notice)
    sources, changed = changed_files(case, files["sha256"].tolist())
    pictures = picture_rows(
        _of_argued(files, argued, members),
        lambda sha: read_evidence(case, sha),
        least_pixels=CHECKS[9].least_pixels,
        max_bytes=limits.file_bytes,
    )
    papers = {code for codes in files["codes"] for code in codes}
    letters = letters_now(case, tables, assessment, masked=masked) if was_rejected(sent) else {}
    return {
        1: notice_known(notice, sent, matter.now),
        2: rule_archived(
            files, rule_versions(case), _span(tables, contested["order_id"].tolist()), known
        ),
        3: all_present(matter.orders, known, notice.orders_stated if notice else None),
        4: all_proven(defended, strength),
        5: all_agree(defended, _compared(tables, defended), known, decided),
        6: parcels_plausible(defended, parcel_rows(tables, defended), known, decided),
        7: money_explained(defended, flows(tables, defended), flows_known(tables), known),
        8: hits_read(hits(tables, argued), defended, known),
        9: pictures_fit(pictures, known),
        10: together_explained(
            defended, _defended_members(members, defended), files, CHECKS[10].codes, known
        ),
        11: stock_covers(defended, stock_balances(tables, defended), known),
        12: all_decided(contested),
        13: personal_data(masked, _unmasked(case), known),
        14: files_kept(files["sha256"].nunique(), sources, changed),
        15: second_reader(sign_offs(case), sent, kept_submissions(case)),
        16: plan_made(known),
        17: stories_told(offered(case, papers), _platform(case, notice), known),
        18: _resent(case, matter, sent, files, known, letters),
        19: fits(
            defended,
            smallest_set(requirements(case, defended, members), limits, seconds=_SOLVER_SECONDS),
            limits,
            known,
            confirmed=confirmed,
        ),
    }


def _row(number: int, verdict: Verdict, known: Known) -> dict[str, Any]:
    check = CHECKS[number]
    told: dict[str, Any] = {one: _sentence(verdict, one) for one in LANGUAGES}
    return {
        "check": number,
        **{f"title_{one}": getattr(check, one) for one in LANGUAGES},
        "blocking": check.blocking,
        "kind": check.kind,
        "state": verdict.state,
        **told,
        **{f"do_{one}": getattr(check, f"do_{one}") for one in LANGUAGES},
        "causes": list(check.causes),
        "orders": list(verdict.orders),
        "questions": [_asked(one, known) for one in verdict.questions],
    }


def _sentence(verdict: Verdict, language: str) -> str:
    say = words("gate", language)
    parts = [one(say) if callable(one) else one[language] for one in verdict.told]
    return ("" if language == "zh" else " ").join(parts)


def _asked(question: Question, known: Known) -> dict[str, Any]:
    given = known.to(question)
    return {
        **{name: getattr(question, name) for name in ("code", "subject", "subject_id", "quote")},
        **{language: question.ask(words("gate", language)) for language in LANGUAGES},
        "orders": list(question.orders),
        "worded": question.worded,
        "state": known.state(question),
        **{name: getattr(given, name) if given else "" for name in ("answer", "text", "who")},
    }


def _of_argued(
    files: pd.DataFrame, argued: Sequence[str], members: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """The pieces of evidence that speak for an order that is not conceded, or for the case."""
    wanted = set(argued)
    groups = {group for group, orders in members.items() if wanted & set(orders)}
    kept = [
        any(
            kind == "case" or one in (wanted if kind == "order" else groups)
            for kind, one in subjects
        )
        for subjects in files["subjects"]
    ]
    return files[pd.Series(kept, files.index, dtype=bool)]


def _defended_members(
    members: Mapping[str, Sequence[str]], defended: Sequence[str]
) -> dict[str, list[str]]:
    wanted = set(defended)
    own = {group: [one for one in orders if one in wanted] for group, orders in members.items()}
    return {group: orders for group, orders in own.items() if orders}


def _compared(tables: Tables, defended: Sequence[str]) -> pd.DataFrame:
    orders = rows_of(tables, "orders", defended, _ORDER_COLUMNS)
    assert orders is not None  # every case has orders  # noqa: S101
    by_order = rows_of(tables, "shipments", defended, _SLIP_COLUMNS)
    if by_order is None and "tracking_no" in orders:
        # The list of parcels names no orders: their waybills do.
        numbers = orders[["order_id", "tracking_no"]].dropna().drop_duplicates()
        slips = rows_with(
            tables, "shipments", "tracking_no", numbers["tracking_no"].tolist(), _SLIP_COLUMNS
        )
        by_order = None if slips is None else slips.merge(numbers, on="tracking_no")
    paid = rows_of(tables, "payments", defended, ("direction", "amount"))
    lines = rows_of(tables, "order_lines", defended, ("sku", "quantity"))
    return agreement(orders, by_order, paid, lines)


def _span(tables: Tables, order_ids: Sequence[str]) -> tuple[Any, Any] | None:
    rows = rows_of(tables, "orders", order_ids, ["created_at"])
    at = rows["created_at"].dropna() if rows is not None and "created_at" in rows else None
    return None if at is None or at.empty else (at.min(), at.max())


def _unmasked(case: Case) -> list[str]:
    return [str(one.body["reason"]) for one in standing_events(case, "unmasked")]


def _platform(case: Case, notice: Notice | None) -> str:
    return case.platform or (notice and notice.platform) or ""


def _resent(
    case: Case,
    matter: Matter,
    sent: pd.DataFrame,
    files: pd.DataFrame,
    known: Known,
    letters: Mapping[str, Mapping[str, Any]],
) -> Verdict:
    decided = matter.contested[matter.contested["decision"].ne("")]
    told = letter_words(
        letters,
        files["sha256"].tolist(),
        dict(zip(decided["order_id"], decided["decision"], strict=True)),
    )
    spent = attempts_used(matter.notice.attempts_used if matter.notice else None, sent) or 0
    return not_resent(diff_to_last(case, sent, told), spent - len(sent), known)
