"""Whether the parcels really moved, and were signed for where the buyers are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
from ibis.expr.types import BooleanValue
from ibis.expr.types import Table as Expression
from scipy.stats import binom

from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    percent,
    undecided,
)
from workbench.explain.members import others
from workbench.explain.rules import CUTS
from workbench.tables import Tables

__all__ = ["TEST", "Parcels", "judge_parcels", "parcels"]

_WRONG = ("not_collected", "too_early", "elsewhere", "no_way")


@dataclass(frozen=True)
class Parcels:
    """What the scans say of parcels that the platform holds for received.

    `members` is indexed by order: one flag per contradiction (never collected, signed before it
    was sent, signed in another city, nothing between collection and signature), `wrong` (any of
    them) and `complete`. `usual_wrong` and `usual_complete` are the shares in the shop's other
    orders.
    """

    members: pd.DataFrame
    usual_wrong: float
    usual_complete: float


def parcels(tables: Tables, members: pd.DataFrame) -> Parcels:
    """Read the scans of every received order; the shop's other orders give what is usual."""
    received = _received(tables)
    known = _flags(received, _per_parcel(tables["shipment_events"]))
    ids = others(tables, members).select("order_id").distinct()
    usual = known.semi_join(ids, "order_id")
    shares = usual.aggregate(
        wrong=usual.wrong.sum(), complete=usual.complete.sum(), orders=usual.count()
    ).to_pandas()
    orders = int(shares.orders[0])
    own = known.anti_join(ids, "order_id").to_pandas().set_index("order_id").sort_index()
    # One case more than was seen: a shop without any such parcel still has a chance of one.
    return Parcels(
        own,
        usual_wrong=(int(shares.wrong[0] or 0) + 1) / (orders + 2),
        usual_complete=(int(shares.complete[0] or 0) + 1) / (orders + 2),
    )


def judge_parcels(lines: pd.DataFrame, known: Parcels) -> dict[int, Outcome]:
    """Failed when contradictory scans are far more frequent than usual in the shop.

    Passed when parcels were collected, moved and were signed for as often as usual.
    """
    pairs = lines[["group", "order_id"]].drop_duplicates()
    own = pairs.join(known.members, on="order_id", how="inner")
    by_group = own.drop(columns="order_id").astype("int64").groupby("group")
    figures = by_group.sum().assign(orders=by_group.size())
    figures = figures.reindex(lines.group.unique(), fill_value=0)
    figures["chance"] = binom.sf(figures.wrong - 1, figures.orders, known.usual_wrong)
    figures["usual"] = percent(known.usual_wrong)
    figures["enough"] = figures.complete >= known.usual_complete * figures.orders
    return each(figures, _of_scans)


def _of_scans(row: Any) -> Outcome:
    if not row.orders:
        return undecided(lambda say: say("No courier scans of these parcels in the data."))
    figures = {"orders": row.orders, "usual": row.usual}
    if row.wrong >= 2 and row.chance <= CUTS["rare"]:
        return failed(
            lambda say: say(
                "Scans of {wrong} of {orders} parcels contradict a delivery (usual here: "
                "{usual}): never collected {collected}, signed before sending {early}, signed "
                "in another city {elsewhere}, no scan on the way {bare}.",
                wrong=row.wrong,
                collected=row.not_collected,
                early=row.too_early,
                elsewhere=row.elsewhere,
                bare=row.no_way,
                **figures,
            ),
            float(row.chance),
        )
    if row.wrong == 0 or row.enough:
        return passed(
            lambda say: say(
                "{complete} of {orders} received parcels were collected, moved and were signed "
                "for in the buyer's city.",
                complete=row.complete,
                orders=row.orders,
            )
        )
    return undecided(
        lambda say: say(
            "Scans of {wrong} of {orders} parcels are odd; too few to tell (usual here: {usual}).",
            wrong=row.wrong,
            **figures,
        )
    )


def _received(tables: Tables) -> Expression:
    """One row per order that counts as received: order_id, tracking_no, sent, city."""
    orders = tables["orders"]
    done = orders.filter(
        (orders.status == "completed") & orders.tracking_no.notnull() & (orders.tracking_no != "")
    )
    columns = done.columns
    return done.group_by("order_id").aggregate(
        tracking_no=done.tracking_no.min(),
        sent=(done.shipped_at if "shipped_at" in columns else done.created_at).min(),
        city=done.city.min() if "city" in columns else ibis.literal(""),
    )


def _per_parcel(events: Expression) -> Expression:
    with Path(__file__).with_name("courier.toml").open("rb") as file:
        said = tomllib.load(file)
    wording = ibis.literal("")
    for column in ("status", "text"):
        if column in events.columns:
            wording = wording + " " + events[column].fill_null("").lower()
    scans = events.mutate(wording=wording)
    scans = scans.mutate(**{name: scans.wording.re_search(words) for name, words in said.items()})
    place = scans.place if "place" in scans.columns else ibis.literal("")
    return scans.group_by("tracking_no").aggregate(
        collected=scans.collected.any(),
        moved=scans.moving.any(),
        signed_at=scans.occurred_at.max(where=scans.signed),
        signed_place=place.max(where=scans.signed),
    )


def _flags(received: Expression, scans: Expression) -> Expression:
    known = received.inner_join(scans, "tracking_no")
    signed = known.signed_at.notnull()
    flagged = known.select(
        "order_id",
        not_collected=~known.collected,
        too_early=(signed & (known.signed_at < known.sent)).fill_null(False),
        elsewhere=(signed & ~_same_city(known)).fill_null(False),
        no_way=signed & known.collected & ~known.moved,
        signed=signed,
    )
    wrong = flagged[_WRONG[0]]
    for name in _WRONG[1:]:
        wrong = wrong | flagged[name]
    return flagged.mutate(wrong=wrong, complete=flagged.signed & ~wrong)


def _same_city(known: Expression) -> BooleanValue:
    """Whether the signature's place names the buyer's city; true where one is not known."""
    city = known.city.fill_null("").re_replace("市$", "")
    place = known.signed_place.fill_null("")
    return (city == "") | (place == "") | place.contains(city)


TEST = InnocentTest(
    "courier",
    (
        "shipment_events.tracking_no",
        "shipment_events.occurred_at",
        "orders.tracking_no",
        "orders.status",
    ),
    parcels,
    judge_parcels,
)
