"""A group that sells what was never there is found; shops that keep no books are left alone."""

import json

import numpy as np
import pandas as pd
import pytest
from ibis.backends import BaseBackend
from scipy import stats

from tests.detect.proof_shop import RING, Frames, looked_at, proposing, shop_with_ring
from workbench.detect.beyond_stock import DETECTOR

ITEMS = 12


def shop(bought: int = 20, **columns: object) -> Frames:
    """Twelve items of 30 to 35 orders each, and the ring on the first; item n has n pieces left.

    Of each item 20 pieces (of the first `bought`) were bought in; the rest was counted before.
    """
    orders = shop_with_ring(product_id="0", **columns)
    own = ~orders.order_id.isin(RING)
    orders.loc[own, "product_id"] = [str(n % ITEMS) for n in range(own.sum())]
    sold = orders[own].product_id.value_counts()
    items = [str(n) for n in range(ITEMS)]
    stock = pd.DataFrame(
        {
            "product_id": items,
            "counted_at": pd.Timestamp("2025-02-27"),
            "quantity": [sold[i] - 20 + int(i) for i in items],
        }
    )
    purchases = pd.DataFrame(
        {
            "product_id": items,
            "quantity": [bought, *[20] * (ITEMS - 1)],
            "purchased_at": pd.Timestamp("2025-02-28"),
        }
    )
    return {"orders": orders, "stock": stock, "purchases": purchases}


def told(engine: BaseBackend, frames: Frames, *orders: str) -> pd.DataFrame:
    rows = looked_at(engine, frames, proposing(*(orders or RING)), DETECTOR).rows
    return rows[rows.detector == DETECTOR.name]


def test_the_ring_s_pieces_were_never_there(engine: BaseBackend):
    rows = told(engine, shop())
    assert set(rows.order_id) == RING
    facts = json.loads(rows.facts.iloc[0])
    assert (facts["sold"], facts["had"], facts["short"]) == (40, 34, 6)
    assert (facts["group_pieces"], facts["items_compared"]) == (6, 11)
    # 34 pieces of items 0 to 3, 33 of the others were sold, and n of item n are left
    left = np.array([-n / np.sqrt(34 if n < 4 else 33) for n in range(1, ITEMS)])
    t = (6 / np.sqrt(40) - left.mean()) / (left.std(ddof=1) * np.sqrt(1 + 1 / 11))
    assert facts["p2"] == pytest.approx(stats.t.sf(t, 10), rel=1e-4)
    assert facts["tried2"] == 1


def test_goods_that_were_there(engine: BaseBackend):
    assert told(engine, shop(bought=26)).empty


def test_a_gap_that_the_group_does_not_make(engine: BaseBackend):
    # one piece more is missing than the group sold: the books are wrong without it
    assert told(engine, shop(bought=19)).empty


def test_closed_orders_took_nothing(engine: BaseBackend):
    assert told(engine, shop(status="closed", paid_at="2025-03-09")).empty


def test_items_without_purchases_are_shipped_by_others(engine: BaseBackend):
    frames = shop()
    for table in ("stock", "purchases"):
        bare = frames | {table: frames[table].iloc[1:]}
        assert told(engine, bare).empty


def test_few_items_tell_nothing(engine: BaseBackend):
    frames = shop()
    few = frames | {"stock": frames["stock"].iloc[:10]}
    found = looked_at(engine, few, proposing(*RING), DETECTOR)
    review = json.loads(found.runs.set_index("detector").review["beyond_stock"])
    assert review["reason"] == "too_few_stocked_items"
