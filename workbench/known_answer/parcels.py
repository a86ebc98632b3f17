"""Parcels of planted orders: as the shop's own were, or empty, or signed in another town."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from workbench.known_answer.identities import MARK
from workbench.known_answer.material import Material

__all__ = ["planted_parcels"]

_EMPTY = 0.5
"""An empty parcel weighs half of the lightest that the shop sent."""


def planted_parcels(
    ring: pd.DataFrame,
    orders: pd.DataFrame,
    pattern: pd.DataFrame,
    material: Material,
    rng: np.random.Generator,
) -> dict[str, pd.DataFrame]:
    """Shipments and scans: each planted order has those of a shop's order, moved in time.

    Orders whose pattern was not shipped are not shipped either.
    """
    whole = material.parcels
    if whole is None or whole.empty:
        return {}
    own = whole.drop_duplicates("order_id").set_index("order_id")
    rows = np.flatnonzero(pattern.order_id.isin(own.index).to_numpy())
    sent = own.loc[pattern.order_id.iloc[rows]].reset_index(names="pattern")
    delay = (orders.created_at.iloc[rows] - pattern.created_at.iloc[rows]).reset_index(drop=True)
    numbers = [f"{orders.order_id.iloc[row]}-W" for row in rows]
    empty = ring.empty_parcel.to_numpy()[rows]
    made: dict[str, Any] = {"tracking_no": numbers, "order_id": orders.order_id.to_numpy()[rows]}
    for column in ("carrier", "declared_weight_g", "sender_city"):
        if column in sent:
            made[column] = sent[column]
    if "shipped_at" in sent:
        made["shipped_at"] = sent.shipped_at + delay
    if "receiver_city" in sent:
        made["receiver_city"] = _towns(sent, pattern.iloc[rows].reset_index(drop=True))
    if "signer" in sent:
        made["signer"] = [MARK if isinstance(name, str) else None for name in sent.signer]
    if "weighed_weight_g" in sent:
        made["weighed_weight_g"] = _weights(ring.iloc[rows], material, empty, rng)
    shipments = pd.DataFrame(made)
    tables = {"shipments": shipments}
    if material.scans is not None and len(material.scans):
        away = ring.elsewhere.to_numpy()[rows]
        tables["shipment_events"] = _scans(shipments, sent, delay, material.scans, empty, away)
    return tables


def _towns(sent: pd.DataFrame, pattern: pd.DataFrame) -> pd.Series:
    """Where the parcel goes: the town of the order, where the shop's orders tell it."""
    if "city" not in pattern:
        return sent.receiver_city
    return pattern.city.where(sent.receiver_city.notna() & pattern.city.notna(), sent.receiver_city)


def _weights(
    ring: pd.DataFrame, material: Material, empty: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Grams: those of a parcel with this item, or of an empty one; null where none was weighed."""
    weighed = material.parcels.dropna(subset="weighed_weight_g")  # type: ignore[union-attr]
    if weighed.empty:
        return np.full(len(ring), np.nan)
    by_order = weighed.drop_duplicates("order_id").set_index("order_id").weighed_weight_g
    grams = material.lines.order_id.map(by_order).astype("float64")
    usual = grams.groupby(material.lines["item"]).median()
    items = material.lines["item"].to_numpy()[ring.line.to_numpy()]
    own = pd.Series(items).map(usual).fillna(grams.median()).to_numpy()
    own = own * rng.uniform(0.95, 1.05, len(ring))
    light = _EMPTY * float(grams.min()) * rng.uniform(0.95, 1.05, len(ring))
    unweighed = rng.random(len(ring)) < material.parcels.weighed_weight_g.isna().mean()  # type: ignore[union-attr]
    return np.where(unweighed, np.nan, np.where(empty, light, own).round())


def _scans(
    shipments: pd.DataFrame,
    sent: pd.DataFrame,
    delay: pd.Series,
    scans: pd.DataFrame,
    empty: np.ndarray,
    away: np.ndarray,
) -> pd.DataFrame:
    """The pattern's scans under the new number; of an empty parcel the first and the last only."""
    places = sorted(scans.place.dropna().unique()) if "place" in scans else []
    by_number = dict(iter(scans.groupby("tracking_no")))
    made = []
    for row, number in enumerate(sent.tracking_no):
        own = by_number.get(number)
        if own is None:
            continue
        if empty[row] and len(own) > 2:
            own = own.iloc[[0, -1]]
        own = own.assign(
            tracking_no=shipments.tracking_no.iloc[row], occurred_at=own.occurred_at + delay[row]
        )
        if "place" in own and "receiver_city" in shipments:
            here = shipments.receiver_city.iloc[row]
            own["place"] = own.place.where(own.place != sent.receiver_city.iloc[row], here)
            if away[row] and len(places) > 1:
                own["place"] = [*own.place.iloc[:-1], next(p for p in places if p != here)]
        made.append(own)
    columns = [c for c in scans if c not in ("source_file", "source_row")]
    return pd.concat(made)[columns] if made else pd.DataFrame(columns=columns)
