"""What several schemes have in common: sharing a phone or a device, spreading over days."""

from __future__ import annotations

import numpy as np

from workbench.simulate.seasons import draw_times
from workbench.simulate.streams import Ints

__all__ = ["dealt", "spread"]


def dealt(rng: np.random.Generator, people: Ints, holders: int) -> Ints:
    """Deal `holders` of the people out to all: who uses whose phone. Each holder is used."""
    hands = np.arange(len(people)) % max(1, holders)
    return people[rng.permutation(hands)]


def spread(rng: np.random.Generator, first_day: int, days: float, size: int) -> Ints:
    """Times over `days` days from `first_day`, at the hours at which people shop."""
    day = first_day + (rng.random(size) * max(1.0, days)).astype(np.int64)
    return draw_times(rng, day)
