"""Put a shop together: ordinary trade, rings, look-alikes, and what became of the orders."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyarrow as pa

from workbench.errors import BadInput
from workbench.simulate.campaign_records import campaign_records
from workbench.simulate.conversations import messages
from workbench.simulate.draft import KINDS, Draft, join
from workbench.simulate.fulfilment import fulfil
from workbench.simulate.identities import identities
from workbench.simulate.notice import flagged_orders, notices
from workbench.simulate.opinions import reviews
from workbench.simulate.order_lines import order_lines
from workbench.simulate.orders_table import order_numbers, orders_table, product_ids
from workbench.simulate.ordinary import ordinary_trade
from workbench.simulate.parcels import shipment_events, shipments, tracking_numbers, waybills
from workbench.simulate.purchasing import purchases
from workbench.simulate.recipes import special_orders
from workbench.simulate.shop import Shop
from workbench.simulate.staff_list import staff
from workbench.simulate.stocktaking import stock
from workbench.simulate.text_columns import Column, frame, pick
from workbench.simulate.transfers import transfers
from workbench.simulate.visits import visits
from workbench.simulate.world import LEVELS, World, make_world

__all__ = ["FEWEST_ORDERS", "simulate_shop"]

FEWEST_ORDERS = 300
"""Below this, one ring and one look-alike would be most of the shop."""


def simulate_shop(
    seed: int = 20260101,
    orders: int = 5000,
    level: Literal["plain", "moderate", "hard"] = "plain",
    rings: bool = True,
) -> Shop:
    """One year of a made-up shop with exactly `orders` orders and known truth.

    The same arguments give the same shop on every machine. On the levels `moderate` and `hard`
    rings are smaller, slower and mixed with real purchases, and there are more look-alikes. Without
    `rings` every order is honest. Raises BadInput for too few orders or an unknown level.
    """
    if orders < FEWEST_ORDERS or level not in LEVELS:
        raise BadInput(
            f"A shop of {orders} orders on level {level} cannot be simulated",
            do=f"take at least {FEWEST_ORDERS} orders and one of the levels {', '.join(LEVELS)}",
        )
    world = make_world(seed, orders, level)
    rows, groups = _all_orders(world, rings)
    return _shop(world, rows, groups)


def _all_orders(world: World, with_rings: bool) -> tuple[Draft, list[str]]:
    """All draft rows sorted by time, and the names of the groups."""
    special, groups = special_orders(world, with_rings)
    missing = world.orders - sum(len(d["time"]) for d in special)
    rows = join([ordinary_trade(world, missing), *special])
    order = np.lexsort((np.arange(world.orders), rows["time"]))
    return {name: column[order] for name, column in rows.items()}, groups


def _shop(world: World, rows: Draft, groups: list[str]) -> Shop:
    seed, catalogue = world.seed, world.catalogue
    done = fulfil(rows, seed)
    lines = order_lines(rows, done, catalogue, seed)
    bills = waybills(rows, done, seed)
    order_id = order_numbers(world.orders, seed)
    tracking = tracking_numbers(bills["carrier"], seed)
    buyer_id = identities(rows, seed)["buyer_id"]
    product = product_ids(rows["item"], seed)
    return Shop(
        orders=orders_table(rows, lines, done, bills, catalogue, order_id, tracking, seed),
        shipments=shipments(bills, done, lines, catalogue, tracking, order_id, seed),
        shipment_events=shipment_events(bills, done, tracking, seed),
        campaigns=campaign_records(world.campaigns, seed),
        messages=messages(rows, order_id, buyer_id, seed),
        reviews=reviews(rows, done, order_id, buyer_id, product, seed),
        purchases=purchases(rows, lines, done, catalogue, seed),
        stock=stock(catalogue, seed),
        payments=transfers(rows, lines, done, order_id, seed),
        traffic=visits(rows, lines, catalogue, seed),
        staff=staff(world, rows),
        notices=notices(flagged_orders(rows, done, groups, seed), order_id),
        truth=frame(_truth(rows, groups, order_id)),
    )


def _truth(rows: Draft, groups: list[str], order_id: Column) -> dict[str, Column]:
    return {
        "order_id": order_id,
        "kind": pick(KINDS, rows["kind"]),
        "group": pick(groups, rows["group"]),
        "fake": pa.array(rows["fake"]),
    }
