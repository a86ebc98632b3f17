"""Whether a season carried the whole shop, and this item no more than the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import poisson

from workbench.detect.text_values import text_hash
from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    undecided,
)
from workbench.explain.members import top_items
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "ItemDays", "item_days", "judge_season"]


@dataclass(frozen=True)
class ItemDays:
    """Orders by day of the shop (`total`) and of each item of the groups (`items`: item × day)."""

    total: pd.Series
    items: pd.DataFrame


def item_days(tables: Tables, members: pd.DataFrame) -> ItemDays:
    """Orders per day: of the whole shop, and of the items that the groups name."""
    orders = tables["orders"]
    dated = orders.filter(orders.created_at.notnull()).mutate(day=orders.created_at.truncate("D"))
    total = dated.group_by("day").aggregate(orders=text_hash(dated.order_id).nunique()).to_pandas()
    sold = dated.filter(dated.product_id.isin(sorted(members.product_id.unique())))
    by_item = sold.group_by(["product_id", "day"]).aggregate(
        orders=text_hash(sold.order_id).nunique()
    )
    table = by_item.to_pandas().pivot(index="product_id", columns="day", values="orders")
    days = total.set_index("day").orders
    days = days.reindex(pd.date_range(days.index.min(), days.index.max()), fill_value=0)
    return ItemDays(days.astype("float64"), table.reindex(columns=days.index).fillna(0.0))


def judge_season(lines: pd.DataFrame, known: ItemDays) -> dict[int, Outcome]:
    """Passed when the rest of the shop had days like its best 5 %, and the item rose no more.

    Normal is the mean day of the rest of the shop and of the item. That the item rose more than
    the season accounts for, by the Poisson tail, contradicts it: rings hide in busy seasons too.
    """
    figures = top_items(lines)
    if len(known.total) <= CUTS["steady_days"]:
        return each(figures, lambda row: _too_few())
    days = lines.created_at.dt.floor("D").groupby(lines.group).unique()
    rows = [_rises(figures["item"][g], days[g], known) for g in figures.index]
    return each(pd.DataFrame(rows, index=figures.index), _of_season)


def _rises(item: str, days: np.ndarray, known: ItemDays) -> dict[str, float]:
    own = known.items.loc[item].to_numpy() if item in known.items.index else 0 * known.total
    rest = known.total.to_numpy() - own
    at = known.total.index.get_indexer(pd.DatetimeIndex(days))
    normal, usual = max(own.mean(), 1e-9), max(rest.mean(), 1e-9)
    rise = rest[at].mean() / usual
    sold = own[at].sum()
    return {
        "rise": rise,
        "season": float(rest[at].mean() >= np.quantile(rest, CUTS["season_quantile"])),
        "item_rise": sold / (normal * len(at)),
        "chance": float(poisson.sf(sold - 1, normal * len(at) * rise)),
    }


def _of_season(row: Any) -> Outcome:
    figures = {"rise": f"{row.rise:.1f}", "item": f"{row.item_rise:.1f}"}
    if not row.season:
        return failed(
            lambda say: say(
                "No season: the rest of the shop sold {rise} times its normal in those days.",
                rise=figures["rise"],
            )
        )
    if row.chance > CUTS["rare"]:
        return passed(
            lambda say: say(
                "In season: the rest of the shop sold {rise} times its normal in those days, this "
                "item {item} times.",
                **figures,
            )
        )
    return failed(
        lambda say: say(
            "More than the season: the rest of the shop sold {rise} times its normal in those "
            "days, this item {item} times.",
            **figures,
        )
    )


def _too_few() -> Outcome:
    return undecided(lambda say: say("The data cover too few days to show a season."))


TEST = InnocentTest("gift_season", ("orders.product_id",), item_days, judge_season)
