"""What happens to an order: paid or not, shipped, received, refunded, closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.simulate.addresses import city_of, transit_days
from workbench.simulate.draft import Draft
from workbench.simulate.shop import AS_OF, YEAR_START
from workbench.simulate.streams import Ints, stream

__all__ = ["CLOSE_REASONS", "NOW", "STATUSES", "Fulfilment", "fulfil"]

NOW = int((AS_OF - YEAR_START).total_seconds())
STATUSES = ("pending", "paid", "shipped", "completed", "closed")
CLOSE_REASONS = ("买家未付款", "我不想买了", "信息填写错误", "七天无理由退货", "商品与描述不符")
_DAY = 86400


@dataclass(frozen=True)
class Fulfilment:
    """Per order: times in seconds of the year (-1 = not yet or never), and how it ended."""

    paid: Ints
    shipped: Ints
    signed: Ints
    completed: Ints
    status: Ints
    close_reason: Ints
    refund_share: Ints
    """Percent of the money that went back: 0, 100 or between."""
    city: Ints


def fulfil(rows: Draft, seed: int) -> Fulfilment:
    """Draw the course of every order up to the moment of the export (NOW)."""
    rng = stream(seed, "fulfilment")
    size = len(rows["time"])
    sure = rows["pays"] == 1
    fate = np.where(sure, 1.0, rng.random(size))
    unpaid, cancelled = fate < 0.045, (fate >= 0.045) & (fate < 0.067)
    returned, partly = (fate >= 0.067) & (fate < 0.087), (fate >= 0.087) & (fate < 0.1)
    paid = _paid(rng, rows["time"], sure)
    shipped = _shipped(rng, paid)
    city = city_of(rows["home"], seed)
    signed = _signed(rng, rows, shipped, transit_days(city))
    completed = _completed(rng, signed, sure)
    paid[unpaid] = -1
    for moments in (shipped, signed, completed):
        moments[unpaid | cancelled | (moments > NOW)] = -1
    completed[returned] = -1
    closed = cancelled | (returned & (signed >= 0)) | (unpaid & (rows["time"] + 3 * _DAY < NOW))
    status = np.select([closed, completed >= 0, shipped >= 0, paid >= 0], [4, 3, 2, 1], default=0)
    reason = np.where(cancelled, 1 + rng.integers(0, 2, size), 3 + rng.integers(0, 2, size))
    percent = rng.integers(5, 40, size)
    return Fulfilment(
        paid=paid,
        shipped=shipped,
        signed=signed,
        completed=completed,
        status=status,
        close_reason=np.where(closed, np.where(unpaid, 0, reason), -1),
        refund_share=_refunds(closed & ~unpaid, partly & (status == 3), percent),
        city=city,
    )


def _refunds(full: NDArray[np.bool_], partly: NDArray[np.bool_], percent: Ints) -> Ints:
    return np.select([full, partly], [100, percent], default=0)


def _paid(rng: np.random.Generator, created: Ints, sure: NDArray[np.bool_]) -> Ints:
    size = len(created)
    delay = np.minimum(rng.lognormal(3.6, 1.1, size), 5 * 3600).astype(np.int64) + 4
    return created + np.where(sure, rng.integers(6, 50, size), delay)


def _shipped(rng: np.random.Generator, paid: Ints) -> Ints:
    """In the evening of the day of payment, or of the next; not over Spring Festival."""
    size = len(paid)
    day = paid // _DAY + (paid % _DAY > 16 * 3600) + (rng.random(size) < 0.15)
    day = np.where((day >= 26) & (day < 35), 35 + rng.integers(0, 2, size), day)
    return day * _DAY + rng.integers(int(16.5 * 3600), 20 * 3600, size)


def _signed(rng: np.random.Generator, rows: Draft, shipped: Ints, days: Ints) -> Ints:
    size = len(shipped)
    extra = np.searchsorted([0.6, 0.9, 0.98], rng.random(size), side="right")
    day = shipped // _DAY + days + extra
    honest = day * _DAY + rng.integers(9 * 3600, 20 * 3600, size)
    bought = shipped + rng.integers(20 * 3600, 40 * 3600, size)
    return np.where(np.isin(rows["parcel"], (2, 3)), bought, honest)


def _completed(rng: np.random.Generator, signed: Ints, sure: NDArray[np.bool_]) -> Ints:
    """Most confirm within days, a quarter never does and is confirmed after ten days."""
    size = len(signed)
    own = signed + rng.integers(3600, 8 * _DAY, size)
    late = np.where(rng.random(size) < 0.25, signed + 10 * _DAY, own)
    return np.where(sure, signed + rng.integers(1800, 2 * _DAY, size), late)
