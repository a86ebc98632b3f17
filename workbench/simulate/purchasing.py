"""What the shop bought in to cover what it really sold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from workbench.simulate.catalogue import Catalogue
from workbench.simulate.draft import Draft
from workbench.simulate.fulfilment import Fulfilment
from workbench.simulate.order_lines import Lines
from workbench.simulate.orders_table import product_ids
from workbench.simulate.shop import YEAR_START
from workbench.simulate.streams import stream
from workbench.simulate.text_columns import clock, digits, frame, glue, money, pick
from workbench.simulate.word_lists import words

__all__ = ["purchases"]


def purchases(
    rows: Draft, lines: Lines, done: Fulfilment, catalogue: Catalogue, seed: int
) -> pd.DataFrame:
    """The table of purchases: every two months, each item, a little more than was really sold.

    Nobody buys in for orders that are not sent, so a ring's item is sold more than bought.
    """
    rng = stream(seed, "purchases")
    genuine = (rows["fake"][lines.row] == 0) & (done.shipped[lines.row] >= 0)
    period = np.minimum(rows["time"][lines.row] // 86400 // 61, 5)
    sold = np.zeros((catalogue.size, 6), np.int64)
    np.add.at(sold, (lines.item[genuine], period[genuine]), lines.quantity[genuine])
    margin = rng.uniform(1.02, 1.15, sold.shape)
    bought = np.ceil(sold * margin).astype(np.int64)
    item, when = np.nonzero(bought)
    order = np.lexsort((item, when))
    item, when = item[order], when[order]
    lead = rng.integers(4, 20, len(item))
    moment = (when * 61 - lead) * 86400 + rng.integers(9 * 3600, 17 * 3600, len(item))
    suppliers = words("items")["suppliers"]
    running = np.arange(1, len(item) + 1)
    # Stock of January is bought in December, before the year begins.
    start = YEAR_START - pd.Timedelta(days=60)
    return frame(
        {
            "purchase_id": glue("PO", digits(running, 5)),
            "supplier": pick(suppliers, item % len(suppliers)),
            "product_id": product_ids(item, seed),
            "quantity": pa.array(bought[item, when]),
            "unit_cost": money(catalogue.prices[item, 0] * 45 // 100),
            "purchased_at": clock(moment + 60 * 86400, start),
            "invoice_no": glue("FP", digits(20250000 + running, 8)),
        }
    )
