"""A shop's catalogue, its honest buyers and when it sells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

DAY = 86400
START = pd.Timestamp("2025-03-03")
CITIES = (
    "杭州",
    "成都",
    "武汉",
    "西安",
    "南京",
    "长沙",
    "青岛",
    "郑州",
    "佛山",
    "昆明",
    "沈阳",
    "福州",
)
ROADS = (
    "人民路",
    "解放街",
    "文化巷",
    "滨江大道",
    "学院路",
    "建设北路",
    "长青街",
    "和平里",
    "迎宾路",
)
COLUMNS = ("time", "buyer", "phone", "place", "slip", "device", "payer", "item", "pieces", "unit")


@dataclass(frozen=True)
class Level:
    """How far the schemes of a level hide; ranges are drawn from per scheme."""

    size: tuple[int, int]
    burst_hours: tuple[float, float]
    slow_days: tuple[float, float]
    items: tuple[int, int]
    per_value: tuple[int, int]
    own_trade: float
    old_accounts: float
    coupons: float
    look_alikes: float


LEVELS = {
    "plain": Level((18, 60), (0.3, 1.5), (3, 14), (1, 2), (6, 20), 0.0, 0.0, 0.0, 0.05),
    "moderate": Level((10, 32), (2, 12), (6, 30), (1, 3), (4, 10), 0.2, 0.15, 0.1, 0.05),
    "hard": Level((6, 20), (6, 60), (14, 60), (1, 4), (3, 6), 0.4, 0.3, 0.3, 0.06),
}


class World:
    """Draws what recipes need; every number names a person, a place, a device."""

    def __init__(self, seed: int, orders: int, level: Level) -> None:
        self.rng = np.random.default_rng([seed, 77])
        self.orders, self.level = orders, level
        self.days = int(self.rng.integers(120, 330))
        items = int(np.clip(orders // 60, 25, 900))
        weight = 1 / np.arange(1, items + 1) ** self.rng.uniform(0.6, 1.1)
        self.popularity = weight / weight.sum()
        self.price = np.round(np.exp(self.rng.normal(4.2, 0.8, items)), 0) + 0.9
        self.promotion = self.rng.random(items) < self.rng.uniform(0.3, 0.9)
        self.next_person = 0
        self.buyers = self.people(int(orders * self.rng.uniform(0.35, 0.7)))
        self.home = self._homes()
        activity = self.rng.gamma(self.rng.uniform(0.4, 1.2), size=len(self.buyers))
        self.activity = activity / activity.sum()
        hours = (
            0.15
            + np.exp(-(((np.arange(24) - 14) / 5) ** 2))
            + 0.9 * np.exp(-(((np.arange(24) - 21) / 1.8) ** 2))
        )
        self.hours = hours / hours.sum()

    def people(self, number: int) -> np.ndarray:
        """Persons who did not exist before."""
        self.next_person += number
        return np.arange(self.next_person - number, self.next_person)

    def _homes(self) -> dict[str, np.ndarray]:
        """Whose phone, place, device and payer each buyer uses: some share a household."""
        own = {name: self.buyers.copy() for name in ("phone", "place", "device", "payer")}
        for name, share in (("place", 0.08), ("phone", 0.02), ("device", 0.03), ("payer", 0.025)):
            moved = np.flatnonzero(self.rng.random(len(self.buyers)) < share)
            own[name][moved] = own[name][np.maximum(moved - self.rng.integers(1, 3, len(moved)), 0)]
        return own

    def times(self, number: int, first: float = 0.0, last: float | None = None) -> np.ndarray:
        """Seconds of the period at the shop's own hours, between two days."""
        days = self.rng.uniform(first, self.days if last is None else last, number)
        season = 1 + 0.4 * np.sin(days / self.days * 2 * np.pi)
        days = np.where(self.rng.random(number) < season / 1.4, days, self.rng.permutation(days))
        hour = self.rng.choice(24, number, p=self.hours) + self.rng.random(number)
        return (np.floor(days) * DAY + hour * 3600).astype("int64")

    def items_of(self, number: int) -> np.ndarray:
        """Items as they sell here."""
        return self.rng.choice(len(self.price), number, p=self.popularity)

    def unit(self, items: np.ndarray) -> np.ndarray:
        """What a piece sells at: list price, or one of a few coupons where the item has them."""
        cut = self.rng.choice(
            [1.0, 0.95, 0.9, 0.85, 0.8], len(items), p=[0.45, 0.2, 0.2, 0.1, 0.05]
        )
        return np.round(self.price[items] * np.where(self.promotion[items], cut, 1.0), 2)

    def between(self, span: tuple[float, float]) -> float:
        """A number of a range."""
        return float(self.rng.uniform(*span))

    def rows(self, buyer: np.ndarray, time: np.ndarray, item: np.ndarray, **other) -> pd.DataFrame:
        """Orders; what is not given is the buyer's own."""
        known = (buyer < len(self.buyers)).astype(bool)
        at = np.minimum(buyer, len(self.buyers) - 1)
        frame = {name: np.where(known, self.home[name][at], buyer) for name in self.home}
        frame |= {"slip": np.zeros(len(buyer), int), "pieces": np.ones(len(buyer), int)}
        frame |= {"buyer": buyer, "time": time, "item": item, "unit": self.unit(item), **other}
        return pd.DataFrame({name: np.broadcast_to(frame[name], len(buyer)) for name in COLUMNS})

    def ordinary(self, number: int) -> pd.DataFrame:
        """The shop's own trade."""
        buyer = self.rng.choice(self.buyers, number, p=self.activity)
        rows = self.rows(buyer, self.times(number), self.items_of(number))
        rows["pieces"] = self.rng.choice([1, 2, 3, 5], number, p=[0.86, 0.1, 0.03, 0.01])
        rows["slip"] = np.where(self.rng.random(number) < 0.05, self.rng.integers(1, 4, number), 0)
        return rows
