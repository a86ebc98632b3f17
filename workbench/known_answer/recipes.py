"""Recipes of brushing that are planted into a shop: one function per kind.

They know the shop's material and nothing of the detectors. Flags and habits: guides of platforms
and courts on fake trade (task groups, shared phones, empty parcels, money back).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbench.known_answer.levels import Level
from workbench.known_answer.material import Material
from workbench.known_answer.ring import cover_of, dealt, line_of, moments, orders_of, start_of
from workbench.known_answer.visible import link_fields, purse_fields
from workbench.simulate.streams import Ints

__all__ = ["RECIPES", "ring"]

Recipe = Callable[[np.random.Generator, Material, Level], pd.DataFrame]
_HOUR, _DAY = 3600.0, 86400.0
_LINKS = {"phone": "phone", "device": "device", "address": "home", "buyer_account": "purse"}
_PURSES = {"device": "device", "buyer_account": "purse", "ip": "network"}


def ring(kind: str, rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """The orders of one ring and its cover, by time; see `workbench.known_answer.ring`."""
    own = RECIPES[kind](rng, material, level)
    whole = pd.concat([own, cover_of(rng, material, own, level.cover)], ignore_index=True)
    if material.whole_minutes:
        whole["second"] = whole.second // 60 * 60
    if not material.clock:
        whole["second"] = whole.second // 86400 * 86400
    return whole.sort_values("second", kind="stable", ignore_index=True)


def burst(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """A task group orders one offer at one price within an hour or so."""
    size = level.size(rng, material.orders)
    start, lasts = start_of(rng, material, float(rng.uniform(40, 90)) * 60 * level.pace)
    line = rng.choice(line_of(rng, material, level.brisk))
    seconds = np.sort(start + (rng.random(size) * lasts).astype(np.int64))
    return orders_of(size, buyer=np.arange(size), line=line, second=seconds)


def slow_phone(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """Many accounts, few consignee phones, an order every day or two for weeks."""
    return _slow(rng, material, level, (18, 45), 2, "phone")


def shared_purse(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """Accounts of different people ordered from a device, or paid by an account, of one."""
    field = str(rng.choice(purse_fields(material)))
    return _slow(rng, material, level, (3, 20), 3, _PURSES[field])


def address_variants(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """Accounts, names and phones differ; the parcels go to one door, written in many ways."""
    orders = _slow(rng, material, level, (5, 28), 3, None)
    size = len(orders)
    return orders.assign(home=int(orders.buyer.iloc[0]), spelling=1 + rng.permutation(size))


def account_chain(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """Each account shares something with the one before it; no value is shared by many."""
    orders = _slow(rng, material, level, (6, 25), 1, None)
    size, fields = len(orders), link_fields(material)
    before = np.maximum(np.arange(size) - 1, 0)
    link = (np.arange(size) + int(rng.integers(0, len(fields)))) % len(fields)
    for number, field in enumerate(fields):
        orders[_LINKS[field]] = np.where(link == number, before, np.arange(size))
    return orders


def lockstep(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """A standing team buys the same three or four items, each in the same few days."""
    rounds = int(rng.integers(3, 5))
    team = max(4, level.size(rng, material.orders) // rounds)
    pause = float(rng.uniform(6, 14)) * _DAY * level.pace
    start, lasts = start_of(rng, material, pause * rounds)
    begins = start + np.arange(rounds) * lasts / rounds
    window = min(2 * _DAY, lasts / rounds)
    seconds = [moments(rng, material, begin, window, team) for begin in begins]
    lines = [rng.choice(line_of(rng, material, level.brisk), team) for _ in range(rounds)]
    buyers = np.concatenate([rng.permutation(team) for _ in range(rounds)])
    return orders_of(
        team * rounds, buyer=buyers, line=np.concatenate(lines), second=np.concatenate(seconds)
    )


def repeated_account(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """One account orders one piece of one item every couple of hours, nights included."""
    size = level.size(rng, material.orders)
    hours = float(rng.uniform(1.5, 3.5)) * level.pace
    noise = 1 + float(rng.uniform(0.05, 0.4)) * rng.standard_normal(size)
    start, lasts = start_of(rng, material, hours * _HOUR * size)
    gaps = np.maximum(300, hours * _HOUR * noise)
    seconds = start + np.cumsum(gaps * min(1.0, lasts / gaps.sum())).astype(np.int64)
    line = rng.choice(line_of(rng, material, level.brisk), size)
    return orders_of(size, buyer=0, line=line, second=seconds)


def empty_parcels(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """Waybills were bought: nothing is in the parcels, or they went to another town."""
    orders = _slow(rng, material, level, (4, 15), 2, None)
    empty = rng.random(len(orders)) >= level.careful
    return orders.assign(empty_parcel=empty, elsewhere=empty & (rng.random(len(orders)) < 0.5))


def money_back(rng: np.random.Generator, material: Material, level: Level) -> pd.DataFrame:
    """Price and a commission go back to each buyer within a week."""
    orders = _slow(rng, material, level, (5, 20), 2, None)
    numbered = rng.random(len(orders)) >= 2 * level.careful
    return orders.assign(payout=True, numbered=numbered)


def _slow(
    rng: np.random.Generator,
    material: Material,
    level: Level,
    days: tuple[float, float],
    items: int,
    shared: str | None,
) -> pd.DataFrame:
    """One order of each account over some days, of a few items, and something that is shared."""
    size = level.size(rng, material.orders)
    start, lasts = start_of(rng, material, float(rng.uniform(*days)) * _DAY * level.pace)
    chosen = [line_of(rng, material, level.brisk) for _ in range(int(rng.integers(1, items + 1)))]
    lines = [rng.choice(chosen[int(n)]) for n in rng.integers(0, len(chosen), size)]
    people: Ints = np.arange(size)
    own = {} if shared is None else {shared: dealt(rng, people, level.holders)}
    return orders_of(
        size, buyer=people, line=lines, second=moments(rng, material, start, lasts, size), **own
    )


RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "burst": burst,
        "slow_phone": slow_phone,
        "shared_purse": shared_purse,
        "address_variants": address_variants,
        "account_chain": account_chain,
        "lockstep": lockstep,
        "repeated_account": repeated_account,
        "empty_parcels": empty_parcels,
        "money_back": money_back,
    }
)
"""The recipe of each kind of `workbench.known_answer.visible.KINDS`."""
