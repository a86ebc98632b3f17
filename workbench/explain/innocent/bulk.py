"""Company order, reseller: whether orders take far more pieces than usual in this shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    undecided,
)
from workbench.explain.members import others
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = [
    "COMPANY_ORDER",
    "RESELLER",
    "Amounts",
    "judge_company",
    "judge_reseller",
    "usual_amounts",
]


@dataclass(frozen=True)
class Amounts:
    """Usual amount of a line per item, and from which multiple of it the shop calls it large."""

    usual: pd.Series
    large: float


def usual_amounts(tables: Tables, members: pd.DataFrame) -> Amounts:
    """Median line amount per item, and the shop's 95 % quantile of amount / median."""
    orders = others(tables, members)
    lines = orders.mutate(amount=orders.paid_amount.cast("float64")).filter(lambda t: t.amount > 0)
    usual = lines.group_by("product_id").aggregate(usual=lines.amount.median())
    ratios = lines.join(usual, "product_id")
    large = ratios.aggregate(
        large=(ratios.amount / ratios.usual).quantile(CUTS["bulk_quantile"])
    ).to_pandas()
    found = float(large.large[0]) if pd.notna(large.large[0]) else 0.0
    return Amounts(usual.to_pandas().set_index("product_id").usual, max(found, CUTS["bulk_ratio"]))


def judge_company(lines: pd.DataFrame, amounts: Amounts) -> dict[int, Outcome]:
    """Passed when the typical line of the group is as large as the shop's largest 5 %."""
    return each(_figures(lines, amounts), _company)


def judge_reseller(lines: pd.DataFrame, amounts: Amounts) -> dict[int, Outcome]:
    """Passed when the account takes large amounts and comes back on several days."""
    return each(_figures(lines, amounts), _reseller)


def _company(row: Any) -> Outcome:
    if pd.isna(row.ratio):
        return _nothing_to_compare()
    if row.ratio >= row.large:
        return passed(
            lambda say: say(
                "Orders of {ratio} times the usual amount (only 5 % of the shop's reach {large}): "
                "buying in bulk, as companies do.",
                ratio=f"{row.ratio:.1f}",
                large=f"{row.large:.1f}",
            )
        )
    return failed(
        lambda say: say(
            "Not buying in bulk: the orders have {ratio} times the usual amount.",
            ratio=f"{row.ratio:.1f}",
        )
    )


def _reseller(row: Any) -> Outcome:
    if pd.isna(row.ratio):
        return _nothing_to_compare()
    if row.ratio >= row.large and row.days >= CUTS["reseller_days"]:
        return passed(
            lambda say: say(
                "Large orders ({ratio} times the usual amount) on {days} days: a reseller's way "
                "of buying.",
                ratio=f"{row.ratio:.1f}",
                days=row.days,
            )
        )
    return failed(
        lambda say: say(
            "Not a reseller's way of buying: {ratio} times the usual amount, on {days} days.",
            ratio=f"{row.ratio:.1f}",
            days=row.days,
        )
    )


def _nothing_to_compare() -> Outcome:
    return undecided(lambda say: say("No other sales of these items to compare amounts with."))


def _figures(lines: pd.DataFrame, amounts: Amounts) -> pd.DataFrame:
    """Per group: ratio of amount to usual (median of its lines), days it ordered on, large."""
    ratios = lines.paid_amount / lines.product_id.map(amounts.usual)
    days = lines.created_at.dt.floor("D").groupby(lines.group).nunique()
    figures = pd.DataFrame({"ratio": ratios.groupby(lines.group).median(), "days": days})
    return figures.assign(large=amounts.large)


COMPANY_ORDER = InnocentTest("company_order", ("orders.product_id",), usual_amounts, judge_company)
RESELLER = InnocentTest("reseller", ("orders.product_id",), usual_amounts, judge_reseller)
