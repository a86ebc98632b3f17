"""The rows of which a matter is made, read from the case, its tables and its assessment."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from workbench.appeal.privacy import Conceal
from workbench.case import Case, evidence_files, order_decisions
from workbench.case.answers import answers
from workbench.case.submissions import submissions
from workbench.proof import evidence_table, order_strength

if TYPE_CHECKING:
    from workbench.explain import Assessment

__all__ = [
    "CORRECTIVE",
    "corrective_rows",
    "exhibit_rows",
    "group_rows",
    "local",
    "order_rows",
    "proven",
    "submission_rows",
]

CORRECTIVE = "corrective_steps"
"""The question whose answer the letter gives as corrective steps, one step per line."""

_LISTS = ("explanation_tests", "missing_evidence", "contributions")


def order_rows(case: Case, assessment: Assessment, named: Collection[str]) -> pd.DataFrame:
    """The orders at issue without their exhibits; see `workbench.appeal.matter.Matter`."""
    decided = order_decisions(case).set_index("order_id")
    files = evidence_files(case)
    shown = set(files.loc[files["subject"] == "order", "subject_id"])
    flagged = assessment.orders[assessment.orders["assessment"] != "none"]
    wanted = sorted(set(named) | shown | set(decided.index) | set(flagged["order_id"]))
    found = assessment.orders.set_index("order_id").reindex(wanted)
    frame = found[["assessment", "score", "q_value", "group_id"]].reset_index(names="order_id")
    frame["named"] = frame["order_id"].isin(set(named))
    frame["in_data"] = frame["order_id"].isin(set(assessment.orders["order_id"]))
    frame["reasons"] = _lists(found["reasons"]).array
    for name in ("decision", "reason"):
        frame[name] = frame["order_id"].map(decided[name]).astype(object).fillna("")
    frame["decided_by"] = frame["order_id"].map(decided["subject"]).astype(object).fillna("")
    cited = decided["evidence"].to_dict()
    frame["cited"] = [list(cited.get(one, [])) for one in frame["order_id"]]
    return frame


def exhibit_rows(case: Case, conceal: Conceal) -> pd.DataFrame:
    """One row per evidence file; see `workbench.appeal.matter.Matter`."""
    files = evidence_table(case)
    told = {name: files[name].map(conceal) for name in ("name", "note", "origin", "supplier")}
    return files.assign(
        **told,
        number=range(1, len(files) + 1),
        code=[", ".join(codes) for codes in files["codes"]],
        at=local(files["at"], case.zone),
        path=[case.evidence_dir / sha for sha in files["sha256"]],
    )


def proven(case: Case, orders: pd.DataFrame, exhibits: pd.DataFrame) -> pd.DataFrame:
    """The orders with what speaks for them (see `workbench.proof.order_strength`).

    exhibits are the numbers of the files given for an order, its group or the case, or cited in
    its decision; strength is the level that they come to.
    """
    known = orders.dropna(subset="group_id")
    members = {str(group): same.tolist() for group, same in known.groupby("group_id")["order_id"]}
    weighed = order_strength(case, orders["order_id"].tolist(), members)
    number = dict(zip(exhibits["sha256"], exhibits["number"], strict=True))
    told = orders.copy()
    told["exhibits"] = [
        sorted({number[sha] for sha in (*given, *cited) if sha in number})
        for given, cited in zip(weighed["exhibits"], orders["cited"], strict=True)
    ]
    for name in ("systems", "independent", "neutral", "original", "lacking"):
        told[name] = weighed[name].array
    return told.assign(strength=weighed["level"].array)


def group_rows(assessment: Assessment, contested: set[str], decided: pd.DataFrame) -> pd.DataFrame:
    """The groups, those of `contested` orders first; see `workbench.appeal.matter.Matter`."""
    groups = assessment.groups.copy()
    for name in _LISTS:
        groups[name] = _lists(groups[name])
    members = assessment.orders.dropna(subset="group_id").groupby("group_id")["order_id"]
    order_ids: Mapping[object, Sequence[str]] = members.agg(sorted).to_dict()
    groups["order_ids"] = [list(order_ids.get(one, [])) for one in groups["group_id"]]
    groups["at_issue"] = [len(contested.intersection(ids)) for ids in groups["order_ids"]]
    own = decided[decided["subject"] == "group"].set_index("subject_id")
    for name in ("decision", "reason", "who"):
        groups[name] = groups["group_id"].map(own[name].to_dict()).astype(object).fillna("")
    groups["at"] = groups["group_id"].map(own["at"].to_dict()).astype("datetime64[us]")
    ranked = groups.assign(
        rank=groups["at_issue"].eq(0).astype(int) * 2 + groups["assessment"].eq("none").astype(int)
    )
    ranked = ranked.sort_values(["rank", "p_value", "group_id"], kind="stable")
    return ranked.drop(columns="rank").reset_index(drop=True)


def corrective_rows(case: Case, conceal: Conceal) -> pd.DataFrame:
    """What people answered to the question CORRECTIVE: answer, text, who, at (local time)."""
    given = answers(case)
    mine = given[given["question"] == CORRECTIVE]
    told = mine.assign(text=mine["text"].map(conceal), at=local(mine["at"], case.zone))
    return told[["answer", "text", "who", "at"]].reset_index(drop=True)


def submission_rows(case: Case, conceal: Conceal) -> pd.DataFrame:
    """The appeals that were sent, as `workbench.case.submissions` gives them, in local time."""
    sent = submissions(case)
    for name in ("sent_at", "replied_at"):
        sent[name] = local(sent[name], case.zone)
    for name in ("channel", "reference", "reason"):
        sent[name] = [conceal(str(one)) if isinstance(one, str) else "" for one in sent[name]]
    return sent


def local(at: pd.Series, zone: str) -> pd.Series:
    """Moments in UTC as the shop's local time, without a zone, to the second."""
    return pd.to_datetime(at, utc=True).dt.tz_convert(zone).dt.tz_localize(None).dt.floor("s")


def _lists(values: pd.Series) -> pd.Series:
    """JSON texts as lists; what is absent becomes an empty one."""
    read = [json.loads(value) if isinstance(value, str) and value else [] for value in values]
    return pd.Series(read, values.index, dtype=object)
