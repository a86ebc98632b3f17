"""Single accounts that buy a lot, with reason."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.ordinary import everyday
from workbench.simulate.seasons import draw_days, draw_times
from workbench.simulate.shop import DAYS
from workbench.simulate.world import World

__all__ = ["loyal_subscriber", "reseller"]


def loyal_subscriber(world: World, rng: np.random.Generator) -> Draft:
    """One account buys the same consumable at a steady pace for months.

    Imitates a household that reorders filters, wipes or tea: regular, single item, but days
    apart and at waking hours.
    """
    buyer = world.register.people(1)[0]
    pace = int(rng.choice([7, 10, 14, 21]))
    first = int(rng.integers(0, 60))
    length = int(rng.integers(170, 300))
    days = np.arange(first, min(DAYS, first + length), pace)
    days = np.clip(days + rng.integers(-1, 2, len(days)), 0, DAYS - 1)
    rows = draft(len(days), buyer, draw_times(rng, days), item=world.item(rng), version=0)
    return everyday(rng, rows)


def reseller(world: World, rng: np.random.Generator) -> Draft:
    """One account buys several pieces of several items all year and sends some on to others.

    Imitates a small corner shop or a 代购.
    """
    size = int(rng.integers(14, 28))
    buyer = world.register.people(1)[0]
    customers = world.register.people(size)
    days = np.sort(draw_days(rng, size))
    own = rng.random(size) < 0.6
    home = np.where(own, buyer, customers)
    rows = draft(
        size,
        buyer,
        draw_times(rng, days),
        item=world.catalogue.draw_items(rng, days),
        quantity=rng.integers(4, 30, size),
        home=home,
        name=home,
        phone=home,
    )
    return everyday(rng, rows)
