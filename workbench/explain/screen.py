"""Screen a shop: find groups of orders, weigh them for and against, and say what is missing."""

from __future__ import annotations

from collections import Counter

import ibis
import pandas as pd

from workbench.detect import run_detectors
from workbench.detect.finding import Findings
from workbench.explain.assessment import DETECTOR_COLUMNS, ORDER_COLUMNS, Assessment
from workbench.explain.combine import false_discovery, likelihood
from workbench.explain.innocent import run_tests
from workbench.explain.keyed import keyed
from workbench.explain.members import member_lines
from workbench.explain.merge import Group, merge, read_findings
from workbench.explain.reasons import order_reasons
from workbench.explain.records import group_records
from workbench.explain.score import Case, memberships, order_scores
from workbench.explain.verdict import verdict
from workbench.explain.weigh import Weighed, weigh
from workbench.tables import Tables

__all__ = ["assess", "screen"]


def screen(tables: Tables, *, progress: bool = False) -> Assessment:
    """Run every detector on the tables and assess what they found; see `assess`."""
    return assess(tables, run_detectors(tables, progress=progress))


def assess(tables: Tables, findings: Findings) -> Assessment:
    """The assessment of findings on the tables they were made from.

    Findings become groups, each group is tested against the innocent explanations its signals
    call for, what is left is combined into one p-value and a q-value, and every order gets a
    score. The same input in any row order gives the same output.
    """
    tables = keyed(tables)
    found = read_findings(findings)
    lines = member_lines(tables, {order for finding in found for order in finding.orders})
    groups = merge(found, _accounts(lines))
    outcomes = run_tests(tables, groups, lines)
    ran = Counter(findings.runs.family[findings.runs.state != "not_available"])
    weighed = [weigh(group, outcomes[group.group_id], ran) for group in groups]
    q_values = false_discovery([w.p_value for w in weighed], hypotheses=len(weighed))
    verdicts = [
        verdict(w, q, outcomes[w.group.group_id]) for w, q in zip(weighed, q_values, strict=True)
    ]
    records = group_records(weighed, list(q_values), verdicts, outcomes)
    cases = [_case(w, v, len(weighed)) for w, v in zip(weighed, verdicts, strict=True)]
    belonging = memberships(cases, lines, _same_accounts(tables, groups, lines))
    return Assessment(_orders(tables, belonging, records), records, _detectors(findings))


def _accounts(lines: pd.DataFrame) -> dict[str, str]:
    if "buyer_id" not in lines:
        return {}
    known = lines.dropna(subset=["buyer_id"])
    return dict(zip(known.order_id, known.buyer_id, strict=True))


def _case(weighed: Weighed, assessment: str, hypotheses: int) -> Case:
    findings = weighed.group.findings
    return Case(
        group_id=weighed.group.group_id,
        orders=weighed.group.orders,
        window_start=min(finding.window_start for finding in findings),
        window_end=max(finding.window_end for finding in findings),
        assessment=assessment,
        likelihood=likelihood(weighed.evidence, hypotheses),
    )


def _same_accounts(
    tables: Tables, groups: list[Group], lines: pd.DataFrame
) -> dict[str, list[str]]:
    """Orders of the accounts of each group, its own included."""
    if "buyer_id" not in lines or not groups:
        return {}
    buyers = pd.DataFrame({"buyer_id": sorted(set(lines.buyer_id.dropna()))}, dtype="str")
    wanted = ibis.memtable(buyers, schema={"buyer_id": "string"})
    orders = tables["orders"].semi_join(wanted, "buyer_id").select("order_id", "buyer_id")
    by_buyer = orders.distinct().to_pandas().groupby("buyer_id").order_id.agg(list).to_dict()
    account = _accounts(lines)
    return {
        group.group_id: [
            order
            for buyer in {account[order] for order in group.orders if order in account}
            for order in by_buyer.get(buyer, ())
        ]
        for group in groups
    }


def _orders(tables: Tables, belonging: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    ids = tables["orders"].select("order_id").distinct().order_by("order_id").to_pandas()
    scores = order_scores(belonging)
    orders = ids.merge(scores, how="left", left_on="order_id", right_index=True)
    verdicts = groups.set_index("group_id")[["q_value", "assessment"]]
    orders = orders.merge(verdicts, how="left", left_on="group_id", right_index=True)
    orders["score"] = orders.score.fillna(0.0).astype("float64")
    orders["q_value"] = orders.q_value.fillna(1.0).astype("float64")
    orders["assessment"] = orders.assessment.astype("object").fillna("none").astype("str")
    orders["group_id"] = orders.group_id.astype("str")
    reasons = order_reasons(belonging, groups)
    orders["reasons"] = [reasons.get(order, "[]") for order in orders.order_id]
    return orders[list(ORDER_COLUMNS)].sort_values("order_id").reset_index(drop=True)


def _detectors(findings: Findings) -> pd.DataFrame:
    columns = [*DETECTOR_COLUMNS, *(c for c in ("review",) if c in findings.runs)]
    return findings.runs[columns].reset_index(drop=True)
