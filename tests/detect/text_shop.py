"""The regular shop with a ring of six orders, and what was said, noted and reviewed in it."""

from __future__ import annotations

import pandas as pd

from tests.detect.conftest import extra, regular_shop
from tests.detect.proof_shop import RING

HOUR = pd.Timedelta(hours=1)


def shop(ring: int = 6, **columns: object) -> pd.DataFrame:
    """400 regular orders and a ring of item A from hour 200 on; received two days later."""
    rows = pd.concat([regular_shop(), extra(ring, **columns)], ignore_index=True)
    rows["completed_at"] = rows.created_at + 48 * HOUR
    return rows


def chats(
    orders: pd.DataFrame, ring: list[tuple[str, str]], usual: str = "今天能发货吗"
) -> pd.DataFrame:
    """One line of the buyer about every order; what the ring says instead."""
    rows = []
    for order in orders.itertuples():
        lines = ring if order.order_id in RING else [("buyer", usual)]
        rows += [
            {
                "conversation_id": f"c{order.order_id}",
                "order_id": order.order_id,
                "buyer_id": order.buyer_id,
                "speaker": speaker,
                "sent_at": order.created_at - HOUR,
                "text": text,
            }
            for speaker, text in lines
        ]
    return pd.DataFrame(rows)


def reviews(orders: pd.DataFrame, **ring: object) -> pd.DataFrame:
    """A review of every second order, 10 to 208 hours after receipt; the ring's columns replaced.

    Every text is its own.
    """
    rows = pd.DataFrame(
        {
            "order_id": orders.order_id,
            "product_id": orders.product_id,
            "buyer_id": orders.buyer_id,
            "posted_at": orders.completed_at
            + pd.Series([(10 + n // 2 % 199) * HOUR for n in range(len(orders))]),
            "rating": 5,
            "text": [words(n) for n in range(len(orders))],
            "image_hashes": [f"h{n}" for n in range(len(orders))],
        }
    )
    own = rows.order_id.isin(RING)
    for name, value in ring.items():
        rows.loc[own, name] = value
    return rows[own | (rows.index % 4 < 2)].reset_index(drop=True)


def words(number: int) -> str:
    """A text of 30 characters that shares no four of them with those of other numbers."""
    return "".join(chr(0x4E00 + 31 * number % 20000 + step) for step in range(30))
