"""Payer ring: many buyers, one purse."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.rings.sharing import dealt, spread
from workbench.simulate.world import World

__all__ = ["payer_ring"]


def payer_ring(world: World, rng: np.random.Generator) -> Draft:
    """Buyers with different names, phones and addresses whose orders one or two accounts pay.

    Imitates an organiser who advances the money centrally instead of refunding it later.
    """
    size = world.level.members(rng, 18, 32)
    buyers = world.register.people(size)
    days = float(rng.uniform(3, 20)) * world.level.pace
    purses = world.register.people(int(rng.integers(1, 3)))
    items = np.asarray([world.item(rng) for _ in range(int(rng.integers(1, 4)))])
    return draft(
        size,
        buyers,
        spread(rng, world.start(rng, days), days, size),
        item=items[rng.integers(0, len(items), size)],
        payer=purses[rng.integers(0, len(purses), size)],
        network=dealt(rng, buyers, 2) if rng.random() < 0.3 else buyers,
        coupon=0,
        pays=1,
        talk=1,
        parcel=np.where(rng.random(size) < rng.choice([0.0, 0.4]), 4, 0),
    )
