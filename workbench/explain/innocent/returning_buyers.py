"""Whether the buyers also order on other days, as this shop's buyers do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd
from scipy.stats import binom

from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    percent,
    undecided,
)
from workbench.explain.members import others, period
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "Returning", "judge_returning", "returning_share"]

_LEAST = 5


@dataclass(frozen=True)
class Returning:
    """Share of the shop's other buyers seen on two days or more, days per buyer, and the end."""

    share: float
    days: pd.DataFrame
    end: pd.Timestamp


def returning_share(tables: Tables, members: pd.DataFrame) -> Returning:
    """How usual it is that a buyer comes back; `days` lists the members' buyers' order days."""
    per_buyer = (
        _days(others(tables, members))
        .group_by("buyer_id")
        .aggregate(days=lambda t: t.day.nunique())
    )
    counted = per_buyer.aggregate(
        back=(per_buyer.days >= 2).sum(), buyers=per_buyer.count()
    ).to_pandas()
    buyers = pd.DataFrame({"buyer_id": sorted(members.buyer_id.dropna().unique())}, dtype="str")
    own = _days(tables["orders"]).semi_join(
        ibis.memtable(buyers, schema={"buyer_id": "string"}), "buyer_id"
    )
    total = int(counted.buyers[0])
    share = int(counted.back[0] or 0) / total if total else 0.0
    return Returning(share, own.distinct().to_pandas(), period(tables).end)


def judge_returning(lines: pd.DataFrame, normal: Returning) -> dict[int, Outcome]:
    """Passed when at least the shop's usual share of these buyers ordered on other days too.

    Where even nobody returning would be no surprise the test says nothing.
    """
    pairs = lines[["group", "buyer_id"]].dropna().drop_duplicates()
    figures = pd.DataFrame({"end": lines.groupby("group").created_at.max()})
    figures["buyers"] = pairs.groupby("group").size().reindex(figures.index, fill_value=0)
    taken = lines[["group"]].assign(day=lines.created_at.dt.floor("D"), taken=True)
    elsewhere = pairs.merge(normal.days, on="buyer_id").merge(
        taken.drop_duplicates(), on=["group", "day"], how="left"
    )
    elsewhere = elsewhere[elsewhere.taken.isna()]
    back = elsewhere.groupby("group").buyer_id.nunique()
    figures["back"] = back.reindex(figures.index, fill_value=0)
    late = normal.end - pd.Timedelta(days=CUTS["returning_days"])
    figures["unclear"] = (figures.buyers < _LEAST) | (figures.end > late)
    figures["none"] = binom.cdf(0, figures.buyers, normal.share)
    figures["chance"] = binom.cdf(figures.back, figures.buyers, normal.share)
    return each(figures.assign(normal=normal.share), _of_buyers)


def _of_buyers(row: Any) -> Outcome:
    if row.unclear:
        return undecided(
            lambda say: say("Too few buyers, or too recent, to see whether they come back.")
        )
    figures = {"back": row.back, "buyers": row.buyers, "normal": percent(row.normal)}
    if row.none > CUTS["rare"]:
        return undecided(
            lambda say: say(
                "Buyers of this shop return too seldom ({normal}) to tell anything by it.",
                normal=percent(row.normal),
            )
        )
    if row.back >= row.normal * row.buyers:
        return passed(
            lambda say: say(
                "{back} of {buyers} buyers also ordered on other days (usual here: {normal}).",
                **figures,
            )
        )
    if row.chance <= CUTS["rare"]:
        return failed(
            lambda say: say(
                "Only {back} of {buyers} buyers ever ordered on another day (usual here: "
                "{normal}).",
                **figures,
            )
        )
    return undecided(
        lambda say: say(
            "{back} of {buyers} buyers ordered on other days (usual here: {normal}): too close "
            "to tell.",
            **figures,
        )
    )


def _days(orders: ibis.expr.types.Table) -> ibis.expr.types.Table:
    return orders.filter(orders.buyer_id.notnull()).select(
        "buyer_id", day=orders.created_at.truncate("D")
    )


TEST = InnocentTest("returning_buyers", ("orders.buyer_id",), returning_share, judge_returning)
