"""Whether the shop had bought in the goods that it says it sold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import pandas as pd

from workbench.explain.innocent.outcome import (
    InnocentTest,
    Outcome,
    each,
    failed,
    passed,
    undecided,
)
from workbench.explain.members import top_items
from workbench.tables import Tables

__all__ = ["TEST", "Goods", "goods", "judge_goods"]


@dataclass(frozen=True)
class Goods:
    """Pieces bought in and sold of the groups' items: product_id, at, pieces, by time."""

    bought: pd.DataFrame
    sold: pd.DataFrame


def goods(tables: Tables, members: pd.DataFrame) -> Goods:
    """What was bought in and what was sold of the items that the groups name."""
    items = pd.DataFrame({"product_id": sorted(members.product_id.dropna().unique())}, dtype="str")
    wanted = ibis.memtable(items, schema={"product_id": "string"})
    bought = tables["purchases"].semi_join(wanted, "product_id")
    orders = tables["orders"].filter(lambda t: t.status != "closed")
    sold = orders.semi_join(wanted, "product_id")
    return Goods(
        bought.select("product_id", at="purchased_at", pieces="quantity").to_pandas(),
        sold.select("order_id", "product_id", at="created_at", pieces="quantity").to_pandas(),
    )


def judge_goods(lines: pd.DataFrame, known: Goods) -> dict[int, Outcome]:
    """Passed when purchases up to the group's end cover sales, the group's own included.

    Failed when they cover the other sales but not these. Where not even the others are covered
    the opening stock is unknown and nothing can be said.
    """
    figures = top_items(lines).assign(end=lines.groupby("group").created_at.max())
    for name, flow in (("bought", known.bought), ("sold", known.sold)):
        figures[name] = _pieces(flow, figures)
    pairs = lines[["group", "order_id"]].drop_duplicates()
    own = pairs.merge(known.sold, on="order_id").join(figures[["item", "end"]], on="group")
    mine = own[(own.product_id == own["item"]) & (own["at"] <= own.end)]
    taken = mine.groupby("group").pieces.sum().reindex(figures.index).fillna(0)
    return each(figures.assign(besides=figures.sold - taken), _of_goods)


def _of_goods(row: Any) -> Outcome:
    figures = {"bought": f"{row.bought:.0f}", "sold": f"{row.sold:.0f}"}
    if row.bought >= row.sold:
        return passed(
            lambda say: say(
                "The goods were there: {bought} pieces bought in until then, {sold} sold.",
                **figures,
            )
        )
    if row.bought >= row.besides:
        return failed(
            lambda say: say(
                "The goods were not there: {bought} pieces bought in until then, {sold} sold; "
                "without these orders purchases would cover sales.",
                **figures,
            )
        )
    return undecided(
        lambda say: say("Purchases on record do not cover ordinary sales either: stock unknown.")
    )


def _pieces(flow: pd.DataFrame, figures: pd.DataFrame) -> list[float]:
    """Pieces of each group's item until the group's end."""
    flow = flow.dropna(subset=["at"]).sort_values(["product_id", "at"], kind="stable")
    known = {
        item: (own["at"].to_numpy(), own.pieces.fillna(0).to_numpy(dtype="float64").cumsum())
        for item, own in flow.groupby("product_id")
    }
    pieces = []
    for item, end in zip(figures["item"], figures.end, strict=True):
        times, total = known.get(item, (None, None))
        until = 0 if times is None else int(times.searchsorted(end.to_datetime64(), side="right"))
        pieces.append(float(total[until - 1]) if until and total is not None else 0.0)
    return pieces


TEST = InnocentTest(
    "purchases",
    ("purchases.product_id", "purchases.quantity", "orders.product_id", "orders.quantity"),
    goods,
    judge_goods,
)
