"""The order lines at issue, read from the engine in batches and masked."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.appeal.matter import Matter
from workbench.appeal.privacy import orders_of
from workbench.case import mask_frame
from workbench.tables import Tables

__all__ = ["LINE_COLUMNS", "order_lines"]

_BATCH = 20_000

# What a reviewer needs of a line, and of which kind it is in a spreadsheet.
LINE_COLUMNS = (
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
    ("source_file", "id"),
    ("source_row", "number"),
)
_PLACES = ("province", "city", "district")


def order_lines(matter: Matter, tables: Tables) -> Iterator[pd.DataFrame]:
    """Batches of lines of the orders at issue, by order number and place in the original file.

    Columns: order_id and those of LINE_COLUMNS that the case has; personal ones masked where
    the matter has a masker.
    """
    if "orders" not in tables:
        return
    orders = tables["orders"]
    wanted = ["order_id", *(name for name, _ in LINE_COLUMNS), *_PLACES]
    orders = orders.select(*[name for name in wanted if name in orders.columns])
    by = [name for name in ("order_id", "source_file", "source_row") if name in orders.columns]
    ids = matter.orders["order_id"].tolist()
    for start in range(0, len(ids), _BATCH):
        frame = orders_of(orders, ids[start : start + _BATCH]).order_by(by).to_pandas()
        yield frame if matter.masker is None else mask_frame(frame, "orders", matter.masker)
