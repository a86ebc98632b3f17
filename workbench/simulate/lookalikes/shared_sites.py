"""One address, many honest people: a dormitory, a parcel locker, a company."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.ordinary import everyday, quantities
from workbench.simulate.seasons import draw_days, draw_times, month_of
from workbench.simulate.shop import DAYS
from workbench.simulate.streams import Ints
from workbench.simulate.world import World

__all__ = ["company_bulk", "dormitory", "parcel_locker"]


def dormitory(world: World, rng: np.random.Generator) -> Draft:
    """Students of one hall: many accounts, one building, some one room; mixed items in term.

    Imitates a hall of residence; holidays (February, July, August) are quiet.
    """
    days = draw_days(rng, 400)
    in_term = days[~np.isin(month_of(days), (1, 6, 7))]
    days = np.sort(in_term[: int(rng.integers(35, 60))])
    return _site(world, rng, days, site=1, share_of_people=0.7, rooms=14, one_network=True)


def parcel_locker(world: World, rng: np.random.Generator) -> Draft:
    """Neighbours who have parcels sent to one station or locker: mixed items, the whole year."""
    days = np.sort(draw_days(rng, int(rng.integers(40, 70))))
    return _site(world, rng, days, site=2, share_of_people=0.75, rooms=1, one_network=False)


def company_bulk(world: World, rng: np.random.Generator) -> Draft:
    """A company's one to three buyers order many pieces to the office on a few occasions.

    Imitates staff gifts and office supplies: large orders, one address, invoice asked for.
    """
    size = int(rng.integers(7, 14))
    people = world.register.people(int(rng.integers(1, 4)))
    first = world.start(rng, 130)
    occasions = first + np.sort(rng.integers(0, 120, int(rng.integers(2, 5))))
    who = people[rng.integers(0, len(people), size)]
    rows = draft(
        size,
        who,
        _office_hours(rng, occasions[rng.integers(0, len(occasions), size)]),
        item=np.asarray([world.item(rng) for _ in range(3)])[rng.integers(0, 3, size)],
        quantity=rng.integers(6, 40, size),
        home=people[0],
        site=3,
        network=people[0],
        payer=people[0],
        talk=2,
    )
    return everyday(rng, rows)


def _office_hours(rng: np.random.Generator, days: Ints) -> Ints:
    return np.clip(days, 0, DAYS - 1) * 86400 + rng.integers(9 * 3600, 18 * 3600, len(days))


def _site(
    world: World,
    rng: np.random.Generator,
    days: Ints,
    site: int,
    share_of_people: float,
    rooms: int,
    one_network: bool,
) -> Draft:
    size = len(days)
    people = world.register.people(max(3, round(size * share_of_people)))
    who = people[rng.integers(0, len(people), size)]
    place = world.register.people(1)[0]
    rows = draft(
        size,
        who,
        draw_times(rng, days),
        item=world.catalogue.draw_items(rng, days),
        quantity=quantities(rng, size),
        home=place,
        site=site,
        room=(who % rooms) * 3 + 301,
        network=place if one_network else who,
    )
    return everyday(rng, rows)
