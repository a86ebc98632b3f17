"""Brushing schemes: each gives the orders of one ring."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from second_shop.world import DAY, World


def _size(world: World) -> int:
    return int(world.rng.integers(world.level.size[0], world.level.size[1] + 1))


def _accounts(world: World, number: int) -> np.ndarray:
    """New accounts, some of them bought or hired old ones."""
    accounts = world.people(number)
    old = world.rng.random(number) < world.level.old_accounts
    accounts[old] = world.rng.choice(world.buyers, int(old.sum()), replace=False)
    return accounts


def _items(world: World) -> np.ndarray:
    """The one to four items that the ring is to push, seldom the best sellers."""
    number = int(world.rng.integers(world.level.items[0], world.level.items[1] + 1))
    return world.rng.choice(np.arange(3, len(world.price)), number, replace=False)


def _pushed(world: World, buyer: np.ndarray, time: np.ndarray, **other) -> pd.DataFrame:
    items = _items(world)
    item = world.rng.choice(items, len(buyer))
    cut = np.where(world.rng.random(len(buyer)) < world.level.coupons, 0.9, 1.0)
    unit = np.round(world.price[item] * cut, 2)
    return world.rows(buyer, time, item, unit=unit, **other)


def _slow(world: World, number: int) -> np.ndarray:
    days = world.between(world.level.slow_days)
    first = world.rng.uniform(0, max(1.0, world.days - days - 1))
    return world.times(number, first, first + days)


def _groups(world: World, number: int) -> np.ndarray:
    """Which shared value each account uses: a few accounts per value."""
    per = int(world.rng.integers(world.level.per_value[0], world.level.per_value[1] + 1))
    return np.arange(number) // per


def rush(world: World) -> pd.DataFrame:
    """Hired hands order one thing within hours."""
    n = _size(world)
    hours = world.between(world.level.burst_hours)
    first = world.rng.uniform(2, world.days - 4) // 1 * DAY + world.rng.uniform(8, 22) * 3600
    time = (first + world.rng.random(n) * hours * 3600).astype("int64")
    return _pushed(world, _accounts(world, n), time)


def _sharing(field: str) -> Callable[[World], pd.DataFrame]:
    def ring(world: World) -> pd.DataFrame:
        n = _size(world)
        accounts = _accounts(world, n)
        value = world.people(n)[_groups(world, n)]
        return _pushed(world, accounts, _slow(world, n), **{field: value})

    ring.__doc__ = f"Accounts behind one {field}, over days or weeks."
    return ring


phone_farm, device_farm, one_payer = _sharing("phone"), _sharing("device"), _sharing("payer")


def one_door(world: World) -> pd.DataFrame:
    """Parcels to one door that is written differently each time."""
    n = _size(world)
    door = world.people(n)[_groups(world, n)]
    return _pushed(
        world, _accounts(world, n), _slow(world, n), place=door, slip=world.rng.integers(0, 40, n)
    )


def web(world: World) -> pd.DataFrame:
    """Each account shares one thing with the next: phone, device, door or payer in turn."""
    n = _size(world)
    accounts = _accounts(world, n)
    fields = {name: world.people(n) for name in ("phone", "device", "place", "payer")}
    for k in range(1, n):
        link = list(fields)[int(world.rng.integers(0, 4))]
        fields[link][k] = fields[link][k - 1]
    return _pushed(world, accounts, _slow(world, n), **fields)


def chorus(world: World) -> pd.DataFrame:
    """The same accounts buy the same few items, each within the same days."""
    n = max(5, _size(world) // 3)
    accounts = _accounts(world, n)
    steps = int(world.rng.integers(3, 6))
    items = world.rng.choice(np.arange(3, len(world.price)), steps, replace=False)
    days = np.sort(world.rng.uniform(1, world.days - 4, steps))
    parts = []
    for item, day in zip(items, days, strict=True):
        here = accounts[world.rng.random(n) < (1.0 if world.level.own_trade == 0 else 0.85)]
        time = world.times(len(here), day, day + 1.5)
        parts.append(world.rows(here, time, np.full(len(here), item)))
    return pd.concat(parts)


def treadmill(world: World) -> pd.DataFrame:
    """One account orders the same again and again."""
    n = _size(world)
    pace = world.between(world.level.burst_hours) / 2 + 0.3
    gaps = world.rng.exponential(pace * 3600, n)
    time = (world.rng.uniform(1, world.days * 0.7) * DAY + gaps.cumsum()).astype("int64")
    return _pushed(world, np.repeat(_accounts(world, 1), n), time)


SCHEMES = {
    "rush": rush,
    "phone_farm": phone_farm,
    "device_farm": device_farm,
    "one_payer": one_payer,
    "one_door": one_door,
    "web": web,
    "chorus": chorus,
    "treadmill": treadmill,
}


def own_trade(world: World, ring: pd.DataFrame) -> pd.DataFrame:
    """What the ring's accounts buy for themselves, to look alive or because they want it."""
    chosen = ring[world.rng.random(len(ring)) < world.level.own_trade]
    rows = chosen.copy()
    rows["time"], rows["item"] = world.times(len(rows)), world.items_of(len(rows))
    rows["unit"] = world.unit(rows["item"].to_numpy())
    return rows
