"""Whether other items sold unusually well in the same hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
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
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "ItemHours", "item_hours", "judge_surge"]

_AT_ONCE = 200


@dataclass(frozen=True)
class ItemHours:
    """Orders per item and clock hour of the whole shop.

    `counts` is hours × items; `hours` and `items` name its rows and columns. `chance` is the
    share of the period's orders that each hour gets on an ordinary day.
    """

    counts: sparse.csr_matrix
    hours: pd.Index
    items: pd.Index
    chance: np.ndarray


def item_hours(tables: Tables, members: pd.DataFrame) -> ItemHours:
    """Orders per item and clock hour of the whole shop."""
    orders = tables["orders"].mutate(hour=lambda t: t.created_at.truncate("h"))
    orders = orders.filter(orders.product_id.notnull() & orders.created_at.notnull())
    counts = orders.group_by(["product_id", "hour"]).aggregate(
        orders=text_hash(orders.order_id).nunique()
    )
    table = counts.to_pandas()
    hours = pd.Index(sorted(table.hour.unique()))
    items = pd.Index(sorted(table.product_id.unique()))
    places = (hours.get_indexer(table.hour), items.get_indexer(table.product_id))
    matrix = sparse.csr_matrix(
        (table.orders.to_numpy(dtype="float64"), places), shape=(len(hours), len(items))
    )
    return ItemHours(matrix, hours, items, _chance(matrix, pd.DatetimeIndex(hours)))


def judge_surge(lines: pd.DataFrame, known: ItemHours) -> dict[int, Outcome]:
    """Passed when at least two other items beat their own normal in the group's hours.

    An item's normal is its orders of the whole period, spread by the shop's own hours of the
    day; the Poisson tail is paid for by the number of items.
    """
    groups = pd.Index(sorted(lines.group.unique()))
    windows = _table(
        lines, groups, known.hours.get_indexer(pd.Index(lines.created_at.dt.floor("h"))), known
    )
    own = _table(
        lines, groups, known.items.get_indexer(pd.Index(lines.product_id)), known, items=True
    )
    busy = np.concatenate(
        [
            _busy(windows[n : n + _AT_ONCE], own[n : n + _AT_ONCE], known)
            for n in range(0, len(groups), _AT_ONCE)
        ]
    )
    rest = len(known.items) - np.asarray((own > 0).sum(axis=1)).ravel()
    return each(pd.DataFrame({"busy": busy, "rest": rest}, index=groups), _of_hours)


def _of_hours(row: Any) -> Outcome:
    if row.rest < CUTS["surge_items"]:
        return undecided(lambda say: say("The shop sells too few other items to compare with."))
    if row.busy >= CUTS["surge_items"]:
        return passed(
            lambda say: say(
                "{busy} other items also sold far above their normal in the same hours.",
                busy=row.busy,
            )
        )
    if row.busy:
        return undecided(
            lambda say: say("One other item also sold above its normal in the same hours.")
        )
    return failed(lambda say: say("All other items sold as usual in the same hours."))


def _busy(windows: sparse.csr_matrix, own: sparse.csr_matrix, known: ItemHours) -> np.ndarray:
    """How many items that the groups did not buy beat their normal in the groups' hours."""
    observed = (windows @ known.counts).toarray()
    total = np.asarray(known.counts.sum(axis=0)).ravel()
    expected = np.outer(windows @ known.chance, total)
    others = own.toarray() == 0
    seen = others & (observed > expected)
    tail = np.ones_like(observed)
    tail[seen] = poisson.sf(observed[seen] - 1, expected[seen])
    items = others.sum(axis=1, keepdims=True)
    return (tail * items <= CUTS["surge_p"]).sum(axis=1)


def _table(
    lines: pd.DataFrame, groups: pd.Index, places: np.ndarray, known: ItemHours, items: bool = False
) -> sparse.csr_matrix:
    """Which hours (or items) each group has: groups × hours (or items), ones."""
    numbers = groups.get_indexer(pd.Index(lines.group))
    found = places >= 0
    width = len(known.items if items else known.hours)
    table = sparse.csr_matrix(
        (np.ones(int(found.sum())), (numbers[found], places[found])), shape=(len(groups), width)
    )
    table.data[:] = 1
    return table


def _chance(counts: sparse.csr_matrix, hours: pd.DatetimeIndex) -> np.ndarray:
    """The share of the period's orders that each hour gets on an ordinary day."""
    sold = np.asarray(counts.sum(axis=1)).ravel()
    by_clock = np.bincount(hours.hour, weights=sold, minlength=24) if len(hours) else np.zeros(24)
    days = max(1, hours.floor("D").nunique())
    return by_clock[hours.hour] / max(sold.sum(), 1.0) / days if len(hours) else np.zeros(0)


TEST = InnocentTest("shop_surge", ("orders.product_id",), item_hours, judge_surge)
