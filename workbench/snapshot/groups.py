"""The groups of a merchant's page, and the papers that they still need."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd

from workbench.snapshot.plain import parsed, plain, plain_rows

__all__ = ["SEVERITY", "group_records", "todo_records"]

SEVERITY = {"evidence": 0, "needs_documents": 1, "none": 2}

_FIGURES = (
    "group_id",
    "size",
    "assessment",
    "q_value",
    "p_value",
    "observed",
    "expected",
    "statistic",
    "window_start",
    "window_end",
)
_LISTS = ("detectors", "families", "contributions")
_PAPER = ("code", "zh", "en", "who_zh", "who_en")


def group_records(
    groups: pd.DataFrame,
    assessed: pd.DataFrame,
    named: Collection[str],
    decided: pd.DataFrame,
    attached: pd.DataFrame,
) -> list[dict[str, Any]]:
    """One object per group, the gravest and least likely by chance first.

    `groups` and `assessed` are the assessment's groups and orders, `decided` what `decisions`
    gives with `reason` fit to be shown, `attached` what `evidence_files` gives. `named` in an
    object counts its orders that the platform names; each paper in `missing` says whether one of
    its kind is `attached` to the group by now.
    """
    members = assessed.dropna(subset="group_id")
    named_in = members[members["order_id"].isin(list(named))].groupby("group_id").size()
    standing = _decisions(decided)
    given = attached[attached["subject"].eq("group")].explode("codes")
    papers = given.groupby("subject_id")["codes"].agg(set)
    ranked = groups.assign(severity=groups["assessment"].map(SEVERITY))
    ranked = ranked.sort_values(["severity", "q_value", "group_id"], kind="stable")
    records: list[dict[str, Any]] = plain_rows(ranked, _FIGURES)
    for record, (_, row) in zip(records, ranked.iterrows(), strict=True):
        group_id = str(record["group_id"])
        here = papers.get(group_id, set())
        record |= {name: parsed(row.get(name)) for name in _LISTS}
        record["sentence"] = {"zh": plain(row["sentence_zh"]), "en": plain(row["sentence_en"])}
        record["tests"] = parsed(row["explanation_tests"])
        record["missing"] = [
            {**paper, "attached": paper["code"] in here}
            for paper in parsed(row["missing_evidence"])
        ]
        record["named"] = int(named_in.get(group_id, 0))
        record["decision"] = standing.get(group_id)
    return records


def todo_records(groups: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Papers still to be got, the one that helps most orders first.

    Each object has the paper's code, wording and who can supply it, the `groups` that wait for
    it, and how many `orders` these have. A group waits for nothing that is conceded, or against
    which nothing stands and whose orders nobody named; nor for a kind of paper that it has.
    """
    todo: dict[str, dict[str, Any]] = {}
    for group in groups:
        conceded = (group["decision"] or {}).get("decision") == "concede"
        accused = group["assessment"] != "none" or group["named"]
        if conceded or not accused:
            continue
        for paper in group["missing"]:
            if paper["attached"]:
                continue
            blank = {**{key: paper.get(key) for key in _PAPER}, "groups": [], "orders": 0}
            entry = todo.setdefault(paper["code"], blank)
            if group["group_id"] not in entry["groups"]:
                entry["groups"].append(group["group_id"])
                entry["orders"] += group["size"]
    return sorted(todo.values(), key=lambda entry: (-entry["orders"], entry["code"]))


def _decisions(decided: pd.DataFrame) -> dict[str, dict[str, object]]:
    rows = decided[decided["subject"].eq("group")]
    records = plain_rows(rows, ("decision", "reason", "at"))
    return dict(zip(rows["subject_id"], records, strict=True))
