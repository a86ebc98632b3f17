"""Put a shop together: ordinary trade, schemes, look-alikes, as canonical tables with truth."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle

import numpy as np
import pandas as pd

from second_shop.look_alikes import LOOK_ALIKES
from second_shop.records import campaigns, parcels, payments
from second_shop.schemes import SCHEMES, own_trade
from second_shop.world import CITIES, LEVELS, ROADS, START, World

__all__ = ["LEVELS", "Made", "make"]

FAKE = 0.025


@dataclass(frozen=True)
class Made:
    """Canonical tables, and truth: order_id, kind, group, fake."""

    tables: dict[str, pd.DataFrame]
    truth: pd.DataFrame


def make(seed: int, orders: int, level: str, *, rings: bool = True, records: bool = False) -> Made:
    """A shop of about so many orders; `records` adds campaigns, parcels and payments."""
    world = World(seed, orders, LEVELS[level])
    parts, groups = [], 0
    kinds = [(SCHEMES, FAKE * rings, 1), (LOOK_ALIKES, world.level.look_alikes, 0)]
    for recipes, share, fake in kinds:
        made, turn = 0, cycle(world.rng.permutation(list(recipes)).tolist())
        while made < share * orders:
            name = next(turn)
            rows = recipes[name](world).assign(kind=name, group=f"{name}-{groups}", fake=fake)
            parts.append(rows)
            made, groups = made + len(rows), groups + 1
            if fake and world.level.own_trade:
                parts.append(own_trade(world, rows).assign(kind="own_trade", fake=0))
    rest = orders - sum(len(part) for part in parts)
    parts.append(world.ordinary(rest).assign(kind="ordinary", group=None, fake=0))
    rows = pd.concat(parts, ignore_index=True)
    inside = rows.time.clip(0, world.days * 86400)
    rows = rows.assign(time=inside).sort_values("time", kind="stable", ignore_index=True)
    rows["number"] = np.arange(len(rows))
    rows["order_id"] = [f"{seed:03d}{n:09d}" for n in rows.number]
    rows["amount"] = (rows.unit * rows.pieces).round(2)
    tables = {"orders": _orders(world, rows)}
    if records:
        shipments, scans = parcels(world, rows)
        tables |= {"campaigns": campaigns(rows), "payments": payments(world, rows)}
        tables |= {"shipments": shipments, "shipment_events": scans}
    return Made(
        {name: table for name, table in tables.items() if len(table)},
        rows[["order_id", "kind", "group", "fake"]],
    )


def _orders(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    place = rows.place.to_numpy()
    city = np.array(CITIES)[place % len(CITIES)]
    return pd.DataFrame(
        {
            "order_id": rows.order_id,
            "created_at": START + pd.to_timedelta(rows.time, unit="s"),
            "paid_at": START + pd.to_timedelta(rows.time + 25, unit="s"),
            "status": "completed",
            "buyer_id": "u" + rows.buyer.astype(str),
            "buyer_account": "acc" + rows.payer.astype(str),
            "phone": _phones(rows.phone.to_numpy()),
            "city": city + "市",
            "address": [_address(p, s) for p, s in zip(place, rows.slip, strict=True)],
            "device": "d" + rows.device.astype(str),
            "product_id": [f"P{item:05d}" for item in rows["item"]],
            "quantity": rows.pieces,
            "paid_amount": rows.amount,
            "currency": "CNY",
        }
    )


def _phones(person: np.ndarray) -> list[str]:
    mixed = (person * 7_919 + 104_729) % 100_000_000
    return [f"13{p % 10}{m:08d}" for p, m in zip(person, mixed, strict=True)]


def _address(place: int, slip: int) -> str:
    """One door, written in one of many ways."""
    road = ROADS[place // 7 % len(ROADS)]
    house, block, room = place % 887 + 1, place // 887 % 23 + 1, place // 13 % 600 + 101
    forms = (
        f"{road}{house}号{block}栋{room}室",
        f"{road}{house}号{block}栋{room}",
        f"{road} {house}号 {block}栋 {room}室",
        f"{road}{house}号{block}幢{room}室",
        f"{road}{house}号-{block}-{room}",
        f"{road}（{house}号）{block}栋{room}房",
    )
    written = forms[slip % len(forms)]
    return written + ("", "", "转交", "门口", "收")[slip // len(forms) % 5] if slip else written
