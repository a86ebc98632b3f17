"""Money of planted orders: what came in as the shop books it, and what went back to the buyers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from workbench.known_answer.identities import MARK
from workbench.known_answer.material import Material

__all__ = ["planted_payments"]


def planted_payments(
    ring: pd.DataFrame,
    orders: pd.DataFrame,
    pattern: pd.DataFrame,
    material: Material,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Entries of the planted orders, with the columns that the shop's table has."""
    money = material.money
    if money is None:
        return pd.DataFrame()
    columns = [c for c in money if c not in ("source_file", "source_row")]
    parts = [_came_in(orders, pattern, money), _went_out(ring, orders, money, rng)]
    every = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=columns)])
    return every.reindex(columns=columns).reset_index(drop=True)


def _came_in(orders: pd.DataFrame, pattern: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """The receipt of each order whose pattern has one, moved to its time and amount."""
    if "order_id" not in money:
        return pd.DataFrame()
    got = money[money.direction == "in"].drop_duplicates("order_id").set_index("order_id")
    rows = np.flatnonzero(pattern.order_id.isin(got.index).to_numpy())
    own = got.loc[pattern.order_id.iloc[rows]].reset_index(drop=True)
    paid = orders.iloc[rows].reset_index(drop=True)
    late = own.posted_at - pattern.created_at.iloc[rows].reset_index(drop=True)
    return _entries(
        paid.order_id.tolist(),
        "R",
        posted_at=paid.created_at + late,
        amount=paid.paid_amount,
        direction="in",
        counterparty_account=_accounts(paid),
        order_id=paid.order_id,
        **{c: own[c] for c in ("kind", "currency") if c in own},
    )


def _went_out(
    ring: pd.DataFrame, orders: pd.DataFrame, money: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Price and a commission of 3 to 10 per cent, one hour to six days later."""
    rows = np.flatnonzero(ring.payout.to_numpy())
    paid = orders.iloc[rows].reset_index(drop=True)
    numbered = ring.numbered.to_numpy()[rows]
    out = money[money.direction == "out"]
    later = pd.to_timedelta(rng.integers(3600, 6 * 86400, len(rows)), unit="s")
    more = 1 + rng.uniform(0.03, 0.10, len(rows))
    told = {c: out[c].mode().iloc[0] for c in ("kind", "currency") if c in out and out[c].any()}
    return _entries(
        paid.order_id.tolist(),
        "B",
        posted_at=paid.created_at + later,
        amount=(paid.paid_amount * more).round(2),
        direction="out",
        counterparty_account=_accounts(paid),
        order_id=paid.order_id.where(numbered, None),
        **told,
    )


def _accounts(paid: pd.DataFrame) -> pd.Series | str:
    return paid.buyer_account if "buyer_account" in paid else MARK


def _entries(ids: list[str], mark: str, **columns: Any) -> pd.DataFrame:
    frame = pd.DataFrame({"entry_id": [f"{order}-{mark}" for order in ids]})
    return frame.assign(counterparty=MARK, **columns)
