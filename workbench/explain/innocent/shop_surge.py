"""Whether other items sold unusually well in the same hours."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import poisson

from workbench.explain.innocent.outcome import InnocentTest, Outcome, failed, passed, undecided
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "item_hours", "judge_surge"]


def item_hours(tables: Tables, members: pd.DataFrame) -> pd.DataFrame:
    """Orders per item and clock hour of the whole shop: product_id, hour, orders."""
    orders = tables["orders"].mutate(hour=lambda t: t.created_at.truncate("h"))
    counts = orders.group_by(["product_id", "hour"]).aggregate(orders=orders.order_id.nunique())
    return counts.to_pandas().dropna()


def judge_surge(lines: pd.DataFrame, hours: pd.DataFrame) -> Outcome:
    """Passed when at least two other items beat their own normal in the group's hours.

    An item's normal is its orders of the whole period, spread by the shop's own hours of the
    day; the Poisson tail is paid for by the number of items.
    """
    rest = hours[~hours.product_id.isin(lines.product_id.unique())]
    items = rest.product_id.nunique()
    if items < CUTS["surge_items"]:
        return undecided(lambda say: say("The shop sells too few other items to compare with."))
    window = lines.created_at.dt.floor("h").drop_duplicates()
    observed = rest[rest.hour.isin(window)].groupby("product_id").orders.sum()
    expected = rest.groupby("product_id").orders.sum() * _share_of(window, hours)
    tail = poisson.sf(observed - 1, expected.reindex(observed.index))
    busy = int(np.sum(tail * items <= CUTS["surge_p"]))
    if busy >= CUTS["surge_items"]:
        return passed(
            lambda say: say(
                "{busy} other items also sold far above their normal in the same hours.",
                busy=busy,
            )
        )
    if busy:
        return undecided(
            lambda say: say("One other item also sold above its normal in the same hours.")
        )
    return failed(lambda say: say("All other items sold as usual in the same hours."))


def _share_of(window: pd.Series, hours: pd.DataFrame) -> float:
    """Share of the period's orders that the hours of `window` get on ordinary days."""
    by_clock = hours.groupby(hours.hour.dt.hour).orders.sum()
    profile = by_clock / by_clock.sum()
    days = max(1, hours.hour.dt.floor("D").nunique())
    return float(window.dt.hour.map(profile).fillna(0).sum() / days)


TEST = InnocentTest("shop_surge", ("orders.product_id",), item_hours, judge_surge)
