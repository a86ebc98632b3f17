"""What planted orders are made of: the shop's own catalogue, prices, hours, regions and parcels."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd
from ibis.expr.types import Table

from workbench.detect.trade import ITEM_COLUMNS, buyer_column
from workbench.simulate.streams import stream
from workbench.tables import Tables

__all__ = ["ENOUGH", "SAMPLE", "Material", "shop_material"]

SAMPLE = 5000
"""Orders of the shop that serve as patterns; more would not make planted ones more like them."""
ENOUGH = 50
"""A shop with fewer paid orders has nothing to hide a ring in, and detectors no baseline."""
_DAY = 86400


@dataclass(frozen=True)
class Material:
    """Patterns drawn from one shop, by row number.

    `orders` paid orders in all; `first` and `last` their times in seconds since 1970. `lines`:
    sampled order lines with the shop's own columns, plus second (time of the order) and item
    (its number, -1 where unknown), sorted by order. `parcels` and `scans`: shipments and their
    events of those orders; `money`: payments; None where the shop has no such table. `buyer` is
    the column that tells buyers apart.
    """

    orders: int
    first: int
    last: int
    lines: pd.DataFrame
    buyer: str | None
    parcels: pd.DataFrame | None
    scans: pd.DataFrame | None
    money: pd.DataFrame | None

    @property
    def clock(self) -> bool:
        """Whether orders have a time of the day."""
        return bool((self.lines.second % _DAY != 0).any())

    @property
    def whole_minutes(self) -> bool:
        """Whether the shop's times have no seconds."""
        return bool((self.lines.second % 60 == 0).all())

    def known(self, column: str) -> bool:
        """Whether a column of orders is there and holds at least one whole (unmasked) value."""
        if column not in self.lines:
            return False
        texts = self.lines[column].dropna().astype(str)
        return bool((texts.str.strip().ne("") & ~texts.str.contains("*", regex=False)).any())


def shop_material(tables: Tables, seed: int = 0) -> Material | None:
    """The material of the shop whose tables these are; None where it has too few paid orders."""
    orders = _usable(tables["orders"])
    epoch = orders.created_at.epoch_seconds()
    told = orders.aggregate(
        n=orders.order_id.nunique(), first=epoch.min(), last=epoch.max()
    ).to_pandas()
    count = int(told.n.iloc[0])
    if count < ENOUGH:
        return None
    ids = np.sort(orders.select("order_id").distinct().to_pandas().order_id.to_numpy(object))
    chosen = stream(seed, "patterns").choice(ids, min(SAMPLE, count), replace=False)
    wanted = ibis.memtable(pd.DataFrame({"order_id": np.sort(chosen)}))
    parcels = _of(tables, "shipments", "order_id", wanted)
    return Material(
        orders=count,
        first=int(told["first"].iloc[0]),
        last=int(told["last"].iloc[0]),
        lines=_lines(orders.semi_join(wanted, "order_id")),
        buyer=buyer_column(tables["orders"]),
        parcels=parcels,
        scans=_scans(tables, parcels),
        money=_of(tables, "payments", "order_id", wanted),
    )


def _usable(orders: Table) -> Table:
    """Lines that may serve as patterns: dated, paid for, not closed."""
    kept = orders.filter(
        orders.order_id.notnull(), orders.created_at.notnull(), orders.paid_amount > 0
    )
    if "status" in kept.columns:
        kept = kept.filter(~kept.status.fill_null("").isin(["pending", "closed"]))
    return kept


def _lines(rows: Table) -> pd.DataFrame:
    frame = rows.to_pandas()
    by = ["order_id", *(c for c in ("source_row",) if c in frame)]
    frame = frame.sort_values(by, kind="stable", ignore_index=True)
    frame["second"] = frame.created_at.astype("datetime64[s]").astype("int64")
    item = pd.Series(None, index=frame.index, dtype=object)
    for column in ITEM_COLUMNS:
        if column in frame:
            text = frame[column].astype(object).where(frame[column].notna(), "").astype(str)
            item = item.where(item.notna(), text.str.strip().replace("", None))
    frame["item"] = pd.factorize(item, sort=True)[0]
    return frame


def _of(tables: Tables, name: str, key: str, wanted: Table) -> pd.DataFrame | None:
    """The rows of another table that belong to the sampled orders."""
    if name not in tables or key not in tables[name].columns:
        return None
    frame = tables[name].semi_join(wanted, key).to_pandas()
    return frame.sort_values([c for c in (key, "source_row") if c in frame], ignore_index=True)


def _scans(tables: Tables, parcels: pd.DataFrame | None) -> pd.DataFrame | None:
    if parcels is None or "shipment_events" not in tables:
        return None
    numbers = parcels.tracking_no.dropna().drop_duplicates()
    wanted = ibis.memtable(pd.DataFrame({"tracking_no": numbers.to_numpy(object)}))
    found = _of(tables, "shipment_events", "tracking_no", wanted)
    return None if found is None else found.sort_values(["tracking_no", "occurred_at"])
