"""Parcels and their scans: what carriers recorded, also where it contradicts a delivery.

Kinds of parcel: 0 as it should be; 1 honest, but scans between are missing; 2 bought waybill
signed in another city; 3 bought waybill with nothing between collection and signature; 4 a light
trinket sent along the usual way; 5 honest, forwarded to another city.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.simulate.addresses import cities
from workbench.simulate.catalogue import Catalogue
from workbench.simulate.draft import Draft
from workbench.simulate.fulfilment import NOW, Fulfilment
from workbench.simulate.order_lines import Lines
from workbench.simulate.shop import YEAR_START
from workbench.simulate.streams import Ints, permuted, stream
from workbench.simulate.text_columns import Column, clock, digits, frame, glue, pick
from workbench.simulate.word_lists import words

__all__ = ["Waybills", "shipment_events", "shipments", "waybills"]

_SCANS = ("collected", "in_transit", "in_transit", "out_for_delivery", "signed")
_SAID = ("快递员已揽收", "已离开，发往下一站", "已到达目的地网点", "派送中", "已签收")
_SIGNERS = ("本人签收", "家人代收", "放在门口", "驿站代收")
Waybills = dict[str, Ints]


def waybills(rows: Draft, done: Fulfilment, seed: int) -> Waybills:
    """Per order: carrier (-1 not shipped), kind of parcel, and the city it was signed in."""
    rng = stream(seed, "waybills")
    size = len(rows["time"])
    carrier = np.searchsorted([0.45, 0.75, 0.92], rng.random(size), side="right")
    luck = rng.random(size)
    parcel = np.where((rows["parcel"] == 0) & (luck < 0.004), 1, rows["parcel"])
    parcel = np.where((rows["parcel"] == 0) & (luck > 0.998), 5, parcel)
    elsewhere = (done.city + 1 + rng.integers(0, len(cities()) - 1, size)) % len(cities())
    return {
        "carrier": np.where(done.shipped >= 0, carrier, -1),
        "parcel": parcel,
        "signed_city": np.where(np.isin(parcel, (2, 5)), elsewhere, done.city),
    }


def tracking_numbers(carrier: Ints, seed: int) -> Column:
    """Waybill numbers by order; empty where nothing was shipped."""
    prefixes = [prefix for _, prefix in words("items")["carriers"]]
    running = permuted(np.arange(len(carrier)), 11, seed)
    return glue(pick(prefixes, carrier), digits(running, 11))


def shipments(
    bills: Waybills,
    done: Fulfilment,
    lines: Lines,
    catalogue: Catalogue,
    tracking: Column,
    order_id: Column,
    seed: int,
) -> pd.DataFrame:
    """The table of shipments: one row per waybill, with the weights on label and scale."""
    rng = stream(seed, "weights")
    size = len(done.shipped)
    grams = np.zeros(size, np.int64)
    np.add.at(grams, lines.row, catalogue.grams[lines.item] * lines.quantity)
    weighed = grams + rng.integers(40, 160, size)
    light = np.isin(bills["parcel"], (2, 3))
    weighed = np.where(light, 44 + rng.integers(0, 5, size), weighed)
    weighed = np.where(bills["parcel"] == 4, 70 + rng.integers(0, 60, size), weighed)
    unweighed = rng.random(size) < 0.2
    signer = np.where(done.signed >= 0, rng.integers(0, len(_SIGNERS), size), -1)
    sent = np.flatnonzero(done.shipped >= 0)
    take = pa.array(sent)
    return frame(
        {
            "tracking_no": tracking.take(take),
            "carrier": pick([n for n, _ in words("items")["carriers"]], bills["carrier"][sent]),
            "order_id": order_id.take(take),
            "shipped_at": clock(done.shipped[sent], YEAR_START),
            "declared_weight_g": pa.array(-(-grams[sent] // 100) * 100 + 100),
            "weighed_weight_g": pa.array(weighed[sent], mask=unweighed[sent]),
            "sender_city": pick([words("items")["sender_city"]], np.zeros(len(sent), np.int64)),
            "receiver_city": pick(cities(), done.city[sent]),
            "signer": pick(_SIGNERS, signer[sent]),
        }
    )


def shipment_events(bills: Waybills, done: Fulfilment, tracking: Column, seed: int) -> pd.DataFrame:
    """The table of scans, parcel by parcel in the order of time."""
    rng = stream(seed, "scans")
    sent = np.flatnonzero(done.shipped >= 0)
    size = len(sent)
    times = _scan_times(rng, done.shipped[sent], done.signed[sent], size)
    here = cities().index(words("items")["sender_city"])
    end = bills["signed_city"][sent]
    start = np.full(size, here)
    place = np.stack([start, start, end, end, end], axis=1)
    between = np.asarray([False, True, True, True, False])
    bare = np.isin(bills["parcel"][sent], (1, 3))
    seen = (times >= 0) & (times <= NOW) & ~(bare[:, None] & between[None, :])
    row, scan = np.nonzero(seen)
    return frame(
        {
            "tracking_no": tracking.take(pa.array(sent[row])),
            "occurred_at": clock(times[row, scan], YEAR_START),
            "status": pick(_SCANS, scan),
            "place": pick(cities(), place[row, scan]),
            "text": pick(_SAID, scan),
        }
    )


def _scan_times(rng: np.random.Generator, shipped: Ints, signed: Ints, size: int) -> Ints:
    """Five scans a parcel; the last three are counted back from the signature, -1 if not yet."""
    hour = 3600
    collected = shipped + rng.integers(hour // 2, 4 * hour, size)
    left = collected + rng.integers(hour, 5 * hour, size)
    due = np.where(signed >= 0, signed, NOW + 3 * 86400)
    reached = np.maximum(due - rng.integers(5 * hour, 10 * hour, size), left + 600)
    out = np.maximum(due - rng.integers(hour, 4 * hour, size), reached + 300)
    final = np.maximum(due, out + 60)
    return np.stack([collected, left, reached, out, final], axis=1)
