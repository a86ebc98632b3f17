"""Whether it is a habit or a subscription: a steady rhythm over months."""

from __future__ import annotations

import pandas as pd

from workbench.explain.innocent.outcome import InnocentTest, Outcome, failed, passed, undecided
from workbench.explain.members import Period, period
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "judge_steady"]


def judge_steady(lines: pd.DataFrame, shop: Period) -> Outcome:
    """Passed when the orders span more than 60 days with a median gap of more than a day.

    Gaps run between the orders of one account; several accounts are judged together.
    """
    if shop.days <= CUTS["steady_days"]:
        return undecided(lambda say: say("The data cover too few days to show a habit."))
    orders = lines.drop_duplicates("order_id").sort_values("created_at")
    gaps = orders.groupby("buyer_id").created_at.diff().dropna().dt.total_seconds() / 3600
    days = (orders.created_at.max() - orders.created_at.min()) / pd.Timedelta(days=1)
    figures = {
        "days": f"{days:.0f}",
        "gap": f"{gaps.median():.1f}" if len(gaps) else "–",
    }
    if days > CUTS["steady_days"] and len(gaps) and gaps.median() > CUTS["steady_gap_hours"]:
        return passed(
            lambda say: say(
                "A habit: orders over {days} days, half of them more than {gap} hours apart.",
                **figures,
            )
        )
    return failed(
        lambda say: say(
            "No steady habit: orders over {days} days, half of them within {gap} hours of the "
            "one before.",
            **figures,
        )
    )


def _period(tables: Tables, members: pd.DataFrame) -> Period:
    return period(tables)


TEST = InnocentTest("steady_customer", ("orders.buyer_id",), _period, judge_steady)
