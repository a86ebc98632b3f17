"""Put the shop's own texts into a ring: planted rows of orders, shipments, scans and payments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from workbench.known_answer.identities import MADE, MARK, home_text, masked_like
from workbench.known_answer.material import Material
from workbench.known_answer.parcels import planted_parcels
from workbench.known_answer.payments import planted_payments
from workbench.known_answer.ring import PEOPLE

__all__ = ["filled"]

_ITEM = ("product_id", "sku", "seller_sku", "product_title", "unit_price", "currency", "shop")
_MONEY = ("goods_amount", "shipping_amount", "discount_amount", "paid_amount")
_REGION = ("province", "city", "district", "postcode", "country")
_ROW = ("status", "payment_method", "channel", "carrier")
_LEAST = {"paid_amount": 0.01}
_TIMES = ("paid_at", "shipped_at", "completed_at")


def filled(
    ring: pd.DataFrame, material: Material, rng: np.random.Generator, name: str, first: int
) -> dict[str, pd.DataFrame]:
    """The canonical rows of a ring, by table; `name` begins its order numbers.

    `first` is added to the numbers of its accounts, so that rings do not share any.
    """
    ring = ring.assign(**{column: ring[column] + first for column in PEOPLE})
    pattern = _patterns(ring, material, rng)
    orders = _orders(ring, material, pattern, name, first)
    tables = {"orders": orders}
    if material.parcels is not None:
        tables |= planted_parcels(ring, orders, pattern, material, rng)
    if material.money is not None:
        tables["payments"] = planted_payments(ring, orders, pattern, material, rng)
    return {table: frame for table, frame in tables.items() if len(frame)}


def _patterns(ring: pd.DataFrame, material: Material, rng: np.random.Generator) -> pd.DataFrame:
    """Per planted order a line of the shop whose region, delays and gaps it takes over.

    An account keeps its region; delays and states differ from order to order.
    """
    own = material.lines.drop_duplicates("order_id")
    if "refund_amount" in own:
        quiet = own[own.refund_amount.fillna(0).astype(float) == 0]
        own = quiet if len(quiet) else own
    if material.buyer is not None:
        # Orders of buyers without a name cannot be told apart: a ring of them cannot be seen.
        own = own[own[material.buyer].fillna("").astype(str).str.strip() != ""]
    chosen = own.iloc[rng.integers(0, len(own), len(ring))].reset_index(drop=True)
    homes = np.unique(ring.home)
    at = dict(zip(homes.tolist(), rng.integers(0, len(own), len(homes)).tolist(), strict=True))
    lived = own.iloc[[at[home] for home in ring.home.tolist()]].reset_index(drop=True)
    region = [column for column in (*_REGION, "address") if column in chosen]
    return chosen.assign(**{column: lived[column] for column in region})


def _orders(
    ring: pd.DataFrame, material: Material, pattern: pd.DataFrame, name: str, seed: int
) -> pd.DataFrame:
    lines = material.lines.iloc[ring.line].reset_index(drop=True)
    made: dict[str, Any] = {"order_id": [f"{MARK}-{name}-{n}" for n in range(len(ring))]}
    made |= {c: lines[c] for c in _ITEM if c in lines}
    made |= {c: pattern[c] for c in (*_REGION, *_ROW) if c in pattern}
    made |= _money(lines)
    made |= _times(ring, pattern)
    for column, (whose, make) in MADE.items():
        if column in lines:
            made[column] = masked_like(make(ring[whose].to_numpy(), seed), pattern[column])
    if "address" in lines:
        made["address"] = _addresses(ring, pattern)
    for column in ("line_id", "payment_id"):
        if column in lines:
            made[column] = [f"{order}-{column[0]}" for order in made["order_id"]]
    if "tracking_no" in lines:
        sent = pattern.tracking_no.notna()
        made["tracking_no"] = [
            f"{order}-W" if there else None
            for order, there in zip(made["order_id"], sent, strict=True)
        ]
    return pd.DataFrame(made)


def _money(lines: pd.DataFrame) -> dict[str, Any]:
    """Amounts of one piece at the line's own price."""
    pieces = np.ones(len(lines))
    if "quantity" in lines:
        pieces = np.maximum(lines.quantity.fillna(1).to_numpy("float64"), 1.0)
    made: dict[str, Any] = {
        c: (lines[c].astype("float64") / pieces).round(2).clip(lower=_LEAST.get(c, 0.0))
        for c in _MONEY
        if c in lines
    }
    if "quantity" in lines:
        made["quantity"] = np.where(lines.quantity.notna(), 1.0, np.nan)
    if "refund_amount" in lines:
        made["refund_amount"] = np.where(lines.refund_amount.notna(), 0.0, np.nan)
    return made


def _times(ring: pd.DataFrame, pattern: pd.DataFrame) -> dict[str, pd.Series]:
    created = pd.to_datetime(ring.second, unit="s")
    made = {"created_at": created}
    for column in _TIMES:
        if column in pattern:
            made[column] = created + (pattern[column] - pattern.created_at)
    return made


def _addresses(ring: pd.DataFrame, pattern: pd.DataFrame) -> list[str | None]:
    latin = not pattern.address.dropna().astype(str).str.contains("[一-龥]").any()
    regions = [c for c in ("province", "city", "district") if c in pattern]
    made: list[str | None] = []
    for row, (home, spelling) in enumerate(zip(ring.home, ring.spelling, strict=True)):
        own = pattern.address.iloc[row]
        if not isinstance(own, str) or not own.strip():
            made.append(None)
            continue
        head = _region_head(own, [pattern[c].iloc[row] for c in regions])
        text = home_text(int(home), int(spelling), head, latin)
        made.append(masked_like([text], pd.Series([own]))[0] if "*" in own else text)
    return made


def _region_head(address: str, regions: list[Any]) -> str:
    """The part of an address that only says in which province, city and district it lies."""
    end = 0
    for region in regions:
        if not isinstance(region, str) or not region:
            continue
        at = address.find(region, end)
        if at in (end, end + 1):
            end = at + len(region)
    return address[:end] + (" " if end and address[end : end + 1] == " " else "")
