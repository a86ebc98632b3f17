"""The platform's notice: which orders it calls fake, rightly and wrongly."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.simulate.draft import KINDS, RING_KINDS, Draft
from workbench.simulate.fulfilment import Fulfilment
from workbench.simulate.shop import YEAR_START
from workbench.simulate.streams import Ints, stream
from workbench.simulate.text_columns import Column, clock, frame, pick

__all__ = ["flagged_orders", "notices"]

_ISSUED = pd.Timestamp("2026-01-02 08:30:00")
_DEADLINE = pd.Timestamp("2026-01-09 23:59:59")
_ALWAYS = ("livestream_unrecorded-1", "dormitory-1", "flash_sale-1")
_SUSPECT = ("livestream", "dormitory", "parcel_locker", "company_bulk", "group_buy", "flash_sale")


def flagged_orders(rows: Draft, done: Fulfilment, groups: list[str], seed: int) -> Ints:
    """Rows the platform names: most rings, some look-alikes, and a few orders at random.

    Like a real platform it misses a part of a ring and takes honest crowds for rings.
    """
    rng = stream(seed, "notice")
    chance = np.empty(len(groups) + 1)
    for number, group in enumerate(groups):
        kind = group.rsplit("-", 1)[0]
        ring = kind in RING_KINDS
        taken = rng.random() < (0.65 if ring else 0.2 if kind in _SUSPECT else 0.0)
        share = rng.uniform(0.8, 1.0) if ring else rng.uniform(0.6, 1.0)
        chance[number] = share if taken or group in _ALWAYS else 0.0
    chance[-1] = 0.001  # group -1: ordinary trade
    named = rng.random(len(rows["time"])) < chance[rows["group"]]
    named &= (done.paid >= 0) & (rows["kind"] != KINDS.index("camouflage"))
    return np.flatnonzero(named)


def notices(flagged: Ints, order_id: Column) -> pd.DataFrame:
    """The table of notices: one row per order that the notice names."""
    size = len(flagged)
    zero = np.zeros(size, np.int64)

    def moment(when: pd.Timestamp) -> Column:
        return clock(zero + int((when - YEAR_START).total_seconds()), YEAR_START)

    return frame(
        {
            "notice_id": pick(("WG2026010200817",), zero),
            "platform": pick(("淘宝",), zero),
            "violation": pick(("虚假交易",), zero),
            "rule_clause": pick(("平台规则 虚假交易（样例条款）",), zero),
            "issued_at": moment(_ISSUED),
            "decided_at": moment(_ISSUED - pd.Timedelta(hours=15)),
            "appeal_deadline": moment(_DEADLINE),
            "attempts_allowed": pa.array(zero + 1),
            "attempts_used": pa.array(zero),
            "measure": pick(("删除销量与评价，商品降权30天",), zero),
            "order_id": order_id.take(pa.array(flagged)),
        }
    )
