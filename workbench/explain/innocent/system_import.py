"""Whether an order system wrote the orders in a batch, and the odd times are its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import poisson

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

__all__ = ["TEST", "Minutes", "judge_import", "other_minutes"]


@dataclass(frozen=True)
class Minutes:
    """The minutes of the orders outside every group, sorted, and how many a minute usually has.

    `usual` is by hour of the day; `timed` tells whether the data hold times of day at all.
    """

    sorted_minutes: np.ndarray
    usual: np.ndarray
    timed: bool


def other_minutes(tables: Tables, members: pd.DataFrame) -> Minutes:
    """When the shop's other orders came, to the minute."""
    orders = others(tables, members)
    dated = orders.filter(orders.created_at.notnull())
    times = dated.group_by("order_id").aggregate(at=dated.created_at.min()).to_pandas()["at"]
    minutes = np.sort(times.to_numpy().astype("datetime64[m]").astype("int64"))
    hours = minutes // 60 % 24
    days = max(1, len(np.unique(minutes // 1440)))
    usual = np.bincount(hours, minlength=24) / (60.0 * days)
    own = members.created_at.dt.floor("D") != members.created_at
    return Minutes(minutes, usual, timed=bool((minutes % 1440).any() or own.any()))


def judge_import(lines: pd.DataFrame, known: Minutes) -> dict[int, Outcome]:
    """Passed when orders outside every group came in the very minutes, far more than usual.

    An import writes what has gathered, whoever ordered it: a rhythm of these orders alone is not
    one. The others must be at least half as many as the group's own.
    """
    minutes = lines.created_at.to_numpy().astype("datetime64[m]").astype("int64")
    pairs = pd.DataFrame({"group": lines.group.to_numpy(), "minute": minutes}).drop_duplicates()
    left = np.searchsorted(known.sorted_minutes, pairs.minute, side="left")
    right = np.searchsorted(known.sorted_minutes, pairs.minute, side="right")
    pairs["others"] = right - left
    pairs["usual"] = known.usual[(pairs.minute // 60 % 24).to_numpy()]
    figures = pairs.groupby("group")[["others", "usual"]].sum()
    figures["orders"] = lines.groupby("group").order_id.nunique()
    figures["chance"] = poisson.sf(figures.others - 1, figures.usual)
    return each(figures.assign(timed=known.timed), _of_minutes)


def _of_minutes(row: Any) -> Outcome:
    if not row.timed:
        return undecided(lambda say: say("The data hold no times of day."))
    figures = {"others": row.others, "usual": f"{row.usual:.1f}"}
    if row.chance <= CUTS["rare"] and row.others >= CUTS["import_share"] * row.orders:
        return passed(
            lambda say: say(
                "In the very minutes {others} other orders came in ({usual} usual): written in a "
                "batch, as an import does.",
                **figures,
            )
        )
    return failed(
        lambda say: say(
            "No import: in the very minutes {others} other orders came in ({usual} usual).",
            **figures,
        )
    )


TEST = InnocentTest("system_import", (), other_minutes, judge_import)
