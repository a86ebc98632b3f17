"""What a shop could add to its orders: campaigns, parcels, money that went out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from second_shop.world import DAY, START, World

KINDS = {
    "flash_deal": "flash_sale",
    "live_show": "livestream",
    "neighbours": "group_buy",
    "launch": "new_product",
}
EMPTY, UNMOVED, PAID_BACK = 0.7, 0.08, 0.7


def campaigns(rows: pd.DataFrame) -> pd.DataFrame:
    """The campaigns that the shop registered."""
    of_campaign = rows[rows.kind.isin(list(KINDS))]
    records = []
    for (group, item), own in of_campaign.groupby(["group", "item"]):
        records.append(
            {
                "name": str(group),
                "starts_at": START + pd.Timedelta(seconds=int(own.time.min()) - 900),
                "ends_at": START + pd.Timedelta(seconds=int(own.time.max()) + 900),
                "kind": KINDS[str(own.kind.iloc[0])],
                "product_id": f"P{item:05d}",
            }
        )
    return pd.DataFrame(records)


def parcels(world: World, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Shipments with weights, and their scans."""
    rng, n = world.rng, len(rows)
    weight = rng.integers(120, 4000, len(world.price))
    full = weight[rows["item"]] * rows.pieces * rng.normal(1, 0.02, n) + rng.integers(20, 60, n)
    empty = (rows.fake == 1) & (rng.random(n) < EMPTY)
    weighed = np.where(empty, rng.integers(15, 70, n), full).round().astype(int)
    shipped = rows.time.to_numpy() + rng.integers(2, 40, n) * 3600
    tracking = pd.Series([f"YT{n:011d}" for n in rows.number], index=rows.index)
    shipments = pd.DataFrame(
        {
            "tracking_no": tracking,
            "carrier": "圆通速递",
            "order_id": rows.order_id,
            "shipped_at": _at(shipped),
            "weighed_weight_g": weighed,
        }
    )
    moved = ~((rows.fake == 1) & (rng.random(n) < UNMOVED))
    scans = []
    for status, after, share in (
        ("collected", 4, 1.0),
        ("in_transit", 20, 1.0),
        ("signed", 60, 1.0),
    ):
        here = (moved & (rng.random(n) < share)).to_numpy()
        when = shipped + rng.integers(after, after * 2, n) * 3600
        scan = pd.DataFrame({"tracking_no": tracking, "occurred_at": _at(when), "status": status})
        scans.append(scan[here])
    return shipments, pd.concat(scans, ignore_index=True)


def payments(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """Money in for every order; money out to hired buyers, and a few honest compensations."""
    rng, n = world.rng, len(rows)
    common = {"counterparty_account": "acc" + rows.payer.astype(str), "order_id": rows.order_id}
    income = pd.DataFrame(
        {
            "posted_at": _at(rows.time + 30),
            "amount": rows.amount,
            "direction": "in",
            "kind": "trade",
            **common,
        }
    )
    back = (rows.fake == 1) & (rng.random(n) < PAID_BACK)
    kind = (rows.fake == 0) & (rng.random(n) < 0.01)
    when = rows.time + rng.integers(1, 7 * DAY, n)
    amount = np.where(back, rows.amount + rng.integers(3, 15, n), rng.integers(2, 20, n))
    out = pd.DataFrame(
        {"posted_at": _at(when), "amount": amount, "direction": "out", "kind": "transfer", **common}
    )
    # A transfer outside of the platform names the person, not the order.
    out = out[back | kind].assign(order_id=None)
    both = pd.concat([income, out], ignore_index=True)
    return both.assign(entry_id=[f"E{n}" for n in range(len(both))])


def _at(seconds: object) -> pd.Series:
    return START + pd.to_timedelta(pd.Series(np.asarray(seconds, dtype="int64")), unit="s")
