"""Whether the shared address is a dormitory, locker or office that many people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import pandas as pd
from ibis.expr.types import Table as Expression

from workbench.detect.address_key import address_key
from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    failed,
    passed,
    percent,
    undecided,
)
from workbench.explain.members import Period, period
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "Sites", "judge_site", "shared_sites"]

_LEAST_SITES = 5
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


def judge_site(lines: pd.DataFrame, sites: Sites) -> Outcome:
    """Passed when the group's address serves many accounts, with many wishes, for months."""
    place, share = _common_place(lines, sites.keys)
    if share < 0.5:
        return failed(lambda say: say("The orders do not go to one place."))
    if place not in sites.places.index:
        return failed(
            lambda say: say(
                "Not a public place: fewer than {least} accounts ever used the address.",
                least=int(CUTS["site_accounts"]),
            )
        )
    return _judge_use(sites.places.loc[[place]].iloc[0], sites)


def _judge_use(site: pd.Series, sites: Sites) -> Outcome:
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


def _common_place(lines: pd.DataFrame, keys: Mapping[str, str]) -> tuple[str, float]:
    counts = lines.address.map(keys).dropna().value_counts()
    if counts.empty:
        return "", 0.0
    return str(min(counts[counts == counts.max()].index)), float(counts.max() / len(lines))


TEST = InnocentTest(
    "public_site",
    ("orders.address", "orders.buyer_id", "orders.product_id"),
    shared_sites,
    judge_site,
)
