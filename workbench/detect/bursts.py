"""Find crowded stretches of one offer (an item at one amount)."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.constants import (
    BURST_OVER_RATE,
    BURST_SECONDS,
    BURST_SIZES,
    MIN_OFFER_DAYS,
)

__all__ = ["BURST_COLUMNS", "crowded_stretches", "offers"]

BURST_COLUMNS = ["item", "amount", "size", "count", "start", "end", "offer_orders", "first", "last"]


def offers(trade: Table) -> Table:
    """Offers with enough orders for a burst: item, amount, offer_orders, first, last, hourly.

    first and last are seconds since 1970; hourly is the mean number of orders per hour on sale.
    """
    sold = trade.filter(trade.item.notnull() & (trade.amount > 0))
    counted = sold.group_by(["item", "amount"]).aggregate(
        offer_orders=sold.count(), first=sold.second.min(), last=sold.second.max()
    )
    life = ibis.greatest((counted["last"] - counted["first"]) / 3600, MIN_OFFER_DAYS * 24)
    return counted.filter(counted.offer_orders >= BURST_SIZES[0]).mutate(
        hourly=counted.offer_orders / life
    )


def crowded_stretches(trade: Table, on_sale: Table) -> pd.DataFrame:
    """Stretches in which every order is one of `size` orders of its offer within an hour.

    One row per stretch and size that was looked for, with the columns of BURST_COLUMNS; count
    is the orders in it, start and end its first and last order in seconds.
    """
    rows = trade.select("item", "amount", "second").join(on_sale, ["item", "amount"])
    sold = rows.to_pandas().sort_values(["item", "amount", "second"], ignore_index=True)
    if sold.empty:
        return pd.DataFrame(columns=BURST_COLUMNS)
    offer = sold.groupby(["item", "amount"]).ngroup().to_numpy()
    within = _within_the_hour(offer, sold.second.to_numpy())
    found = [_of_size(sold, offer, within, size) for size in BURST_SIZES if size <= within.max()]
    if not found:
        return pd.DataFrame(columns=BURST_COLUMNS)
    frame = pd.concat(found, ignore_index=True)[BURST_COLUMNS]
    by = ["start", "end", "amount", "size", "count", "item"]
    return frame.sort_values(by, ignore_index=True)


def _within_the_hour(offer: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Orders of the same offer in the hour up to each order, itself among them.

    Both are sorted by offer and second.
    """
    apart = int(second.max() - second.min()) + 2 * BURST_SECONDS
    time = offer * apart + second
    return np.arange(len(time)) - np.searchsorted(time, time - BURST_SECONDS) + 1


def _of_size(sold: pd.DataFrame, offer: np.ndarray, within: np.ndarray, size: int) -> pd.DataFrame:
    """The stretches of one size, of the offers at which it is looked for."""
    looked = (sold.offer_orders >= size) & (sold.hourly * BURST_OVER_RATE < size)
    # An order is one of `size` within an hour where one of the next size - 1 closes such an hour.
    closes = np.concatenate([[0], np.cumsum(within >= size)])
    ahead = np.minimum(np.arange(len(sold)) + size, len(sold))
    inside = (closes[ahead] > closes[:-1]) & looked.to_numpy()
    rows, own = sold[inside], offer[inside]
    begins = (np.diff(own, prepend=-1) != 0) | (np.diff(rows.second, prepend=0) > BURST_SECONDS)
    return (
        rows.groupby(np.cumsum(begins))
        .agg(
            item=("item", "first"),
            amount=("amount", "first"),
            count=("second", "size"),
            start=("second", "min"),
            end=("second", "max"),
            offer_orders=("offer_orders", "first"),
            first=("first", "first"),
            last=("last", "first"),
        )
        .assign(size=size)
    )
