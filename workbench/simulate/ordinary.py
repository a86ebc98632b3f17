"""Ordinary trade: thousands of buyers who do not know each other, drawn all at once."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.seasons import draw_days, draw_times
from workbench.simulate.shop import DAYS
from workbench.simulate.streams import Ints, stream
from workbench.simulate.world import World

__all__ = ["HONEST_SPELLINGS", "everyday", "ordinary_trade", "quantities"]

HONEST_SPELLINGS = 8
"""In how many ways an honest buyer writes the own address differently."""


def ordinary_trade(world: World, size: int) -> Draft:
    """`size` orders of the shop's regular buyers: 30 to 60 % from buyers who come back."""
    rng = stream(world.seed, "ordinary")
    buyer = _who(rng, world, size)
    days = _when(rng, buyer)
    rows = draft(
        size,
        buyer,
        draw_times(rng, days),
        item=_what(rng, world, buyer, days),
        quantity=quantities(rng, size),
    )
    _gifts(rng, world, rows)
    return everyday(rng, rows)


def everyday(rng: np.random.Generator, rows: Draft) -> Draft:
    """What happens in honest orders: mobile networks, orders from a computer, sloppy spelling."""
    size = len(rows["buyer"])
    mobile = rng.random(size) < 0.35
    gateways = 24 + size // 200
    rows["network"] = np.where(mobile, -1 - rng.integers(0, gateways, size), rows["network"])
    rows["device"] = np.where(rng.random(size) < 0.15, -1, rows["device"])
    sloppy = (rng.random(size) < 0.03) & (rows["site"] == 0)
    rows["spelling"] = np.where(
        sloppy, rng.integers(1, HONEST_SPELLINGS + 1, size), rows["spelling"]
    )
    return rows


def quantities(rng: np.random.Generator, size: int) -> Ints:
    """Pieces per order: mostly one."""
    return np.searchsorted([0.82, 0.94, 0.98, 0.99], rng.random(size), side="right") + 1


def _who(rng: np.random.Generator, world: World, size: int) -> Ints:
    """One entry per order, a buyer's orders side by side; most buyers come once."""
    once = float(rng.uniform(0.70, 0.77))
    rest = 1 - once
    edges = once + rest * np.cumsum([0.5, 0.2, 0.1, 0.06, 0.05, 0.04, 0.03])
    visits = 1 + np.searchsorted(edges, rng.random(len(world.regulars)), side="right")
    buyer = np.repeat(world.regulars, visits)[:size]
    missing = size - len(buyer)
    more = world.regulars[rng.integers(0, len(world.regulars), missing)]
    return np.sort(np.concatenate([buyer, more]))


def _first_rows(buyer: Ints) -> Ints:
    """For each row, the first row of the same buyer (rows of a buyer lie side by side)."""
    return np.searchsorted(buyer, buyer, side="left")


def _when(rng: np.random.Generator, buyer: Ints) -> Ints:
    """The first visit follows the season; the next ones come about six weeks apart."""
    size = len(buyer)
    days = draw_days(rng, size)
    first = _first_rows(buyer)
    visit = np.arange(size) - first
    gaps = np.where(visit > 0, np.round(rng.lognormal(3.5, 0.8, size)).astype(np.int64), 0)
    walked = np.cumsum(gaps)
    later = days[first] + walked - walked[first]
    return np.where(later < DAYS, later, days)


def _what(rng: np.random.Generator, world: World, buyer: Ints, days: Ints) -> Ints:
    """Items by demand; a third of the later visits are for what was bought first."""
    items = world.catalogue.draw_items(rng, days)
    first = _first_rows(buyer)
    again = items[first]
    launch = np.zeros(world.catalogue.size, np.int64)
    launch[list(world.catalogue.launches)] = list(world.catalogue.launches.values())
    same = (rng.random(len(buyer)) < 0.33) & (days >= launch[again])
    return np.where(same, again, items)


def _gifts(rng: np.random.Generator, world: World, rows: Draft) -> None:
    """Some send the parcel to somebody else; some let somebody else pay."""
    size = len(rows["buyer"])
    gift = np.flatnonzero(rng.random(size) < 0.025)
    friends = world.register.people(len(gift))
    for column in ("name", "phone", "home"):
        rows[column][gift] = friends
    paid_by_other = np.flatnonzero(rng.random(size) < 0.012)
    rows["payer"][paid_by_other] = world.register.people(len(paid_by_other))
