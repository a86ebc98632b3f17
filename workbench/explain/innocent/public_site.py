"""Whether the shared address is a dormitory or office, or a parcel station, that many use."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
from ibis.expr.types import Table as Expression

from workbench.detect.address_key import address_key
from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    percent,
    undecided,
)
from workbench.explain.members import Period, period, top_items
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = [
    "DORMITORY",
    "PARCEL_STATION",
    "Sites",
    "judge_dormitory",
    "judge_station",
    "shared_sites",
]

_LEAST_SITES = 5
_MOST = 0.5
_STATION = tomllib.loads(Path(__file__).with_name("place_words.toml").read_text(encoding="utf-8"))[
    "station"
]
_NUMERALS = "０１２３４５６７８９一二三四五六七八九"
_DIGITS = "0123456789123456789"


@dataclass(frozen=True)
class Sites:
    """Addresses that many accounts share, and what this shop's long-lived ones look like.

    `places` is indexed by address key: accounts, phones, orders, top (share of the commonest
    item), span (share of the shop's period). `top` and `distinct` are the limits of a public
    place: at most this share of one item, at least this share of phones of their own. `keys`
    gives the key of each address the groups use.
    """

    keys: Mapping[str, str]
    places: pd.DataFrame
    top: float
    distinct: float
    names_phones: bool


def shared_sites(tables: Tables, members: pd.DataFrame) -> Sites:
    """The addresses with at least 8 accounts, and the shop's own limits of a public place."""
    orders = tables["orders"]
    keys = _keys(_near(orders, members))
    keyed = ibis.memtable(keys, schema={"address": "string", "place": "string"})
    places = _places(orders.inner_join(keyed, "address"), period(tables))
    written = _places(orders.mutate(place=orders.address), period(tables))
    lived = written[written.span > CUTS["site_span"]]
    enough = len(lived) >= _LEAST_SITES
    tail = CUTS["site_quantile"]
    top = float(lived.top.quantile(1 - tail)) if enough else CUTS["site_top_item"]
    own = float((lived.phones / lived.accounts).quantile(tail)) if enough else 1.0
    return Sites(
        dict(zip(keys.address, keys.place, strict=True)),
        places,
        top=min(top, CUTS["site_top_item"]),
        distinct=min(own, CUTS["site_distinct"]),
        names_phones="phone" in orders.columns,
    )


def judge_dormitory(lines: pd.DataFrame, sites: Sites) -> dict[int, Outcome]:
    """Passed when the group's address serves many accounts, with many wishes, for months.

    A place that calls itself a parcel station or locker is not judged here.
    """
    return each(_used(lines, sites), lambda row: _elsewhere(row) or _shared_home(row, sites))


def judge_station(lines: pd.DataFrame, sites: Sites) -> dict[int, Outcome]:
    """The same use, of an address that names a parcel station or locker.

    One that has not been in use for long may be new: then its own pick-up record has to tell.
    """
    return each(_used(lines, sites), lambda row: _no_station(row) or _station(row, sites))


def _used(lines: pd.DataFrame, sites: Sites) -> pd.DataFrame:
    """Per group: place (its commonest), share (of its lines that go there), named, its use."""
    placed = lines[["group", "order_id"]].assign(
        place=lines.address.map(sites.keys), named=lines.address.fillna("").str.contains(_STATION)
    )
    counts = placed.groupby(["group", "place"]).size().rename("lines").reset_index()
    first = counts.sort_values(["group", "lines", "place"], ascending=[True, False, True])
    by_group = placed.groupby("group")
    used = pd.DataFrame({"size": by_group.size(), "named": by_group.named.mean() >= _MOST})
    used = used.join(first.drop_duplicates("group").set_index("group"))
    used["share"] = (used.lines / used["size"]).fillna(0.0)
    use = sites.places[["accounts", "phones", "orders", "span", "top"]].assign(public=True)
    used = used.join(use, on="place").join(top_items(lines).share.rename("own_top"))
    used["own"] = by_group.order_id.nunique()
    return used.assign(public=used.public.notna())


def _elsewhere(row: Any) -> Outcome | None:
    if row.named:
        return failed(
            lambda say: say("The address names a parcel station or locker, not a dwelling.")
        )
    return None


def _no_station(row: Any) -> Outcome | None:
    if not row.named:
        return failed(lambda say: say("The address names no parcel station and no locker."))
    return None


def _not_shared(row: Any) -> Outcome | None:
    if row.share < _MOST:
        return failed(lambda say: say("The orders do not go to one place."))
    if not row.public:
        return failed(
            lambda say: say(
                "Not a public place: fewer than {least} accounts ever used the address.",
                least=int(CUTS["site_accounts"]),
            )
        )
    return None


def _shared_home(row: Any, sites: Sites) -> Outcome:
    return _not_shared(row) or _judge_use(row, sites)


def _station(row: Any, sites: Sites) -> Outcome:
    if row.share >= _MOST and (not row.public or row.span < CUTS["site_span"]):
        one_item = row.public and row.top > sites.top
        if not one_item:
            return undecided(
                lambda say: say(
                    "The address names a parcel station or locker that has not served this shop's "
                    "buyers for long."
                )
            )
    return _not_shared(row) or _judge_use(row, sites)


def _judge_use(site: Any, sites: Sites) -> Outcome:
    figures = {
        "accounts": int(site.accounts),
        "days": percent(site.span),
        "top": percent(site.top),
    }
    if site.top > sites.top or site.span < CUTS["site_span"]:
        return failed(
            lambda say: say(
                "Unlike a public place: {accounts} accounts use the address over {days} of the "
                "shop's period, and {top} of the orders there are for one item.",
                **figures,
            )
        )
    if not sites.names_phones:
        return undecided(
            lambda say: say("Looks like a public place, but the data hold no phones to tell.")
        )
    if site.phones < sites.distinct * site.accounts:
        return failed(
            lambda say: say(
                "Unlike a public place: {accounts} accounts at the address have only {phones} "
                "phones.",
                accounts=int(site.accounts),
                phones=int(site.phones),
            )
        )
    if site.own_top > sites.top and site.own < _MOST * site.orders:
        return undecided(
            lambda say: say(
                "A public place by its use, but that does not explain why {own_top} of these "
                "orders are for one item.",
                own_top=percent(site.own_top),
            )
        )
    return passed(
        lambda say: say(
            "A public place by its use: {accounts} accounts with phones of their own, over "
            "{days} of the shop's period; the commonest item is {top} of the orders there.",
            **figures,
        )
    )


def _near(orders: Expression, members: pd.DataFrame) -> Expression:
    """The addresses, as written, that may be places of the groups.

    Keys are costly to make, so only addresses with the digits and the city of a member's address
    get one. The shop's own limits are read from addresses as written.
    """
    town = orders.city.fill_null("") if "city" in orders.columns else ibis.literal("")
    written = orders.filter(orders.address.notnull()).select("address", town=town).distinct()
    digits = written.address.translate(_NUMERALS, _DIGITS).re_replace("[^0-9]", "")
    marked = written.mutate(mark=written.town + "|" + digits)
    own = marked.semi_join(_texts(members.address), "address").select("mark").distinct()
    return marked.semi_join(own, "mark").select("address").distinct()


def _keys(near: Expression) -> pd.DataFrame:
    """Address and key of its place. Fetched in two steps: in one, the engine makes all keys."""
    written = ibis.memtable(near.to_pandas(), schema={"address": "string"})
    keyed = near.get_backend().to_pandas(written.mutate(place=address_key(written.address)))
    return keyed.dropna().sort_values("address").reset_index(drop=True)


def _places(keyed: Expression, shop: Period) -> pd.DataFrame:
    per_place = keyed.group_by("place").aggregate(
        accounts=keyed.buyer_id.nunique(),
        phones=(keyed.phone if "phone" in keyed.columns else keyed.buyer_id).nunique(),
        orders=keyed.order_id.nunique(),
        first=keyed.created_at.min(),
        last=keyed.created_at.max(),
    )
    shared = per_place.filter(per_place.accounts >= CUTS["site_accounts"])
    places = shared.to_pandas().set_index("place")
    days = (places["last"] - places["first"]).dt.total_seconds() / 86400
    places["span"] = days / max(shop.days, 1e-9)
    places["top"] = _top_share(keyed, list(places.index)).reindex(places.index)
    return places


def _texts(values: pd.Series) -> Expression:
    unique = pd.DataFrame({"address": sorted(set(values.dropna()))}, dtype="str")
    return ibis.memtable(unique, schema={"address": "string"})


def _top_share(keyed: Expression, places: list[str]) -> pd.Series:
    """Share of the commonest item, per place."""
    counts = (
        keyed.filter(keyed.place.isin(places))
        .group_by(["place", "product_id"])
        .aggregate(lines=lambda t: t.count())
        .to_pandas()
    )
    by_place = counts.groupby("place").lines
    return by_place.max() / by_place.sum()


_NEEDS = ("orders.address", "orders.buyer_id", "orders.product_id")
DORMITORY = InnocentTest("dormitory", _NEEDS, shared_sites, judge_dormitory)
PARCEL_STATION = InnocentTest("parcel_station", _NEEDS, shared_sites, judge_station)
