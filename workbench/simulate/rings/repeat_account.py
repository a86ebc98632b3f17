"""One account that orders the same single piece round the clock."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.world import World

__all__ = ["repeat_account"]


def repeat_account(world: World, rng: np.random.Generator) -> Draft:
    """One account buys one piece of one item every couple of hours, nights included.

    Imitates a shop's own helper or a simple bot that lifts the sales count of a new listing.
    """
    size = world.level.members(rng, 24, 44, least=10)
    buyer = world.register.people(1)[0]
    hours = float(rng.uniform(1.5, 3.5)) * world.level.pace
    gaps = np.maximum(
        300, hours * 3600 * (1 + float(rng.uniform(0.05, 0.4)) * rng.standard_normal(size))
    )
    begin = world.start(rng, size * hours / 24 + 2) * 86400
    return draft(
        size,
        buyer,
        begin + np.cumsum(gaps).astype(np.int64),
        item=world.item(rng),
        version=0,
        coupon=0,
        pays=1,
    )
