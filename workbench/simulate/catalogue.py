"""What the shop sells: items, their prices through the year, and how much each is wanted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.simulate.seasons import SALES, month_of
from workbench.simulate.shop import DAYS
from workbench.simulate.streams import Ints, stream
from workbench.simulate.word_lists import words

__all__ = ["Catalogue", "make_catalogue"]

_SEASON = {
    "even": (1,) * 12,
    "summer": (0.2, 0.2, 0.5, 0.9, 1.6, 2.2, 2.4, 2.0, 1.0, 0.5, 0.3, 0.2),
    "winter": (1.9, 1.2, 0.8, 0.5, 0.4, 0.3, 0.3, 0.4, 0.7, 1.2, 1.9, 2.2),
    "spring": (0.8, 1.3, 1.8, 1.6, 1.2, 0.9, 0.8, 0.8, 1.0, 0.9, 0.8, 0.7),
}


@dataclass(frozen=True)
class Catalogue:
    """Items by number. Prices in cents by item and day; demand by item and month."""

    titles: list[str]
    versions: list[list[str]]
    grams: Ints
    prices: Ints
    demand: NDArray[np.float64]
    launches: dict[int, int]
    """Items that were new this year, and the day on which they came."""
    ranking: list[int]
    """Items sold all year, best seller first."""

    @property
    def size(self) -> int:
        """How many items there are."""
        return len(self.titles)

    def price(self, item: Ints, version: Ints, day: Ints) -> Ints:
        """Cents a piece on that day; the second and later versions cost a little more."""
        return self.prices[item, np.clip(day, 0, DAYS - 1)] + 300 * version

    def draw_items(self, rng: np.random.Generator, days: Ints) -> Ints:
        """An item per day given, by the demand of its month; none before its launch."""
        items = np.zeros(len(days), np.int64)
        chance = rng.random(len(days))
        months = month_of(days)
        for month in range(12):
            rows = np.flatnonzero(months == month)
            edges = np.cumsum(self.demand[:, month]) / self.demand[:, month].sum()
            items[rows] = np.searchsorted(edges[:-1], chance[rows], side="right")
        for launched, first in self.launches.items():
            early = (items == launched) & (days < first)
            items[early] = self.steady(0)
        return items

    def steady(self, rank: int) -> int:
        """The item of that rank among those sold all year, best seller first."""
        return self.ranking[rank % len(self.ranking)]


def make_catalogue(seed: int, orders: int) -> Catalogue:
    """The catalogue of a shop with that many orders a year: 56 items, more for large shops."""
    rng = stream(seed, "catalogue")
    base = words("items")["items"]
    size = min(600, max(len(base), round(len(base) * (orders / 5000) ** 0.4)))
    rows = [base[i % len(base)] for i in range(size)]
    editions = [i // len(base) for i in range(size)]
    titles = [
        r["title"] + (f" 第{e + 1}款" if e else "") for r, e in zip(rows, editions, strict=True)
    ]
    list_cents = np.asarray(
        [round(r["price"] * 100) + 210 * e for r, e in zip(rows, editions, strict=True)], np.int64
    )
    launched = rng.permutation(size)[: max(4, size // 14)]
    first = rng.integers(40, 300, len(launched))
    prices = _prices(rng, list_cents)
    demand = _demand(rng, [r["season"] for r in rows])
    by_demand = np.argsort(-demand.sum(axis=1), kind="stable")
    return Catalogue(
        titles=titles,
        versions=[list(r["versions"]) for r in rows],
        grams=np.asarray([r["grams"] for r in rows], np.int64),
        prices=prices,
        demand=demand,
        launches={int(i): int(d) for i, d in zip(launched, first, strict=True)},
        ranking=[int(i) for i in by_demand if i not in launched],
    )


def _prices(rng: np.random.Generator, list_cents: Ints) -> Ints:
    """Two to four price steps a year for each item, and the shop-wide sales on top."""
    size = len(list_cents)
    factor = np.ones((size, DAYS))
    for item in range(size):
        for day in np.sort(rng.integers(20, DAYS, int(rng.integers(2, 5)))):
            factor[item, day:] = (0.9, 0.95, 1.0, 1.0, 1.05)[int(rng.integers(0, 5))]
    for _, start, length, left in SALES:
        taking_part = rng.random(size) < 0.8
        factor[taking_part, start : start + length] *= left
    return np.round(list_cents[:, None] * factor / 10).astype(np.int64) * 10


def _demand(rng: np.random.Generator, seasons: list[str]) -> NDArray[np.float64]:
    """Popularity falls like 1/(rank + 4), drifts through the year, and follows the season."""
    size = len(seasons)
    popularity = 1.0 / (4.0 + rng.permutation(size))
    drift = rng.uniform(-0.6, 0.6, size)[:, None] * np.linspace(-1, 1, 12)[None, :]
    season = np.asarray([_SEASON[s] for s in seasons])
    return popularity[:, None] * (1 + drift) * season
