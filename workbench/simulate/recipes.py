"""Which recipes a shop gets, how often, and the drafts they give."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from workbench.simulate import lookalikes, rings
from workbench.simulate.draft import RING_KINDS, Draft, draft, kind_code
from workbench.simulate.seasons import draw_days, draw_times
from workbench.simulate.streams import stream
from workbench.simulate.world import World

__all__ = ["LOOK_ALIKES", "RINGS", "special_orders"]

Recipe = Callable[[World, np.random.Generator], Draft]

RINGS: dict[str, tuple[Recipe, float]] = {k: (getattr(rings, k), 1.0) for k in RING_KINDS}
"""Recipe and how many of it per 5,000 orders."""
LOOK_ALIKES: dict[str, tuple[Recipe, float]] = {
    "flash_sale": (lookalikes.flash_sale, 1.0),
    "livestream": (lookalikes.livestream, 1.0),
    "livestream_unrecorded": (lookalikes.livestream_unrecorded, 1.0),
    "company_bulk": (lookalikes.company_bulk, 1.5),
    "dormitory": (lookalikes.dormitory, 1.0),
    "parcel_locker": (lookalikes.parcel_locker, 1.0),
    "family": (lookalikes.family, 24.0),
    "loyal_subscriber": (lookalikes.loyal_subscriber, 2.0),
    "reseller": (lookalikes.reseller, 1.0),
    "new_product": (lookalikes.new_product, 1.0),
    "group_buy": (lookalikes.group_buy, 1.0),
}
_SMALL = 2000  # a shop below this many orders gets only some of the kinds


def special_orders(world: World, with_rings: bool) -> tuple[list[Draft], list[str]]:
    """Drafts of all rings and look-alikes, and the names of the groups they belong to."""
    drafts: list[Draft] = []
    groups: list[str] = []
    tables = [(LOOK_ALIKES, 0, world.level.look_alikes)]
    if with_rings:
        tables.insert(0, (RINGS, 1, 1.0))
    for table, fake, more in tables:
        for kind, count in _how_many(world, table, more, fake).items():
            for number in range(count):
                rng = stream(world.seed, kind, number)
                rows = table[kind][0](world, rng)
                groups.append(f"{kind}-{number + 1}")
                rows["kind"][:] = kind_code(kind)
                rows["group"][:] = len(groups) - 1
                rows["fake"][:] = fake
                drafts.append(rows)
                if fake and world.level.camouflage:
                    drafts.append(_camouflage(world, rng, rows))
    return drafts, groups


def _how_many(
    world: World, table: dict[str, tuple[Recipe, float]], more: float, fake: int
) -> dict[str, int]:
    """How many of each kind: in proportion to the orders, at least one in a shop of some size."""
    rng = stream(world.seed, "how many", fake)
    chance = rng.random(len(table))
    kinds = list(table)
    if world.orders >= _SMALL:
        wanted = [table[k][1] * more * world.orders / 5000 for k in kinds]
        return {k: max(1, int(w + c)) for k, w, c in zip(kinds, wanted, chance, strict=True)}
    few = max(1, round(world.orders * len(kinds) / 5000)) + (1 - fake)
    chosen = sorted(int(i) for i in rng.permutation(len(kinds))[:few])
    return {kinds[i]: 1 for i in chosen}


def _camouflage(world: World, rng: np.random.Generator, ring: Draft) -> Draft:
    """Real small purchases of other items by some of the ring's accounts, at other times.

    Imitates accounts that are kept looking alive. The goods were wanted and kept: not fake.
    """
    rows = np.flatnonzero(rng.random(len(ring["buyer"])) < world.level.camouflage)
    days = draw_days(rng, len(rows))
    own = {c: ring[c][rows] for c in ("name", "phone", "payer", "device", "network", "home")}
    return draft(
        len(rows),
        ring["buyer"][rows],
        draw_times(rng, days),
        item=world.catalogue.draw_items(rng, days),
        kind=kind_code("camouflage"),
        group=ring["group"][rows],
        **own,
    )
