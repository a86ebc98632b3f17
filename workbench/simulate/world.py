"""What every recipe may look at: seed, level, catalogue, and the register of persons."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from workbench.simulate.catalogue import Catalogue, make_catalogue
from workbench.simulate.shop import DAYS
from workbench.simulate.streams import Ints, stream

__all__ = ["LEVELS", "Campaign", "Level", "Register", "World", "make_world"]


@dataclass(frozen=True)
class Level:
    """How well rings hide: their size, their pace, and how much they trade to look normal."""

    name: str
    size: float
    pace: float
    camouflage: float
    look_alikes: float

    def members(self, rng: np.random.Generator, low: int, high: int, least: int = 6) -> int:
        """How many orders a ring has: between low and high on the plain level."""
        return max(least, round(float(rng.uniform(low, high)) * self.size))


LEVELS = {
    "plain": Level("plain", 1.0, 1.0, 0.0, 1.0),
    "moderate": Level("moderate", 0.7, 1.6, 0.15, 1.3),
    "hard": Level("hard", 0.5, 2.5, 0.3, 1.6),
}


@dataclass
class Register:
    """Hands out persons who did not exist before."""

    count: int = 0

    def people(self, size: int) -> Ints:
        """Numbers of `size` new persons."""
        self.count += size
        return np.arange(self.count - size, self.count, dtype=np.int64)


@dataclass(frozen=True)
class Campaign:
    """A campaign that the shop can show a record of. Times in seconds of the year."""

    name: str
    starts: int
    ends: int
    kind: str
    item: int
    source: str


@dataclass(frozen=True)
class World:
    """Passed to every recipe; recipes add persons and campaigns, nothing else."""

    seed: int
    orders: int
    level: Level
    catalogue: Catalogue
    regulars: Ints
    """Persons who buy here in ordinary trade; a campaign's crowd comes partly from them."""
    register: Register
    campaigns: list[Campaign] = field(default_factory=list)

    def crowd(self, rng: np.random.Generator, size: int, known: float) -> Ints:
        """Buyers drawn by a campaign: a share `known` of them buys here anyway."""
        buyers = self.register.people(size)
        old = rng.random(size) < known
        buyers[old] = self.regulars[rng.integers(0, len(self.regulars), int(old.sum()))]
        return buyers

    def item(self, rng: np.random.Generator, reach: int = 30) -> int:
        """One of the `reach` best sold items that were there all year."""
        return self.catalogue.steady(int(rng.integers(0, reach)))

    def start(self, rng: np.random.Generator, span_days: float, low: int = 10) -> int:
        """A day on which something that lasts `span_days` can begin and still end in the year."""
        return int(rng.integers(low, max(low + 1, DAYS - 5 - int(np.ceil(span_days)))))


def make_world(seed: int, orders: int, level: str) -> World:
    """The world of a shop; raises ValueError for an unknown level."""
    if level not in LEVELS:
        raise ValueError(f"level is {' or '.join(LEVELS)}, not {level!r}")
    register = Register()
    buyers = register.people(round(orders * float(stream(seed, "buyers").uniform(0.6, 0.7))))
    return World(seed, orders, LEVELS[level], make_catalogue(seed, orders), buyers, register)
