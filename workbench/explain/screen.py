"""Screen a shop: find groups of orders, weigh them for and against, and say what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ibis
import pandas as pd

from workbench.detect import run_detectors
from workbench.detect.finding import Findings
from workbench.explain.assessment import DETECTOR_COLUMNS, ORDER_COLUMNS, Assessment
from workbench.explain.combine import false_discovery, likelihood
from workbench.explain.innocent import Outcome, run_tests
from workbench.explain.keyed import keyed
from workbench.explain.members import member_lines
from workbench.explain.merge import Group, merge, read_findings
from workbench.explain.reasons import order_reasons
from workbench.explain.records import group_records
from workbench.explain.score import Case, memberships, order_scores
from workbench.explain.verdict import verdict
from workbench.explain.weigh import Weighed, weigh
from workbench.tables import Tables, shop_names, shop_tables

__all__ = ["assess", "screen"]


def screen(tables: Tables, *, progress: bool = False) -> Assessment:
    """Run every detector on the tables and assess what they found; see `assess`.

    In a case of several shops each is measured against its own trade; the frames then have a
    column `shop`.
    """
    return _concluded(
        {
            shop: _weighed(part, run_detectors(part, progress=progress))
            for shop, part in _shops(tables)
        }
    )


def assess(tables: Tables, findings: Findings) -> Assessment:
    """The assessment of findings on the tables they were made from.

    Findings become groups, each group is tested against the innocent explanations its signals
    call for, what is left is combined into one p-value and a q-value, and every order gets a
    score. The same input in any row order gives the same output.
    """
    return _concluded({"": _weighed(tables, findings)})


@dataclass(frozen=True)
class _Part:
    """What was found in one shop, and what speaks for and against it."""

    tables: Tables
    findings: Findings
    lines: pd.DataFrame
    groups: list[Group]
    outcomes: dict[str, dict[str, Outcome]]
    weighed: list[Weighed]


def _shops(tables: Tables) -> Iterator[tuple[str, Tables]]:
    names = shop_names(tables)
    if not names:
        yield "", tables
    for name in names:
        yield name, shop_tables(tables, name)


def _weighed(tables: Tables, findings: Findings) -> _Part:
    tables = keyed(tables)
    found = read_findings(findings)
    lines = member_lines(tables, {order for finding in found for order in finding.orders})
    groups = merge(found, _accounts(lines))
    outcomes = run_tests(tables, groups, lines)
    ran = Counter(findings.runs.family[findings.runs.state != "not_available"])
    weighed = [weigh(group, outcomes[group.group_id], ran) for group in groups]
    return _Part(tables, findings, lines, groups, outcomes, weighed)


def _concluded(parts: Mapping[str, _Part]) -> Assessment:
    """Put the shops' groups together: q-values are over all of them.

    An analyst acts on the list of the whole case, so the share of wrong groups must hold for it:
    ten shops with one chance finding each would otherwise make ten groups of evidence.
    """
    every = [w.p_value for part in parts.values() for w in part.weighed]
    q_values = iter(false_discovery(every, hypotheses=len(every)))
    shops = [
        (shop, _assessed(part, [next(q_values) for _ in part.weighed], len(every)))
        for shop, part in parts.items()
    ]
    if len(shops) == 1:
        return shops[0][1]
    together = {
        name: pd.concat(
            [getattr(found, name).assign(shop=shop) for shop, found in shops], ignore_index=True
        )
        for name in ("orders", "groups", "detectors")
    }
    by = ["q_value", "p_value", "group_id"]
    together["groups"] = together["groups"].sort_values(by, ignore_index=True)
    together["orders"] = together["orders"].sort_values("order_id", ignore_index=True)
    return Assessment(**together)


def _assessed(part: _Part, q_values: list[float], hypotheses: int) -> Assessment:
    weighed, outcomes = part.weighed, part.outcomes
    verdicts = [
        verdict(w, q, outcomes[w.group.group_id]) for w, q in zip(weighed, q_values, strict=True)
    ]
    records = group_records(weighed, q_values, verdicts, outcomes)
    cases = [_case(w, v, hypotheses) for w, v in zip(weighed, verdicts, strict=True)]
    same_accounts = _same_accounts(part.tables, part.groups, part.lines)
    belonging = memberships(cases, part.lines, same_accounts)
    return Assessment(_orders(part.tables, belonging, records), records, _detectors(part.findings))


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
