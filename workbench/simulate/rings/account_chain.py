"""Account chain: neighbours in the chain share something, the ends share nothing."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.rings.sharing import spread
from workbench.simulate.world import World

__all__ = ["account_chain"]


def account_chain(world: World, rng: np.random.Generator) -> Draft:
    """A shares a phone with B, B a device with C, C an address with D, and so on.

    Imitates accounts that were traded and reused: no single value is shared by many, yet all
    hang together and buy one item.
    """
    size = world.level.members(rng, 14, 24)
    buyers = world.register.people(size)
    days = float(rng.uniform(6, 25)) * world.level.pace
    before = np.maximum(np.arange(size) - 1, 0)
    link = (np.arange(size) + int(rng.integers(0, 3))) % 3
    shared = {
        column: np.where(link == number, buyers[before], buyers)
        for number, column in enumerate(("phone", "device", "home"))
    }
    return draft(
        size,
        buyers,
        spread(rng, world.start(rng, days), days, size),
        item=world.item(rng),
        coupon=0,
        talk=1,
        **shared,
    )
