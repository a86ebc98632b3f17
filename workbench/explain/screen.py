"""Screen a shop: find groups of orders, weigh them for and against, and say what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from workbench.detect import run_detectors
from workbench.detect.finding import Findings
from workbench.detect.trade import prepared
from workbench.explain.assessment import DETECTOR_COLUMNS, Assessment
from workbench.explain.combine import false_discovery, likelihood
from workbench.explain.measure import Measured, measure
from workbench.explain.null import Null, empirical_q, shuffled_null
from workbench.explain.order_rows import account_orders, order_rows
from workbench.explain.readings import group_readings
from workbench.explain.records import Q, group_records
from workbench.explain.rules import WEIGHING
from workbench.explain.score import LEAD, Case, memberships
from workbench.explain.summary import summary_of
from workbench.explain.verdict import verdict
from workbench.explain.weigh import Weighed
from workbench.tables import Tables, shop_names, shop_tables

__all__ = ["assess", "assess_shops", "screen", "shops"]


def screen(
    tables: Tables, *, shuffles: int = 0, processes: int = 1, progress: bool = False
) -> Assessment:
    """Run every detector on the tables and assess what they found; see `assess`.

    With `shuffles` (20 tell enough) the q-values are also held against what the detectors find
    in so many shuffled copies of the shop (`workbench.explain.null`), in so many `processes`. In
    a case of several shops each is measured against its own trade; the frames then have a column
    `shop`.
    """
    parts: dict[str, Measured] = {}
    nulls: list[Null] = []
    for shop, own in shops(tables):
        with prepared(own) as ready:
            found = run_detectors(ready, progress=progress)
            parts[shop] = measure(ready, found)
            if shuffles:
                left = _accused(parts[shop])
                nulls.append(
                    shuffled_null(
                        ready,
                        found,
                        left_out=left,
                        shuffles=shuffles,
                        processes=processes,
                        progress=progress,
                    )
                )
    return _concluded(parts, nulls)


def assess(tables: Tables, findings: Findings) -> Assessment:
    """The assessment of findings on the tables they were made from.

    Findings become groups, each group is tested against the innocent explanations its signals
    call for, what is left is combined into one p-value and a q-value, and every order gets a
    score. The same input in any row order gives the same output.
    """
    return assess_shops({"": (tables, findings)})


def assess_shops(found: Mapping[str, tuple[Tables, Findings]]) -> Assessment:
    """The assessment of several shops, each with its tables and findings; see `assess`."""
    return _concluded({shop: measure(*own) for shop, own in found.items()})


def _accused(part: Measured) -> set[str]:
    """Orders of the groups that the formula lists and no innocent explanation accounts for."""
    q_values = false_discovery([w.p_value for w in part.weighed], len(part.weighed))
    return {
        order
        for w, q in zip(part.weighed, q_values, strict=True)
        if q <= WEIGHING["false_discovery_rate"] and w.unexplained > 0
        for order in w.group.orders
    }


def shops(tables: Tables) -> Iterator[tuple[str, Tables]]:
    """The shops of a case and the tables of each; one without a name where no column tells."""
    names = shop_names(tables)
    if not names:
        yield "", tables
    for name in names:
        yield name, shop_tables(tables, name)


def _concluded(parts: Mapping[str, Measured], nulls: Sequence[Null] = ()) -> Assessment:
    """Put the shops' groups together: q-values are over all of them.

    An analyst acts on the list of the whole case, so the share of wrong groups must hold for it:
    ten shops with one chance finding each would otherwise make ten groups of evidence.
    """
    q_values = _q_values(list(parts.values()), nulls)
    hypotheses = len(q_values)
    shops = []
    for shop, part in parts.items():
        own, q_values = q_values[: len(part.weighed)], q_values[len(part.weighed) :]
        shops.append((shop, _assessed(part, own, hypotheses)))
    summary = summary_of(list(parts.values()), nulls)
    if len(shops) == 1:
        found = shops[0][1]
        return Assessment(found.orders, found.groups, found.detectors, summary)
    together = {
        name: pd.concat(
            [getattr(found, name).assign(shop=shop) for shop, found in shops], ignore_index=True
        )
        for name in ("orders", "groups", "detectors")
    }
    by = ["q_value", "p_value", "group_id"]
    together["groups"] = together["groups"].sort_values(by, ignore_index=True)
    together["orders"] = together["orders"].sort_values("order_id", ignore_index=True)
    return Assessment(**together, summary=summary)


def _q_values(parts: Sequence[Measured], nulls: Sequence[Null]) -> list[Q]:
    """The formula's q-value of every group, what the shuffles say, and the larger of the two."""
    formula = [w.p_value for part in parts for w in part.weighed]
    plainly = [p for part in parts for p in part.plainly]
    pairs = zip(
        false_discovery(formula, hypotheses=len(formula)),
        empirical_q(plainly, nulls),
        strict=True,
    )
    return [Q(float(by_formula), float(shuffled)) for by_formula, shuffled in pairs]


def _assessed(part: Measured, q_values: Sequence[Q], hypotheses: int) -> Assessment:
    weighed, outcomes = part.weighed, part.outcomes
    verdicts = [
        verdict(w, q.value, outcomes[w.group.group_id])
        for w, q in zip(weighed, q_values, strict=True)
    ]
    readings = group_readings(part.tables, [w.group for w in weighed], part.lines, outcomes)
    records = group_records(weighed, q_values, verdicts, outcomes, readings)
    cases = [_case(w, v, hypotheses) for w, v in zip(weighed, verdicts, strict=True)]
    cases += [_case(w, LEAD, hypotheses) for w in part.leads]
    belonging = memberships(cases, part.lines, account_orders(part.tables, part.lines))
    rows = order_rows(part.tables, belonging, records)
    return Assessment(rows, records, _detectors(part.findings))


def _case(weighed: Weighed, assessment: str, hypotheses: int) -> Case:
    start, end = weighed.group.window
    return Case(
        group_id=weighed.group.group_id,
        orders=weighed.group.orders,
        window_start=start,
        window_end=end,
        assessment=assessment,
        likelihood=likelihood(weighed.unexplained, weighed.explained, hypotheses),
        beside=weighed.group.beside,
    )


def _detectors(findings: Findings) -> pd.DataFrame:
    columns = [*DETECTOR_COLUMNS, *(c for c in ("review",) if c in findings.runs)]
    return findings.runs[columns].reset_index(drop=True)
