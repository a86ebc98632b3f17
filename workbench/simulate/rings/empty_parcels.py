"""Empty-parcel ring: waybills were bought, nothing was sent."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.rings.sharing import spread
from workbench.simulate.world import World

__all__ = ["empty_parcel_ring"]


def empty_parcel_ring(world: World, rng: np.random.Generator) -> Draft:
    """Unrelated buyers, one or two items, and scans that contradict a delivery.

    Imitates bought waybills: collected but signed in another city, or collected and signed with
    nothing between, all at about the same tiny weight. In the second half of the year, because
    carriers keep scans for some months only.
    """
    size = world.level.members(rng, 20, 36)
    buyers = world.register.people(size)
    days = float(rng.uniform(4, 15)) * world.level.pace
    items = np.asarray([world.item(rng) for _ in range(int(rng.integers(1, 3)))])
    styles = ((2, 2), (3, 3), (2, 3))[int(rng.integers(0, 3))]
    return draft(
        size,
        buyers,
        spread(rng, world.start(rng, days + 12, low=290), days, size),
        item=items[rng.integers(0, len(items), size)],
        parcel=np.asarray(styles)[rng.integers(0, 2, size)],
        coupon=0,
        pays=1,
        talk=1,
    )
