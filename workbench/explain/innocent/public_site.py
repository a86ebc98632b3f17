"""Whether the shared address is a dormitory or office, or a parcel station, that many use."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    percent,
    undecided,
)
from workbench.explain.innocent.sites import Sites, shared_sites, town_named
from workbench.explain.members import top_items
from workbench.explain.rules import CUTS

__all__ = [
    "DORMITORY",
    "PARCEL_STATION",
    "judge_dormitory",
    "judge_station",
]

_MOST = 0.5
_STATION = tomllib.loads(Path(__file__).with_name("place_words.toml").read_text(encoding="utf-8"))[
    "station"
]


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
    written = zip(lines.address, town_named(lines), strict=True)
    placed = lines[["group", "order_id"]].assign(
        place=pd.Series([sites.keys.get(one) for one in written], lines.index, dtype="str"),
        named=lines.address.fillna("").str.contains(_STATION),
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


_NEEDS = ("orders.address", "orders.buyer_id", "orders.product_id")
DORMITORY = InnocentTest("dormitory", _NEEDS, shared_sites, judge_dormitory)
PARCEL_STATION = InnocentTest("parcel_station", _NEEDS, shared_sites, judge_station)
