"""What a letter and a workbook tell of: the orders at issue, their groups, decisions, evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from workbench.appeal.notice import Notice, notices
from workbench.appeal.privacy import Conceal, concealer
from workbench.case import Case, Masker, decisions, evidence_files, order_decisions
from workbench.known_answer import read_known_answers
from workbench.rows import each
from workbench.tables import Tables

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = ["Matter", "gather"]

_LISTS = ("explanation_tests", "missing_evidence", "contributions")


@dataclass(frozen=True)
class Matter:
    """All that is told of a case, fit to be handed over (free texts already without contacts).

    `orders`, one row per order at issue, sorted: order_id, named (by the notice), in_data,
    assessment, score, q_value, group_id, reasons (list of {zh, en}), decision ("" where nobody
    decided), reason, exhibits (list of numbers).
    `groups`, those of the assessment, the groups that matter to the orders at issue first:
    its columns with JSON read, and order_ids, at_issue (how many of them), decision, reason.
    `decisions` as `workbench.case.decisions` gives them; `at` is the shop's local time.
    `exhibits`, one row per evidence file: number, sha256, name, size, code, note, subjects (list
    of (kind, id)), who, at (local time), path.
    `screened` counts all orders that were screened.
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
    orders = _orders(case, tables, assessment, notice)
    conceal = concealer(tables, orders["order_id"].tolist(), masker)
    exhibits = _exhibits(case, conceal)
    orders["exhibits"] = _exhibits_of(orders, exhibits)
    orders["reason"] = orders["reason"].map(conceal)
    decided = decisions(case)
    decided = decided.assign(
        reason=decided["reason"].map(conceal), at=_local(decided["at"], case.zone)
    )
    return Matter(
        shop=case.shop,
        platform=case.platform,
        currency=case.currency,
        now=case.now(),
        notice=notice,
        orders=orders,
        groups=_groups(assessment, orders, decided),
        decisions=decided,
        exhibits=exhibits,
        detectors=assessment.detectors,
        screened=len(assessment.orders),
        known_answers=read_known_answers(case.results_dir, case.tables_dir),
        masker=masker,
        conceal=conceal,
    )


def _orders(
    case: Case, tables: Tables, assessment: Assessment, notice: Notice | None
) -> pd.DataFrame:
    named = set(notice.order_ids if notice else ())
    decided = order_decisions(case).set_index("order_id")
    files = evidence_files(case)
    shown = set(files.loc[files["subject"] == "order", "subject_id"])
    flagged = assessment.orders[assessment.orders["assessment"] != "none"]
    wanted = sorted(named | shown | set(decided.index) | set(flagged["order_id"]))
    found = assessment.orders.set_index("order_id").reindex(wanted)
    frame = found[["assessment", "score", "q_value", "group_id"]].reset_index(names="order_id")
    frame["named"] = frame["order_id"].isin(named)
    frame["in_data"] = frame["order_id"].isin(set(assessment.orders["order_id"]))
    frame["reasons"] = _lists(found["reasons"]).array
    for name in ("decision", "reason"):
        frame[name] = frame["order_id"].map(decided[name]).astype(object).fillna("")
    frame["decided_by"] = frame["order_id"].map(decided["subject"]).astype(object).fillna("")
    cited = decided["evidence"].to_dict()
    frame["cited"] = [list(cited.get(one, [])) for one in frame["order_id"]]
    return frame


def _exhibits(case: Case, conceal: Conceal) -> pd.DataFrame:
    links = evidence_files(case)
    rows = []
    for number, (sha256, same) in enumerate(links.groupby("sha256", sort=False), start=1):
        first = same.iloc[0]
        notes = dict.fromkeys(note for note in same["note"] if note)
        rows.append(
            {
                "number": number,
                "sha256": sha256,
                "name": conceal(str(first["name"])),
                "size": int(first["size"]),
                "code": next((code for code in same["code"] if code), ""),
                "note": conceal("; ".join(notes)),
                "subjects": list(zip(same["subject"], same["subject_id"], strict=True)),
                "who": first["who"],
                "at": first["at"],
                "path": case.evidence_dir / str(sha256),
            }
        )
    columns = ["number", "sha256", "name", "size", "code", "note", "subjects", "who", "at", "path"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(at=_local(frame["at"], case.zone))


def _exhibits_of(orders: pd.DataFrame, exhibits: pd.DataFrame) -> list[list[int]]:
    """Per order the exhibits that speak for it: given for it or its group, or cited for it."""
    by_subject: dict[tuple[str, str], set[int]] = {}
    for row in each(exhibits):
        for subject in row.subjects:
            by_subject.setdefault(subject, set()).add(row.number)
    number = dict(zip(exhibits["sha256"], exhibits["number"], strict=True))
    return [
        sorted(
            by_subject.get(("order", row.order_id), set())
            | by_subject.get(("group", str(row.group_id)), set())
            | {number[sha] for sha in row.cited if sha in number}
        )
        for row in each(orders)
    ]


def _groups(assessment: Assessment, orders: pd.DataFrame, decided: pd.DataFrame) -> pd.DataFrame:
    groups = assessment.groups.copy()
    for name in _LISTS:
        groups[name] = _lists(groups[name])
    members = assessment.orders.dropna(subset="group_id").groupby("group_id")["order_id"]
    order_ids: Mapping[object, Sequence[str]] = members.agg(sorted).to_dict()
    groups["order_ids"] = [list(order_ids.get(one, [])) for one in groups["group_id"]]
    contested = set(_contested(orders)["order_id"])
    groups["at_issue"] = [len(contested.intersection(ids)) for ids in groups["order_ids"]]
    own = decided[decided["subject"] == "group"].set_index("subject_id")
    for name in ("decision", "reason"):
        groups[name] = groups["group_id"].map(own[name]).astype(object).fillna("")
    ranked = groups.assign(
        rank=groups["at_issue"].eq(0).astype(int) * 2 + groups["assessment"].eq("none").astype(int)
    )
    ranked = ranked.sort_values(["rank", "p_value", "group_id"], kind="stable")
    return ranked.drop(columns="rank").reset_index(drop=True)


def _contested(orders: pd.DataFrame) -> pd.DataFrame:
    if not orders["named"].any():
        return orders
    return orders[orders["named"] | orders["decision"].ne("")]


def _local(at: pd.Series, zone: str) -> pd.Series:
    return pd.to_datetime(at, utc=True).dt.tz_convert(zone).dt.tz_localize(None).dt.floor("s")


def _lists(values: pd.Series) -> pd.Series:
    """JSON texts as lists; what is absent becomes an empty one."""
    read = [json.loads(value) if isinstance(value, str) and value else [] for value in values]
    return pd.Series(read, values.index, dtype=object)
