"""Addresses that many accounts share, and what this shop's long-lived ones look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import pandas as pd
from ibis.expr.types import Table as Expression

from workbench.detect.places import places_of
from workbench.detect.text_values import text_hash, text_value, town_of
from workbench.engine import keeping
from workbench.explain.members import Period, period
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["Sites", "shared_sites", "town_named"]

_LEAST_SITES = 5


@dataclass(frozen=True)
class Sites:
    """Addresses that many accounts share, and what this shop's long-lived ones look like.

    `places` is indexed by address key: accounts, phones, orders, top (share of the commonest
    item), span (share of the shop's period). `top` and `distinct` are the limits of a public
    place: at most this share of one item, at least this share of phones of their own. `keys`
    gives the key of each address and city the groups use.
    """

    keys: Mapping[tuple[str, str], str]
    places: pd.DataFrame
    top: float
    distinct: float
    names_phones: bool


def shared_sites(tables: Tables, members: pd.DataFrame) -> Sites:
    """The addresses with at least 8 accounts, and the shop's own limits of a public place.

    The shop's own limits are read from addresses as written.
    """
    orders = tables["orders"]
    with keeping(orders.get_backend()) as keep:
        spelt = tables["places"] if "places" in tables else places_of(orders, keep)
        lines = keep(_lines(orders))
        shop = period(tables)
        keys = _keys(spelt, members)
        places = _sites(_at_places(lines, spelt, keys), shop)
        often = lines.group_by("spelling").aggregate(n=lines.count())
        often = often.filter(often.n >= CUTS["site_accounts"])
        written = _sites(lines.semi_join(often, "spelling").mutate(place="spelling"), shop)
    lived = written[written.span > CUTS["site_span"]]
    enough = len(lived) >= _LEAST_SITES
    tail = CUTS["site_quantile"]
    top = float(lived.top.quantile(1 - tail)) if enough else CUTS["site_top_item"]
    own = float((lived.phones / lived.accounts).quantile(tail)) if enough else 1.0
    names = keys.drop_duplicates("place").set_index("place").key
    return Sites(
        dict(zip(zip(keys.address, keys.town, strict=True), keys.key, strict=True)),
        places.set_axis(names.reindex(places.index).to_numpy()),
        top=min(top, CUTS["site_top_item"]),
        distinct=min(own, CUTS["site_distinct"]),
        names_phones="phone" in orders.columns,
    )


def town_named(lines: pd.DataFrame) -> pd.Series:
    """The city of order lines; empty where it is not known."""
    if "city" not in lines:
        return pd.Series("", index=lines.index)
    return lines.city.fillna("").str.strip()


def _lines(orders: Expression) -> Expression:
    """The order lines with an address, in numbers: texts are slow to count."""
    phone = "phone" if "phone" in orders.columns else "buyer_id"
    held = orders.select(
        spelling=text_hash(text_value(orders, "address")),
        town=town_of(orders),
        buyer=text_hash(orders.buyer_id),
        phone=text_hash(orders[phone]),
        order=text_hash(orders.order_id),
        item=text_hash(orders.product_id),
        created_at=orders.created_at,
    )
    return held.filter(held.spelling.notnull())


def _keys(spelt: Expression, members: pd.DataFrame) -> pd.DataFrame:
    """The place of each address of the groups: address, town, place (hash), key (text)."""
    written = pd.DataFrame({"address": members.address, "town": town_named(members)})
    written = written[written.address.notna()].drop_duplicates()
    schema = ibis.schema({"address": "string", "town": "string"})
    asked = ibis.memtable(written.astype("object"), schema=schema)
    hashed = asked.mutate(spelling=text_hash(text_value(asked, "address")))
    found = hashed.join(
        spelt.select("spelling", "town", "key", place="address"), ["spelling", "town"]
    )
    known = found.select("address", "town", "place", "key").to_pandas().dropna()
    return known.sort_values(["address", "town"], ignore_index=True)


def _at_places(lines: Expression, spelt: Expression, keys: pd.DataFrame) -> Expression:
    """The lines at the places of the groups, however these are written, with `place`."""
    wanted = ibis.memtable(
        pd.DataFrame({"place": pd.Series(sorted(set(keys.place)), dtype="int64")})
    )
    spellings = spelt.select("spelling", "town", place="address").semi_join(wanted, "place")
    return lines.join(spellings, ["spelling", "town"])


def _sites(placed: Expression, shop: Period) -> pd.DataFrame:
    """The figures of each place with enough accounts."""
    per_place = placed.group_by("place").aggregate(
        accounts=placed.buyer.nunique(),
        phones=placed.phone.nunique(),
        orders=placed.order.nunique(),
        first=placed.created_at.min(),
        last=placed.created_at.max(),
    )
    places = per_place.filter(per_place.accounts >= CUTS["site_accounts"]).to_pandas()
    places = places.set_index("place").sort_index()
    days = (places["last"] - places["first"]).dt.total_seconds() / 86400
    places["span"] = days / max(shop.days, 1e-9)
    shared = ibis.memtable(pd.DataFrame({"place": places.index.astype("int64")}))
    counts = placed.semi_join(shared, "place").group_by(["place", "item"])
    by_place = counts.aggregate(lines=lambda t: t.count()).to_pandas().groupby("place").lines
    places["top"] = (by_place.max() / by_place.sum()).reindex(places.index)
    return places
