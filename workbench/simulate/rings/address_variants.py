"""Address-variant ring: one flat, written in many ways."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.rings.sharing import spread
from workbench.simulate.spelling import DISGUISES, FIRST_DISGUISE
from workbench.simulate.world import World

__all__ = ["address_variant_ring"]


def address_variant_ring(world: World, rng: np.random.Generator) -> Draft:
    """Different accounts, names and phones order to one flat, spelled differently each time.

    Imitates a worker with many accounts who knows that equal addresses are counted and writes
    the same door as 3幢501, 3-501, ３栋五〇一 or with characters put in between.
    """
    size = world.level.members(rng, 15, 28)
    buyers = world.register.people(size)
    days = float(rng.uniform(5, 28)) * world.level.pace
    items = np.asarray([world.item(rng) for _ in range(int(rng.integers(1, 4)))])
    shares_device = rng.random() < 0.3
    return draft(
        size,
        buyers,
        spread(rng, world.start(rng, days), days, size),
        item=items[rng.integers(0, len(items), size)],
        home=buyers[0],
        spelling=FIRST_DISGUISE + rng.permutation(DISGUISES)[:size],
        device=buyers[rng.integers(0, 3, size)] if shares_device else buyers,
        coupon=0,
        talk=1,
    )
