"""What was found in one shop, and what speaks for and against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from workbench.detect import Findings
from workbench.explain.found import Group, read_findings
from workbench.explain.innocent import Outcome, run_tests
from workbench.explain.keyed import keyed
from workbench.explain.members import member_lines
from workbench.explain.merge import merge
from workbench.explain.rules import WEIGHING
from workbench.explain.weigh import Weighed, weigh
from workbench.tables import Tables

__all__ = ["Measured", "families_that_ran", "measure"]


@dataclass(frozen=True)
class Measured:
    """The groups of one shop, weighed.

    `tables` name every item and buyer (see `workbench.explain.keyed`), `lines` are the order
    lines of the groups. `weighed` and `plainly` go together: each group with the innocent
    explanations, and the p-value that it would have without any. `leads` are weak groups that
    nothing else supports: they are not listed, and only give their orders a low score.
    """

    tables: Tables
    findings: Findings
    lines: pd.DataFrame
    outcomes: Mapping[str, Mapping[str, Outcome]]
    weighed: list[Weighed]
    plainly: list[float]
    leads: list[Weighed]


def measure(tables: Tables, findings: Findings) -> Measured:
    """Merge findings to groups, test and weigh them, and set weak leads apart."""
    tables = keyed(tables)
    found = read_findings(findings)
    lines = member_lines(tables, {order for finding in found for order in finding.orders})
    groups = merge(found, _accounts(lines))
    members = {order for group in groups for order in group.orders}
    lines = lines[lines.order_id.isin(members)].reset_index(drop=True)
    ran = families_that_ran(findings)
    outcomes = run_tests(tables, groups, lines)
    listed, leads, plainly = [], [], []
    for group in groups:
        plain = weigh(group, {}, ran).p_value
        weighed = weigh(group, outcomes[group.group_id], ran)
        if _supported(group, plain):
            listed.append(weighed)
            plainly.append(plain)
        else:
            leads.append(weighed)
    return Measured(tables, findings, lines, outcomes, listed, plainly, leads)


def families_that_ran(findings: Findings) -> Counter[str]:
    """How many detectors of each family could look at the shop."""
    return Counter(findings.runs.family[findings.runs.state != "not_available"])


def _supported(group: Group, p_value: float) -> bool:
    """Whether the group, or one finding alone, is what chance makes once in twenty shops."""
    least = min(finding.p_value for finding in group.findings)
    return min(p_value, least) <= WEIGHING["lead_p"]


def _accounts(lines: pd.DataFrame) -> dict[str, str]:
    if "buyer_id" not in lines:
        return {}
    known = lines.dropna(subset=["buyer_id"])
    return dict(zip(known.order_id, known.buyer_id, strict=True))
