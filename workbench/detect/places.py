"""The places that addresses name: one row per spelling."""

from __future__ import annotations

import ibis
from ibis.expr.types import Table

from workbench.detect.address_key import place_key, place_marks, place_road
from workbench.detect.text_values import text_hash, text_value, town_of
from workbench.engine import Keep
from workbench.normalise import is_masked, plain_address

__all__ = ["places_of"]


def places_of(orders: Table, keep: Keep) -> Table:
    """The table of places of some orders with addresses, worked out in steps that are kept.

    In one step an engine would work out the plain text again wherever it is used.
    """
    written = orders.select(text=text_value(orders, "address"), town=town_of(orders)).distinct()
    written = written.filter(written.text.notnull())
    plain = keep(
        written.select(
            "town",
            spelling=text_hash(written.text),
            plain=plain_address(written.text),
            masked=is_masked(written.text),
        )
    )
    known = "city" in orders.columns
    parts = keep(plain.mutate(road=place_road(plain.plain, known), marks=place_marks(plain.plain)))
    key = place_key(parts.road, parts.marks, parts.town if known else None)
    keyed = parts.mutate(key=ibis.ifelse(parts.masked, ibis.null("string"), key))
    return keep(keyed.mutate(address=text_hash(keyed.key)).drop("plain", "masked"))
