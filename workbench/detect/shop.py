"""What a group is compared with: figures of the whole shop, and those every group reports."""

from __future__ import annotations

from dataclasses import dataclass, replace

import ibis
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

from workbench.detect.trade import buyer_column, items_of
from workbench.engine import once_per_table
from workbench.tables import Tables

__all__ = ["Shop", "common_facts", "rows_of", "shop_figures", "takers_of", "titles"]

DAY = 86400.0
HOUR = 3600


@dataclass(frozen=True)
class Shop:
    """Figures of a whole shop.

    first and last order are seconds since 1970; `night_share` is that of the orders placed
    00:00-05:59; `ratio_p95` the 95 % quantile of amount / the item's median amount, `medians`
    these medians by item hash; `buyer_key` the column that stands for the buyer.
    """

    orders: int
    items: int
    first: int
    last: int
    night_share: float
    ratio_p95: float
    buyer_key: str | None
    medians: pd.Series

    @property
    def span_days(self) -> float:
        """Days from the first to the last order."""
        return (self.last - self.first) / DAY


def shop_figures(tables: Tables) -> Shop:
    """The figures of the shop that prepared tables describe; it must have an order."""
    return replace(_figures(tables["trade"]), buyer_key=buyer_column(tables["orders"]))


@once_per_table
def _figures(trade: Table) -> Shop:
    orders = trade.filter(trade.line == 0)
    night = (orders.created_at.hour() < 6).cast("float64").mean()
    total = orders.aggregate(
        n=orders.count(), first=orders.second.min(), last=orders.second.max(), night=night
    ).to_pandas()
    medians = (
        trade.filter(trade.item.notnull()).group_by("item").aggregate(median=trade.amount.median())
    )
    joined = trade.select("item", "amount").join(medians, "item").filter(lambda t: t["median"] > 0)
    p95 = (joined.amount / joined["median"]).quantile(0.95).to_pandas()
    frame = medians.to_pandas().set_index("item")["median"]
    return Shop(
        orders=int(total.n.iloc[0]),
        items=len(frame),
        first=int(total["first"].iloc[0]),
        last=int(total["last"].iloc[0]),
        night_share=float(total.night.iloc[0]),
        ratio_p95=float(p95) if p95 is not None else float("nan"),
        buyer_key=None,
        medians=frame,
    )


def rows_of(trade: Table, column: str, values: list[int]) -> pd.DataFrame:
    """The rows of trade that have one of the values in a column, in a stable order."""
    wanted = ibis.memtable(pd.DataFrame({column: pd.Series(values, dtype="int64")}))
    # Nullable integers: as floats the hashes of a column with gaps would lose their last digits.
    rows = (
        trade.semi_join(wanted, column)
        .to_pyarrow()
        .to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    )
    return rows.sort_values(["second", "order_id", "item"], ignore_index=True)


def titles(tables: Tables, items: list[int]) -> pd.DataFrame:
    """Title and key of items, indexed by item hash: columns item (title, else key), item_key."""
    named = _every_title(tables["items"] if "items" in tables else items_of(tables["orders"]))
    return named[named.index.isin(items)]


@once_per_table
def _every_title(items: Table) -> pd.DataFrame:
    named = items.to_pyarrow().to_pandas().set_index("item")
    named["item"] = named.pop("title").fillna(named.item_key)
    return named[["item", "item_key"]].rename_axis("hash")


def takers_of(rows: pd.DataFrame, unit: str) -> dict[int, int]:
    """Different buyers (or orders: `unit`) that took each item, by item hash."""
    known = rows["item"].notna().to_numpy()
    items = rows["item"].to_numpy("int64", na_value=0)[known].tolist()
    units = rows[unit].to_numpy("int64", na_value=0)[known].tolist()
    named = rows[unit].notna().to_numpy()[known].tolist()
    takers = dict.fromkeys(items, 0)
    for item, _ in {(i, u) for i, u, whole in zip(items, units, named, strict=True) if whole}:
        takers[item] += 1
    return takers


def common_facts(rows: pd.DataFrame, shop: Shop, names: pd.DataFrame) -> dict[str, object]:
    """The facts that every group reports (docs/detectors.md), from its rows of trade."""
    orders = rows.drop_duplicates("order_id")
    start, end = orders.created_at.min(), orders.created_at.max()
    span = (orders.second.max() - orders.second.min()) / DAY
    unit = "buyer" if "buyer" in rows and rows.buyer.notna().any() else "order"
    takers = takers_of(rows, unit)
    top = max(takers, key=lambda item: (takers[item], -item)) if takers else None
    usual = shop.medians.reindex(rows["item"].to_numpy("int64", na_value=0)).to_numpy()
    ratio = pd.Series(rows.amount.to_numpy() / usual)
    return {
        "orders": len(orders),
        "accounts": int(orders.buyer.nunique()) if unit == "buyer" else None,
        "buyer_key": shop.buyer_key,
        "window_start": start,
        "window_end": end,
        "span_days": span,
        "shop_orders": shop.orders,
        "shop_span_days": shop.span_days,
        "span_share": span / shop.span_days if shop.span_days else None,
        "item": _name(names, top, "item"),
        "item_key": _name(names, top, "item_key"),
        "items": int(rows.item.nunique()),
        "top_item_share": max(takers.values()) / rows[unit].nunique() if takers else None,
        "quantity_median": rows.quantity.median(),
        "amount_ratio_median": ratio.median(),
        "shop_amount_ratio_p95": shop.ratio_p95,
        "night_share": float((orders.created_at.dt.hour < 6).mean()),
        "shop_night_share": shop.night_share,
    }


def _name(names: pd.DataFrame, item: object, column: str) -> object:
    return names[column].get(item) if item is not None else None
