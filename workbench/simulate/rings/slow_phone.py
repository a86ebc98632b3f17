"""Slow ring: the same consignee phones over weeks."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.rings.sharing import dealt, spread
from workbench.simulate.world import World

__all__ = ["slow_phone_ring"]


def slow_phone_ring(world: World, rng: np.random.Generator) -> Draft:
    """Many accounts, one to three consignee phones, an order every day or two for weeks.

    Imitates an organiser who paces the orders so that no day stands out, but has only a few
    phones to take the parcels' calls. Addresses differ; a few are the organiser's own.
    """
    size = world.level.members(rng, 15, 27)
    buyers = world.register.people(size)
    days = float(rng.uniform(18, 60)) * world.level.pace
    items = np.asarray([world.item(rng) for _ in range(int(rng.integers(1, 3)))])
    return draft(
        size,
        buyers,
        spread(rng, world.start(rng, days), days, size),
        item=items[rng.integers(0, len(items), size)],
        phone=dealt(rng, buyers, int(rng.integers(1, 4))),
        home=np.where(rng.random(size) < 0.2, buyers[0], buyers),
        coupon=0,
        talk=1,
        parcel=np.where(rng.random(size) < rng.choice([0.0, 0.6]), 4, 0),
    )
