"""Test 1 of a burst: a crowded stretch of one offer against what its usual trade lets expect."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.baseline import HOUR, Traffic, dispersion, shrunk
from workbench.detect.constants import (
    ALPHA,
    BURST_OVER_RATE,
    BURST_SECONDS,
    BURST_SIZES,
    MIN_OFFER_DAYS,
    PHI_ORDERS,
    PHI_WEIGHT,
    PRIOR_ORDERS,
)
from workbench.detect.tails import count_tail

__all__ = ["Usual", "surges", "window", "windows_tried"]


@dataclass(frozen=True)
class Usual:
    """What stretches are compared with: traffic of the shop, and its variance / mean of counts."""

    traffic: Traffic
    phi: float

    @classmethod
    def of(cls, trade: Table) -> Usual:
        """Fit both to trade."""
        traffic = Traffic.of(trade)
        return cls(traffic, _shop_phi(trade, traffic))


def surges(stretches: pd.DataFrame, rows: pd.DataFrame, usual: Usual, windows: int) -> list[dict]:
    """The stretches that pass test 1; of overlapping ones of an offer only the least likely.

    `stretches` are those of crowded_stretches, `rows` the trade of their items with `hour`
    (since 1970), `windows` how many were looked at. Each surge is its stretch and: rows (places
    of its rows in `rows`), mean (orders expected), phi, p1, tried1.
    """
    hourly = _hourly(rows)
    offers: dict = rows.groupby(["item", "amount"]).indices
    seconds = rows.second.to_numpy("int64")
    judged = []
    for stretch in stretches.to_dict("records"):
        own = offers[stretch["item"], stretch["amount"]]
        own = own[(seconds[own] >= stretch["start"]) & (seconds[own] <= stretch["end"])]
        mean = _expected(stretch, usual.traffic.without(seconds[own]))
        phi = _phi(stretch, hourly[stretch["item"]], usual)
        p1 = count_tail(int(stretch["count"]), mean, phi)
        if p1 * windows <= ALPHA:
            told = {"rows": own, "mean": mean, "phi": phi, "p1": p1, "tried1": windows}
            judged.append({str(name): value for name, value in stretch.items()} | told)
    kept: list[dict] = []
    for one in sorted(judged, key=lambda s: (s["p1"], -s["count"], s["start"], s["amount"])):
        if not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return kept


def window(stretch: dict) -> tuple[float, float]:
    """First and last second of a stretch, widened to the hour that was searched."""
    lack = max(BURST_SECONDS - (stretch["end"] - stretch["start"]), 0) / 2
    return stretch["start"] - lack, stretch["end"] + lack


def windows_tried(on_sale: Table) -> int:
    """Windows that were looked at: one per order of an offer and size that fits it."""
    total = ibis.literal(0)
    for size in BURST_SIZES:
        fits = (on_sale.offer_orders >= size) & (on_sale.hourly * BURST_OVER_RATE < size)
        total = total + ibis.ifelse(fits, on_sale.offer_orders, 0)
    return int(on_sale.aggregate(n=total.sum()).to_pandas().n.fillna(0).iloc[0])


def _shop_phi(trade: Table, traffic: Traffic) -> float:
    """Median dispersion of the items with enough orders, at least 1 (Poisson)."""
    sold = trade.filter(trade.item.notnull())
    often = sold.group_by("item").aggregate(n=sold.count()).filter(lambda t: t.n >= PHI_ORDERS)
    hourly = sold.semi_join(often, "item").mutate(hour=(sold.second / HOUR).floor().cast("int64"))
    cells = hourly.group_by(["item", "hour"]).aggregate(n=hourly.count()).to_pandas()
    own = [
        dispersion(item.hour.to_numpy(), item.n.to_numpy(), traffic)
        for _, item in cells.groupby("item")
    ]
    return max(1.0, float(np.nanmedian(own))) if np.isfinite(own).any() else 1.0


def _expected(stretch: dict, traffic: Traffic) -> float:
    """Orders of the offer expected in the window, from its other orders while on sale.

    `traffic` is that of the shop without the stretch.
    """
    others = stretch["offer_orders"] - stretch["count"]
    if others > 0:
        lack = max(MIN_OFFER_DAYS * 24 * HOUR - (stretch["last"] - stretch["first"]), 0) / 2
        life = (stretch["first"] - lack, stretch["last"] + lack)
    else:
        life = (traffic.start * HOUR, (traffic.start + len(traffic.counts)) * HOUR)
    return (others + PRIOR_ORDERS) * traffic.share(window(stretch), life)


def _hourly(rows: pd.DataFrame) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Hours with orders of each item, and how many each has."""
    cells = rows.groupby(["item", "hour"]).size().rename("n").reset_index()
    hours, counts = cells.hour.to_numpy("int64"), cells.n.to_numpy()
    items: dict = cells.groupby("item").indices
    return {item: (hours[cell], counts[cell]) for item, cell in items.items()}


def _phi(stretch: dict, hourly: tuple[np.ndarray, np.ndarray], usual: Usual) -> float:
    """Dispersion of the item outside of the hours of the stretch, drawn to the shop's."""
    hours, counts = hourly
    rest = (hours < stretch["start"] // HOUR) | (hours > stretch["end"] // HOUR)
    own = dispersion(hours[rest], counts[rest], usual.traffic)
    return max(1.0, shrunk(own, counts[rest].sum(), usual.phi, PHI_WEIGHT))


def _overlap(one: dict, other: dict) -> bool:
    same = one["item"] == other["item"] and one["amount"] == other["amount"]
    return bool(same and one["start"] <= other["end"] and other["start"] <= one["end"])
