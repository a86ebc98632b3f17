"""Bursts with an honest cause: a flash sale, a live stream, a launch, a group buy."""

from __future__ import annotations

import numpy as np

from workbench.simulate.draft import Draft, draft
from workbench.simulate.ordinary import everyday, quantities
from workbench.simulate.seasons import draw_times
from workbench.simulate.world import Campaign, World

__all__ = ["flash_sale", "group_buy", "livestream", "livestream_unrecorded", "new_product"]


def flash_sale(world: World, rng: np.random.Generator) -> Draft:
    """One item at 60 to 75 % of its price for an hour or two; half of the buyers are known.

    Imitates a platform flash sale (秒杀). The campaign record names item and hours.
    """
    item = world.item(rng)
    begin = world.start(rng, 1) * 86400 + int(rng.choice([10, 14, 20])) * 3600
    span = int(rng.integers(60, 130)) * 60
    now = int(world.catalogue.prices[item, begin // 86400])
    price = int(round(now * float(rng.uniform(0.6, 0.75)) / 10) * 10)
    _record(world, "限时秒杀", begin, begin + span, "flash_sale", item)
    return _crowd(world, rng, begin, span, item, known=0.5, price=price)


def livestream(world: World, rng: np.random.Generator) -> Draft:
    """One item at list price during a live show; most buyers are new. There is a record."""
    begin, span, item = _show(world, rng)
    _record(world, "达人直播专场", begin - 1800, begin + span + 1800, "livestream", item)
    return _crowd(world, rng, begin, span, item, known=0.3)


def livestream_unrecorded(world: World, rng: np.random.Generator) -> Draft:
    """The same show, but nobody kept a record of it.

    From the orders alone it cannot be told from a ring that shares nothing: the right answer is
    unknown until somebody brings the schedule or the recording.
    """
    begin, span, item = _show(world, rng)
    return _crowd(world, rng, begin, span, item, known=0.15)


def new_product(world: World, rng: np.random.Generator) -> Draft:
    """The first two days of a new item: orders come from known and new buyers. Recorded."""
    launches = sorted(world.catalogue.launches.items())
    item, day = launches[int(rng.integers(0, len(launches)))]
    size = int(rng.integers(22, 40))
    buyers = world.crowd(rng, size, 0.5)
    days = day + (rng.random(size) < 0.35).astype(np.int64)
    _record(world, "新品首发", day * 86400, (day + 3) * 86400, "new_product", item)
    rows = draft(size, buyers, draw_times(rng, days), item=item, quantity=quantities(rng, size))
    return everyday(rng, rows)


def group_buy(world: World, rng: np.random.Generator) -> Draft:
    """Neighbours order one item in one evening and have it sent to their group leader's door.

    Imitates 社区团购: many accounts, one address, one item. Recorded on the plain level; on the
    hard level every second one is not.
    """
    size = int(rng.integers(9, 20))
    buyers = world.crowd(rng, size, 0.3)
    leader = world.register.people(1)[0]
    item = world.item(rng)
    begin = world.start(rng, 1) * 86400 + 19 * 3600
    if world.level.name == "plain" or rng.random() < 0.5:
        _record(world, "社区团购", begin - 3600, begin + 4 * 3600, "group_buy", item)
    times = np.sort(begin + rng.integers(0, 3 * 3600, size))
    rows = draft(size, buyers, times, item=item, home=leader, quantity=quantities(rng, size))
    return everyday(rng, rows)


def _show(world: World, rng: np.random.Generator) -> tuple[int, int, int]:
    begin = world.start(rng, 1) * 86400 + int(rng.integers(18, 21)) * 3600
    return begin, int(rng.integers(90, 180)) * 60, world.item(rng)


def _crowd(
    world: World,
    rng: np.random.Generator,
    begin: int,
    span: int,
    item: int,
    known: float,
    price: int = -1,
) -> Draft:
    size = int(rng.integers(25, 45))
    times = np.sort(begin + (rng.beta(1.2, 2.5, size) * span).astype(np.int64))
    rows = draft(
        size,
        world.crowd(rng, size, known),
        times,
        item=item,
        quantity=quantities(rng, size),
        price=price,
    )
    return everyday(rng, rows)


def _record(world: World, name: str, starts: int, ends: int, kind: str, item: int) -> None:
    source = "直播间后台" if kind == "livestream" else "营销后台"
    world.campaigns.append(Campaign(name, starts, ends, kind, item, source))
