"""Burst ring: a task group places its orders within about an hour."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.rings.sharing import dealt
from workbench.simulate.world import World

__all__ = ["burst_ring"]


def burst_ring(world: World, rng: np.random.Generator) -> Draft:
    """One-time buyers take one offer at the same price within an hour or so and share few phones.

    Imitates a chat group that is sent a task and a keyword: everybody buys the same thing at
    once, and the organiser's few phones receive the courier's calls. By seed, devices or the
    network are shared as well.
    """
    size = world.level.members(rng, 26, 46, least=8)
    buyers = world.register.people(size)
    minutes = float(rng.uniform(40, 100)) * world.level.pace
    day = world.start(rng, 1)
    begin = day * 86400 + int(rng.integers(9, 22)) * 3600
    phones = dealt(rng, buyers, int(rng.integers(3, 7)))
    shares = rng.random(2) < (0.5, 0.3)
    return draft(
        size,
        buyers,
        np.sort(begin + (rng.random(size) * minutes * 60).astype(np.int64)),
        item=world.item(rng, 15),
        version=0,
        coupon=0,
        pays=1,
        talk=1,
        phone=phones,
        device=dealt(rng, buyers, int(rng.integers(4, 9))) if shares[0] else buyers,
        network=dealt(rng, buyers, int(rng.integers(1, 4))) if shares[1] else buyers,
        parcel=np.where(rng.random(size) < rng.choice([0.0, 0.5]), 4, 0),
    )
