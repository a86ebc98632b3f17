"""The money of an order: its lines, their prices, discounts and refunds, in whole cents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.simulate.addresses import transit_days
from workbench.simulate.catalogue import Catalogue
from workbench.simulate.draft import Draft
from workbench.simulate.fulfilment import Fulfilment
from workbench.simulate.streams import Ints, stream, which

__all__ = ["Lines", "order_lines"]


@dataclass(frozen=True)
class Lines:
    """One entry per order line; `row` is the order it belongs to. Money in cents."""

    row: Ints
    number: Ints
    item: Ints
    version: Ints
    quantity: Ints
    price: Ints
    goods: Ints
    shipping: Ints
    discount: Ints
    paid: Ints
    refund: Ints


def order_lines(rows: Draft, done: Fulfilment, catalogue: Catalogue, seed: int) -> Lines:
    """One line per order, and a second item in one of 25 ordinary orders."""
    rng = stream(seed, "lines")
    size = len(rows["time"])
    second = np.flatnonzero((rows["kind"] == 0) & (rng.random(size) < 0.04))
    row = np.concatenate([np.arange(size), second])
    number = np.concatenate([np.ones(size, np.int64), np.full(len(second), 2)])
    day = rows["time"][row] // 86400
    item = np.concatenate([rows["item"], catalogue.draw_items(rng, day[size:])])
    version = np.where(number == 1, rows["version"][row], -1)
    choices = np.asarray([len(v) for v in catalogue.versions], np.int64)[item]
    drawn = (which(row * 2 + number, 1 << 20, seed, "version") * choices) >> 20
    version = np.where(version < 0, drawn, version)
    quantity = np.where(number == 1, rows["quantity"][row], 1)
    price = np.where(number == 1, rows["price"][row], -1)
    price = np.where(price < 0, catalogue.price(item, version, day), price)
    goods = price * quantity
    discount = _discounts(rng, rows["coupon"][row], goods, number)
    shipping = _shipping(done.city[row], goods, number)
    paid = np.where(done.paid[row] >= 0, goods - discount + shipping, 0)
    refund = paid * done.refund_share[row] // 100
    order = np.lexsort((number, row))
    columns = (row, number, item, version, quantity, price, goods, shipping, discount, paid, refund)
    return Lines(*(column[order] for column in columns))


def _discounts(rng: np.random.Generator, given: Ints, goods: Ints, number: Ints) -> Ints:
    """Shop coupons of 2, 5 or 10 yuan, and now and then some cents' worth of coins."""
    size = len(goods)
    tier = np.select([goods >= 15000, goods >= 8000, goods >= 3000], [1000, 500, 200], default=0)
    coupon = np.where(rng.random(size) < 0.28, tier, 0)
    coins = np.where(rng.random(size) < 0.1, rng.integers(1, 300, size), 0)
    drawn = np.where(given < 0, np.minimum(coupon + coins, goods // 2), given)
    return np.where(number == 1, drawn, 0)


def _shipping(city: Ints, goods: Ints, number: Ints) -> Ints:
    """Free, but 8 yuan to far provinces and 5 for cheap orders; once per order."""
    far = transit_days(city) >= 4
    return np.where(number > 1, 0, np.where(far, 800, np.where(goods < 1500, 500, 0)))
