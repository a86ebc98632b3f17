"""Whether the shop had bought in the goods that it says it sold."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import pandas as pd

from workbench.explain.innocent.outcome import InnocentTest, Outcome, failed, passed, undecided
from workbench.explain.members import top_item
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


def judge_goods(lines: pd.DataFrame, known: Goods) -> Outcome:
    """Passed when purchases up to the group's end cover sales, the group's own included.

    Failed when they cover the other sales but not these. Where not even the others are covered
    the opening stock is unknown and nothing can be said.
    """
    item, end = top_item(lines), lines.created_at.max()
    bought = _pieces(known.bought, item, end)
    sold = _pieces(known.sold, item, end)
    own = known.sold[known.sold.order_id.isin(lines.order_id)]
    besides = sold - _pieces(own, item, end)
    figures = {"bought": f"{bought:.0f}", "sold": f"{sold:.0f}"}
    if bought >= sold:
        return passed(
            lambda say: say(
                "The goods were there: {bought} pieces bought in until then, {sold} sold.",
                **figures,
            )
        )
    if bought >= besides:
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


def _pieces(flow: pd.DataFrame, item: str, until: pd.Timestamp) -> float:
    return float(flow.pieces[(flow.product_id == item) & (flow["at"] <= until)].sum())


TEST = InnocentTest(
    "purchases",
    ("purchases.product_id", "purchases.quantity", "orders.product_id", "orders.quantity"),
    goods,
    judge_goods,
)
