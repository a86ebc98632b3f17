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
    """Batches of lines of the orders at issue, by time and order number.

    Columns: order_id and those of LINE_COLUMNS that the case has; personal ones masked where
    the matter has a masker.
    """
    if "orders" not in tables:
        return
    table = orders_of(tables["orders"], matter.orders["order_id"].tolist())
    wanted = ["order_id", *(name for name, _ in LINE_COLUMNS), *_PLACES]
    table = table.select(*[name for name in wanted if name in table.columns])
    by = ["created_at", "order_id", "line_id", "source_file", "source_row"]
    ordered = table.order_by([name for name in by if name in table.columns])
    for batch in ordered.to_pyarrow_batches(chunk_size=_BATCH):
        frame = batch.to_pandas()
        yield frame if matter.masker is None else mask_frame(frame, "orders", matter.masker)
