"""The order lines at issue, read from the engine in batches and masked."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.appeal.matter import Matter
from workbench.appeal.privacy import orders_of
from workbench.case import mask_frame
from workbench.tables import Tables

__all__ = ["line_columns", "order_lines"]

_BATCH = 20_000

# What a reviewer needs of a line, and of which kind it is in a spreadsheet.
_COLUMNS = (
    ("line_id", "id"),
    ("created_at", "time"),
    ("paid_at", "time"),
    ("shipped_at", "time"),
    ("completed_at", "time"),
    ("status", "text"),
    ("aftersale_status", "text"),
    ("product_id", "id"),
    ("product_title", "long"),
    ("sku", "text"),
    ("quantity", "number"),
    ("unit_price", "money"),
    ("paid_amount", "money"),
    ("refund_amount", "money"),
    ("currency", "text"),
    ("buyer_id", "id"),
    ("buyer_name", "text"),
    ("phone", "id"),
    ("address", "long"),
    ("carrier", "text"),
    ("tracking_no", "id"),
    ("shop", "text"),
    ("source_file", "id"),
    ("source_row", "number"),
    ("detail_file", "id"),
    ("detail_row", "number"),
)
_PLACES = ("province", "city", "district")


def line_columns(tables: Tables) -> list[tuple[str, str]]:
    """Name and kind of the columns told of a line, as far as the case has them."""
    if "orders" not in tables:
        return []
    return [(name, kind) for name, kind in _COLUMNS if name in tables["orders"].columns]


def order_lines(matter: Matter, tables: Tables) -> Iterator[pd.DataFrame]:
    """Batches of lines of the orders at issue, by order number and place in the original file.

    Columns: order_id, then those of `line_columns`; personal ones masked where the matter has a
    masker.
    """
    if "orders" not in tables:
        return
    orders = tables["orders"]
    told = ["order_id", *(name for name, _ in line_columns(tables))]
    places = [name for name in _PLACES if name in orders.columns]
    by = [name for name in ("order_id", "source_file", "source_row") if name in orders.columns]
    ids = matter.orders["order_id"].tolist()
    for start in range(0, len(ids), _BATCH):
        lines = orders_of(orders.select(*told, *places), ids[start : start + _BATCH])
        frame = lines.order_by(by).to_pandas()
        if matter.masker is not None:
            frame = mask_frame(frame, "orders", matter.masker)
        yield frame[told]
