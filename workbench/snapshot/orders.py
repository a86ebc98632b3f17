"""The orders that a merchant's page shows one by one: in a group, or named by the platform."""

from __future__ import annotations

from collections.abc import Collection

import ibis
import pandas as pd

from workbench.case import Masker, mask_frame, place_of, scrub
from workbench.snapshot.plain import plain_rows
from workbench.tables import Tables

__all__ = ["ORDER_FIELDS", "order_records", "shown_lines"]

ORDER_FIELDS = (
    "order_id",
    "created_at",
    "product_title",
    "quantity",
    "paid_amount",
    "refund_amount",
    "status",
    "buyer",
    "place",
    "group_id",
    "assessment",
    "score",
    "named",
    "decision",
)
_SUMS = ("quantity", "paid_amount", "refund_amount")
_PLACE = ("province", "city", "district")


def shown_lines(tables: Tables, assessed: pd.DataFrame, named: Collection[str]) -> pd.DataFrame:
    """Order lines, unmasked, of the orders in a group or named by the platform."""
    wanted = sorted({*assessed.loc[assessed["group_id"].notna(), "order_id"], *named})
    ids = ibis.memtable(pd.DataFrame({"order_id": pd.Series(wanted, dtype="str")}))
    lines = tables["orders"].semi_join(ids, "order_id").to_pandas()
    order = [c for c in ("created_at", "order_id", "source_file", "source_row") if c in lines]
    return lines.sort_values(order, kind="stable").reset_index(drop=True)


def order_records(
    lines: pd.DataFrame,
    assessed: pd.DataFrame,
    named: Collection[str],
    decided: pd.DataFrame,
    masker: Masker,
) -> list[dict[str, object]]:
    """One object per shown order, oldest first, with the keys ORDER_FIELDS and nothing personal.

    `lines` are those of `shown_lines`, `assessed` the assessment's orders, `decided` what
    `order_decisions` gives. Amounts and pieces are sums over the order's lines. An order that
    the platform names and no file holds comes last and says only that.
    """
    orders = _orders(lines, masker)
    absent = pd.DataFrame({"order_id": sorted(set(named) - set(orders["order_id"]))}, dtype="str")
    orders = pd.concat([orders, absent], ignore_index=True)
    verdicts = assessed.drop_duplicates("order_id")[["order_id", "group_id", "assessment", "score"]]
    orders = orders.merge(verdicts, on="order_id", how="left")
    orders["named"] = orders["order_id"].isin(list(named))
    orders["decision"] = orders["order_id"].map(decided.set_index("order_id")["decision"])
    return plain_rows(orders, ORDER_FIELDS)


def _orders(lines: pd.DataFrame, masker: Masker) -> pd.DataFrame:
    """One masked row per order."""
    wanted = ["order_id", "created_at", "product_title", "status", "buyer_id", "buyer_account"]
    masked = mask_frame(lines[[c for c in wanted if c in lines]], "orders", masker)
    masked["place"] = _places(lines)
    buyers = [masked[c] for c in ("buyer_id", "buyer_account") if c in masked]
    masked["buyer"] = buyers[0].combine_first(buyers[-1]) if buyers else None
    for name in _SUMS:
        masked[name] = lines[name].astype("float64").round(4) if name in lines else float("nan")
    for name in ("product_title", "status"):
        masked[name] = masked.get(name)
    grouped = masked.groupby("order_id", sort=False)
    orders = grouped[["created_at", "buyer", "place"]].first()
    for name in _SUMS:
        orders[name] = grouped[name].sum(min_count=1).round(4)
    for name in ("product_title", "status"):
        orders[name] = grouped[name].agg(_all_of)
    return orders.reset_index()


def _all_of(values: pd.Series) -> str | None:
    """The different values of an order's lines, in their order."""
    return " / ".join(dict.fromkeys(str(value) for value in values.dropna())) or None


def _places(lines: pd.DataFrame) -> pd.Series:
    known = pd.Series("", lines.index)
    for name in _PLACE:
        if name in lines:
            known = known + " " + lines[name].fillna("").astype(str)
    places = [" ".join(scrub(place).split()) for place in known]
    if "address" in lines:
        written = lines["address"].fillna("").astype(str)
        places = [a or place_of(b) for a, b in zip(places, written, strict=True)]
    return pd.Series([place or None for place in places], lines.index, object)
