"""Honest trade that looks like a scheme."""

from __future__ import annotations

import numpy as np
import pandas as pd

from second_shop.world import DAY, World


def _crowd(world: World, number: int, known: float) -> np.ndarray:
    crowd = world.people(number)
    old = world.rng.random(number) < known
    crowd[old] = world.rng.choice(world.buyers, int(old.sum()))
    return crowd


def _moment(world: World, number: int, hours: float) -> np.ndarray:
    day = np.floor(world.rng.uniform(2, world.days - 3))
    first = day * DAY + world.rng.choice([10, 12, 19, 20, 21]) * 3600
    return (first + world.rng.beta(1, 3, number) * hours * 3600).astype("int64")


def flash_deal(world: World) -> pd.DataFrame:
    """A deep discount for an hour or two, taken by regulars and strangers."""
    n = int(world.rng.integers(25, 80))
    item = np.full(n, world.rng.integers(0, len(world.price) // 2))
    unit = np.round(world.price[item] * world.rng.uniform(0.5, 0.75), 2)
    return world.rows(_crowd(world, n, 0.45), _moment(world, n, 1.5), item, unit=unit)


def live_show(world: World) -> pd.DataFrame:
    """A show that sells three to six items at list price, regulars among the viewers."""
    n = int(world.rng.integers(30, 90))
    items = world.rng.choice(len(world.price), int(world.rng.integers(3, 7)), replace=False)
    item = world.rng.choice(items, n)
    return world.rows(_crowd(world, n, 0.3), _moment(world, n, 3.0), item, unit=world.price[item])


def office_order(world: World) -> pd.DataFrame:
    """Colleagues order many pieces each to one office on one day."""
    n = int(world.rng.integers(8, 20))
    item = np.full(n, world.rng.integers(0, len(world.price)))
    time = _moment(world, n, 6.0)
    door = np.repeat(world.people(1), n)
    pieces = world.rng.integers(5, 20, n)
    return world.rows(world.people(n), time, item, place=door, pieces=pieces)


def _site(world: World, accounts: int, orders: int) -> pd.DataFrame:
    people = world.people(accounts)
    buyer = world.rng.choice(people, orders)
    door = np.repeat(world.people(1), orders)
    return world.rows(buyer, world.times(orders), world.items_of(orders), place=door)


def hall(world: World) -> pd.DataFrame:
    """A dormitory: many people, many wishes, all year."""
    return _site(world, int(world.rng.integers(20, 60)), int(world.rng.integers(40, 110)))


def pick_up_point(world: World) -> pd.DataFrame:
    """A parcel locker."""
    return _site(world, int(world.rng.integers(15, 40)), int(world.rng.integers(20, 60)))


def kin(world: World) -> pd.DataFrame:
    """Two to four relatives share phone and door, and buy what each likes."""
    n = int(world.rng.integers(2, 5))
    people = world.people(n)
    orders = int(world.rng.integers(n, 3 * n + 1))
    buyer = world.rng.choice(people, orders)
    shared = np.repeat(people[:1], orders)
    time, item = world.times(orders), world.items_of(orders)
    return world.rows(buyer, time, item, place=shared, phone=shared)


def standing_order(world: World) -> pd.DataFrame:
    """The same thing every week or two, for months."""
    n = int(min(world.rng.integers(8, 20), world.days // 8))
    gap = world.rng.uniform(7, 14)
    first = world.rng.uniform(0, max(1, world.days - n * gap))
    time = ((first + np.arange(n) * gap + world.rng.normal(0, 0.4, n)).clip(0) * DAY).astype(
        "int64"
    )
    item = np.full(n, world.rng.integers(0, len(world.price)))
    return world.rows(np.repeat(world.people(1), n), time, item)


def trader(world: World) -> pd.DataFrame:
    """Buys to sell on: several items, many pieces, every few days."""
    n = int(world.rng.integers(8, 25))
    time = world.times(n)
    item = world.rng.choice(world.rng.choice(len(world.price), 3), n)
    pieces = world.rng.integers(4, 15, n)
    return world.rows(np.repeat(world.people(1), n), time, item, pieces=pieces)


def launch(world: World) -> pd.DataFrame:
    """A new item's first fortnight."""
    n = int(world.rng.integers(25, 70))
    day = world.rng.uniform(5, world.days - 16)
    time = ((day + world.rng.exponential(4.0, n).clip(max=14)) * DAY).astype("int64")
    time = time // DAY * DAY + world.times(n) % DAY
    item = np.full(n, len(world.price) - 1)
    return world.rows(_crowd(world, n, 0.5), time, item)


def neighbours(world: World) -> pd.DataFrame:
    """A group buy: one leader's door, everybody's own phone, one item, two days."""
    n = int(world.rng.integers(8, 24))
    item = np.full(n, world.rng.integers(0, len(world.price)))
    unit = np.round(world.price[item] * 0.85, 2)
    door = np.repeat(world.people(1), n)
    return world.rows(world.people(n), _moment(world, n, 30.0), item, unit=unit, place=door)


LOOK_ALIKES = {
    "flash_deal": flash_deal,
    "live_show": live_show,
    "office_order": office_order,
    "hall": hall,
    "pick_up_point": pick_up_point,
    "kin": kin,
    "standing_order": standing_order,
    "trader": trader,
    "launch": launch,
    "neighbours": neighbours,
}
