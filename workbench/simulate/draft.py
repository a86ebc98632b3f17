"""Orders before they are written out: rows of whole numbers that say who, what and when.

A person is a number; name, phone, payment account, device, network and home each name the person
they belong to. A ring that shares a phone simply writes one person's number in many rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from workbench.simulate.streams import Ints

__all__ = ["COLUMNS", "KINDS", "RING_KINDS", "Draft", "draft", "join", "kind_code"]

RING_KINDS = (
    "burst_ring",
    "slow_phone_ring",
    "address_variant_ring",
    "repeat_account",
    "payer_ring",
    "empty_parcel_ring",
    "lockstep_ring",
    "account_chain",
)
KINDS = (
    "ordinary",
    *RING_KINDS,
    "camouflage",
    "flash_sale",
    "livestream",
    "livestream_unrecorded",
    "company_bulk",
    "dormitory",
    "parcel_locker",
    "family",
    "loyal_subscriber",
    "reseller",
    "new_product",
    "group_buy",
)

Draft = dict[str, Ints]
COLUMNS: dict[str, int] = {
    "time": 0,  # seconds after the start of the year
    "buyer": -1,  # person who holds the account
    "name": -1,  # person named as consignee
    "phone": -1,  # person whose phone it is
    "payer": -1,  # person whose payment account paid
    "device": -1,  # person whose device it is
    "network": -1,  # person whose home network it is
    "home": -1,  # person whose home it is
    "room": -1,  # room inside a shared building; -1 is the home's own
    "site": 0,  # 0 home, 1 dormitory, 2 parcel locker or station, 3 company
    "spelling": 0,  # 0 as usual, 1.. an honest variant, 1000.. a disguise
    "item": 0,
    "version": -1,  # -1 is drawn later
    "quantity": 1,
    "price": -1,  # cents a piece; -1 is the shop's price of that day
    "coupon": -1,  # cents; -1 is drawn later
    "parcel": 0,  # see parcels.py
    "pays": 0,  # 0 as buyers do, 1 always pays at once
    "talk": 0,  # 0 as buyers do, 1 may hold brushing talk, 2 company talk
    "kind": 0,
    "group": -1,
    "fake": 0,
}
_PERSON = ("name", "phone", "payer", "device", "network", "home")


def kind_code(kind: str) -> int:
    """The number of a kind in KINDS."""
    return KINDS.index(kind)


def draft(size: int, buyer: ArrayLike, time: ArrayLike, **columns: ArrayLike) -> Draft:
    """`size` rows; what is not given is the buyer's own, or the default of COLUMNS."""
    unknown = set(columns) - set(COLUMNS)
    if unknown:
        raise KeyError(f"no such draft column: {sorted(unknown)}")
    own = dict.fromkeys(_PERSON, buyer)
    given = {**COLUMNS, **own, **columns, "buyer": buyer, "time": time}
    return {
        name: np.array(np.broadcast_to(np.asarray(given[name], np.int64), size)) for name in COLUMNS
    }


def join(drafts: Sequence[Draft]) -> Draft:
    """All rows of all drafts, in the order given."""
    return {name: np.concatenate([d[name] for d in drafts]) for name in COLUMNS}
