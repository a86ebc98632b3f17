"""Families: a few accounts, one phone or one door."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.ordinary import everyday, quantities
from workbench.simulate.seasons import draw_days, draw_times
from workbench.simulate.world import World

__all__ = ["family"]


def family(world: World, rng: np.random.Generator) -> Draft:
    """Two or three accounts with one home; often one phone; mixed items over months.

    Imitates parents and children who order each with their own account.
    """
    people = world.register.people(int(rng.integers(2, 4)))
    size = len(people) + int(rng.integers(0, 4))
    who = np.concatenate([people, people[rng.integers(0, len(people), size - len(people))]])
    days = draw_days(rng, size)
    one_phone = rng.random() < 0.7
    tablet = rng.random() < 0.4
    rows = draft(
        size,
        who,
        draw_times(rng, days),
        item=world.catalogue.draw_items(rng, days),
        quantity=quantities(rng, size),
        home=people[0],
        network=people[0],
        phone=people[0] if one_phone else who,
        device=people[0] if tablet else who,
    )
    return everyday(rng, rows)
