"""Whether the parcels weighed what the item weighs, or less than it ever does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
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

__all__ = ["TEST", "Weights", "judge_weights", "usual_weights"]


@dataclass(frozen=True)
class Weights:
    """Weighed grams per piece: of the members by order, and the items' usual low end.

    `members` has order_id, product_id, grams; `low` is the 1 % quantile per item of the shop's
    other orders, for items weighed often enough; `usual_light` the share of those below it.
    """

    members: pd.DataFrame
    low: pd.Series
    usual_light: float


def usual_weights(tables: Tables, members: pd.DataFrame) -> Weights:
    """What parcels with one kind of item weigh per piece."""
    weighed = _weighed(tables)
    ids = others(tables, members).select("order_id").distinct()
    usual = weighed.semi_join(ids, "order_id")
    low = usual.group_by("product_id").aggregate(
        low=usual.grams.quantile(CUTS["weight_quantile"]), parcels=usual.count()
    )
    enough = low.filter(low.parcels >= CUTS["weight_least"])
    judged = usual.join(enough, "product_id")
    counts = judged.aggregate(
        light=(judged.grams < judged.low).sum(), parcels=judged.count()
    ).to_pandas()
    return Weights(
        weighed.anti_join(ids, "order_id").to_pandas(),
        enough.to_pandas().set_index("product_id").low,
        (int(counts.light.fillna(0)[0]) + 1) / (int(counts.parcels[0]) + 2),
    )


def judge_weights(lines: pd.DataFrame, known: Weights) -> dict[int, Outcome]:
    """Failed when far more parcels than usual weigh less than their item ever does."""
    pairs = lines[["group", "order_id"]].drop_duplicates()
    own = pairs.merge(known.members, on="order_id")
    low = own.product_id.map(known.low).astype("float64")
    judged = pd.DataFrame(
        {"weighed": 1, "parcels": low.notna().astype("int64"), "light": 1 * (own.grams < low)}
    )
    figures = judged.groupby(own.group).sum().reindex(lines.group.unique(), fill_value=0)
    figures["chance"] = binom.sf(figures.light - 1, figures.parcels, known.usual_light)
    figures["usual"] = percent(known.usual_light)
    return each(figures, _of_weights)


def _of_weights(row: Any) -> Outcome:
    if not row.weighed:
        return undecided(lambda say: say("The data hold no weighing of these parcels."))
    if not row.parcels:
        return undecided(
            lambda say: say(
                "{parcels} of these parcels were weighed, but too few other parcels with the same "
                "item to compare them with.",
                parcels=row.weighed,
            )
        )
    figures = {"light": row.light, "parcels": row.parcels, "usual": row.usual}
    if row.light >= 2 and row.chance <= CUTS["rare"]:
        return failed(
            lambda say: say(
                "{light} of {parcels} weighed parcels are lighter than 99 % of the parcels with "
                "the same item (usual here: {usual}).",
                **figures,
            ),
            float(row.chance),
        )
    if row.light <= 1:
        return passed(
            lambda say: say(
                "The carrier weighed {parcels} of the parcels: as heavy as their item usually is.",
                parcels=row.parcels,
            )
        )
    return undecided(
        lambda say: say(
            "{light} of {parcels} weighed parcels are light; too few to tell (usual here: "
            "{usual}).",
            **figures,
        )
    )


def _weighed(tables: Tables) -> Expression:
    """Orders of one kind of item with one weighed parcel: order_id, product_id, grams per piece."""
    orders, shipments = tables["orders"], tables["shipments"]
    single = orders.group_by("order_id").aggregate(
        product_id=orders.product_id.min(),
        items=orders.product_id.nunique(),
        pieces=orders.quantity.sum(),
    )
    weighed = shipments.filter(shipments.weighed_weight_g.notnull())
    parcel = weighed.group_by("order_id").aggregate(
        weight=weighed.weighed_weight_g.sum(), parcels=weighed.count()
    )
    both = single.join(parcel, "order_id")
    alone = both.filter((both["items"] == 1) & (both.parcels == 1) & (both.pieces > 0))
    return alone.select("order_id", "product_id", grams=alone.weight / alone.pieces)


TEST = InnocentTest(
    "parcel_weight",
    (
        "shipments.order_id",
        "shipments.weighed_weight_g",
        "orders.product_id",
        "orders.quantity",
    ),
    usual_weights,
    judge_weights,
)
