"""What a recipe gives: orders of one ring as numbers, before the shop's own texts are put in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from workbench.known_answer.material import Material
from workbench.simulate.streams import Ints

__all__ = ["PEOPLE", "cover_of", "dealt", "line_of", "moments", "orders_of", "start_of"]

PEOPLE = ("buyer", "phone", "device", "purse", "network", "home")
"""Columns of a ring that are numbers of accounts."""
_COLUMNS = (*PEOPLE, "line", "second", "spelling")
_FLAGS = ("empty_parcel", "elsewhere", "payout", "numbered", "cover")


def orders_of(size: int, **columns: Any) -> pd.DataFrame:
    """`size` orders, one row each.

    buyer: number of the account; line: row of the material whose item and price it has; second:
    when. phone, device, purse, network, home: number of the account whose it is (the buyer's own
    unless said otherwise); spelling: how the home is written, 0 as usual. empty_parcel, elsewhere:
    its parcel holds nothing, or was signed in another town; payout: money goes back; numbered:
    with the order's number; cover: an honest purchase that keeps the account looking alive.
    """
    frame = pd.DataFrame(index=range(size))
    for name in _COLUMNS:
        usual = 0 if name == "spelling" else columns.get("buyer", 0)
        frame[name] = np.asarray(columns.get(name, usual), dtype=np.int64)
    for name in _FLAGS:
        frame[name] = np.asarray(columns.get(name, False), dtype=bool)
    return frame


def line_of(rng: np.random.Generator, material: Material, brisk: bool) -> Ints:
    """The rows of one item: of one that sells well (`brisk`), else any item alike."""
    items = material.lines["item"].to_numpy()
    known = np.flatnonzero(items >= 0)
    one = items[rng.choice(known)] if brisk else rng.choice(np.unique(items[known]))
    return np.flatnonzero(items == one)


def start_of(rng: np.random.Generator, material: Material, seconds: float) -> tuple[int, float]:
    """When a ring begins and how long it lasts: at most four fifths of the shop's time."""
    lasts = min(seconds, 0.8 * (material.last - material.first))
    around = int(rng.choice(material.lines.second.to_numpy()))
    latest = max(material.first, int(material.last - lasts))
    return int(np.clip(around - lasts / 2, material.first, latest)), lasts


def moments(
    rng: np.random.Generator, material: Material, start: float, seconds: float, size: int
) -> Ints:
    """Times in a window on days and at hours at which this shop sells."""
    times = np.unique(material.lines.second.to_numpy())
    inside = times[(times >= start) & (times <= start + seconds)]
    if len(inside) < 5:
        return np.sort((start + rng.random(size) * seconds).astype(np.int64))
    days = rng.choice(inside, size) // 86400 * 86400
    return np.sort(days + rng.choice(times, size) % 86400)


def dealt(rng: np.random.Generator, people: Ints, holders: int) -> Ints:
    """Deal `holders` of the people out to all: who uses whose phone. Each holder is used."""
    return people[rng.permutation(np.arange(len(people)) % max(1, holders))]


def cover_of(
    rng: np.random.Generator, material: Material, ring: pd.DataFrame, share: float
) -> pd.DataFrame:
    """Honest purchases of other items by some of the ring's accounts, at other times."""
    chosen = ring[rng.random(len(ring)) < share].drop_duplicates("buyer")
    known = np.flatnonzero(material.lines["item"].to_numpy() >= 0)
    span = material.last - material.first
    own = {name: chosen[name].to_numpy() for name in _COLUMNS if name not in ("line", "second")}
    return orders_of(
        len(chosen),
        line=rng.choice(known, len(chosen)),
        second=moments(rng, material, material.first, span, len(chosen)),
        cover=True,
        **own,
    )
