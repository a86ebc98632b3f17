"""Lockstep ring: the same accounts meet on the same items again and again."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.seasons import draw_times
from workbench.simulate.world import World

__all__ = ["lockstep_ring"]


def lockstep_ring(world: World, rng: np.random.Generator) -> Draft:
    """A handful of accounts, each buying the same three or four items in the same short windows.

    Imitates a standing team of workers that gets one task after another. They share nothing but
    the timetable.
    """
    rounds = int(rng.integers(3, 5))
    team = max(4, world.level.members(rng, 24, 40) // rounds)
    buyers = world.register.people(team)
    pause = float(rng.uniform(6, 14)) * world.level.pace
    first = world.start(rng, pause * rounds + 3)
    items = rng.permutation(25)[:rounds]
    days = np.concatenate(
        [first + int(i * pause) + rng.integers(0, 3, team) for i in range(rounds)]
    )
    return draft(
        team * rounds,
        np.tile(buyers, rounds),
        draw_times(rng, days),
        item=np.repeat([world.catalogue.steady(int(i)) for i in items], team),
        coupon=0,
        talk=1,
    )
